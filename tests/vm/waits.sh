#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# No task starves under a policy.
# Arguments as those of control.sh.
# Alone: waits are measured.
[ $# -gt 0 ] || set -- fifo
cd "$(dirname "$0")/../.." && exec harness/lab/run.sh sh tests/vm/waits.guest "$@"
