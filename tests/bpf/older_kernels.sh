#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The same objects load on the oldest sound kernel of the archive; 7.0 has them under the storm, in vm/custody.sh.
. "$(dirname "$0")/../tap.sh"

name="the objects load on Linux 6.19"
if kernel=$(harness/lab/kernel.sh 6.19 2>"$TMP/err"); then
	run env LAB_KERNEL="$kernel" harness/lab/run.sh sh tests/bpf/load.guest
	is "$name" "$RC" 0
	[ "$RC" = 0 ] || diag <"$TMP/out"
else
	skip "$name" "$(tail -1 "$TMP/err")"
fi
done_testing
