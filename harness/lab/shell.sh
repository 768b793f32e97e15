#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# An interactive root shell in the lab: this tree at /src, results/ writable. exit powers it off.
. "$(dirname "$0")/lib.sh"

[ -t 0 ] || die 2 "lab-shell needs a terminal"
LAB_TTY=1 exec "$LAB_DIR/run.sh" bash -lc 'PATH=$PATH:/src/.build/lab exec bash' # after the profile, which sets PATH anew
