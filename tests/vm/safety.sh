#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Whatever dies or hangs, the fair class is back; what can't be done is refused in one line. Arguments: the signals that
# end a run, in place of one of them (tests/long/safety.sh has all).
[ $# -gt 0 ] || set -- INT
cd "$(dirname "$0")/../.." && exec harness/lab/run.sh sh tests/vm/safety.guest "$@"
