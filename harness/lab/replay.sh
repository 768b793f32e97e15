#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# replay.sh   the seed that explore.sh found, again and under gdb: it stops at the fault, and prints the task that runs, those that
# wait with their queues, and the last 200 scheduling events. At a terminal gdb then waits for commands.
#   POLICY  SEED  CPUS  LAB_KERNEL=  LAB_RESULTS=   as explore.sh printed them
. "$(dirname "$0")/lib.sh"
. "$LAB_DIR/explore/kept.sh"

case ${SEED:-} in "" | *[!0-9]*) die 2 "SEED=${SEED:-}: give the number that make explore printed" ;; esac
keep_state
WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT
mkdir "$WORK/replay"
in_root /src/harness/lab/explore/debug.sh "$THERE" "$SEEDS_THERE/replay" "$SEED"
