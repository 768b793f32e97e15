#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# top and dsq under a policy, under one that is not ours, and without any. Arguments as those of control.sh.
[ $# -gt 0 ] || set -- fifo
cd "$(dirname "$0")/../.." && exec harness/lab/run.sh sh tests/vm/top.guest "$@"
