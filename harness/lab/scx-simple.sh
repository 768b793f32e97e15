#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# scx-simple.sh   prints the path of the kernel's own example policy, scx_simple, as a BPF object, building it once from
# Debian's newest linux-source package. Its options have their defaults: global vtime.
. "$(dirname "$0")/lib.sh"

KEPT=$CACHE/scx_simple-$SUITE.bpf.o
if [ ! -f "$KEPT" ]; then
	mkdir -p "$IMAGES"
	exec 8>"$IMAGES/lock"
	flock 8
fi
if [ ! -f "$KEPT" ]; then
	SOURCE="" # fetch_source sets it
	open_archive
	fetch_source tools/sched_ext
	LAB_BIND=$WORK/tree/tools/sched_ext:/tmp/scx "$LAB_DIR/chroot.sh" sh -c \
		'clang-19 -O2 -g -target bpf -mcpu=v3 -D__TARGET_ARCH_x86 -I/tmp/scx/include -I/tmp/scx/include/bpf-compat \
			-isystem "/usr/include/$(uname -m)-linux-gnu/linux/bpf" -c -o /tmp/scx/scx_simple.bpf.o /tmp/scx/scx_simple.bpf.c' >&2 ||
		die 1 "scx_simple of $SOURCE does not compile"
	mv "$WORK/tree/tools/sched_ext/scx_simple.bpf.o" "$KEPT"
fi
echo "$KEPT"
