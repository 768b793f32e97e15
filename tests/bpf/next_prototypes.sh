#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The same objects load on the kernel that will change the prototypes of kfuncs: the lab's own, with them in its types.
. "$(dirname "$0")/../tap.sh"

run perl tests/bpf/prototypes/swap.pl "$(harness/lab/kernel.sh)" "$TMP/vmlinux"
if [ "$RC" = 3 ]; then
	skip "the objects load" "this kernel has no second version of scx_bpf_dsq_insert"
else
	is "the prototypes are changed" "$RC" 0
	run env LAB_KERNEL="$TMP/vmlinux" harness/lab/run.sh sh tests/bpf/load.guest
	is "the objects load" "$RC" 0
	[ "$RC" = 0 ] || diag <"$TMP/out"
fi
done_testing
