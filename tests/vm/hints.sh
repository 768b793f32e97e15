#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A hint buys no CPU time, and each is answered as its header says. Arguments as those of control.sh.
# Alone: shares are measured.
[ $# -gt 0 ] || set -- vtime
cd "$(dirname "$0")/../.." && exec harness/lab/run.sh sh tests/vm/hints.guest "$@"
