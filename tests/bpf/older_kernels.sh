#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The same objects load on older sound kernels of the archive.
. "$(dirname "$0")/../tap.sh"

for version in 7.0 6.19; do
	if ! kernel=$(harness/lab/kernel.sh $version 2>"$TMP/err"); then
		skip "the objects load on Linux $version" "$(tail -1 "$TMP/err")"
		continue
	fi
	run env LAB_KERNEL="$kernel" harness/lab/run.sh sh tests/bpf/load.guest
	is "the objects load on Linux $version" "$RC" 0
	[ "$RC" = 0 ] || diag <"$TMP/out"
done
done_testing
