#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The same objects load on the oldest sound kernel of the archive; 7.0 has them under the storm, in vm/custody.sh.
. "$(dirname "$0")/../tap.sh"

# on_it NAME COMMAND...   in a guest of it
on_it() {
	name=$1; shift
	run env LAB_KERNEL="$kernel" harness/lab/run.sh "$@"
	is "$name" "$RC" 0
	[ "$RC" = 0 ] || cat "$TMP/out" "$TMP/err" | diag
}

load="the objects load on Linux 6.19" watch="top and dsq see a policy's tasks there"
if kernel=$(harness/lab/kernel.sh 6.19 2>"$TMP/err"); then
	on_it "$load" sh tests/bpf/load.guest
	on_it "$watch" sh -c 'P=/src/.build/lab/scxbench; $P run fifo -- sh -ec "$P top --once; $P dsq"'
else
	skip "$load" "$(tail -1 "$TMP/err")"
	skip "$watch" "$(tail -1 "$TMP/err")"
fi
done_testing
