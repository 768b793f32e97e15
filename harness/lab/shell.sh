#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# An interactive root shell in the lab: this tree at /src, results/ writable. exit powers it off.
. "$(dirname "$0")/lib.sh"

[ -t 0 ] || die 2 "lab-shell needs a terminal"
SAVED=$(stty -g)
trap 'stty "$SAVED"' EXIT
stty raw -echo
export LAB_TTY=1
"$LAB_DIR/run.sh" sh -c 'stty rows '"$(tput lines)"' cols '"$(tput cols)"'; export PATH="$PATH:/src/.build/lab"; exec bash -l'
