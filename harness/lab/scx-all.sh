#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# scx-all.sh   prints a folder with the kernel's own example policies and the policies of its self-tests as BPF objects,
# and the programs of the former, building them once from Debian's newest linux-source package. What does not compile is
# named.
. "$(dirname "$0")/lib.sh"

KEPT=$CACHE/scx-all-$SUITE
# In the lab's root, with the kernel's tools at /tmp/tools and the new folder at /tmp/made.
BUILD='
	scx=/tmp/tools/sched_ext tests=/tmp/tools/testing/selftests/sched_ext
	for source in $scx/*.bpf.c $tests/*.bpf.c; do
		name=${source##*/}
		clang-19 -O2 -g -target bpf -mcpu=v3 -fms-extensions -w -Wno-incompatible-function-pointer-types -D__TARGET_ARCH_x86 \
			-I$scx/include -I$scx/include/bpf-compat -I$tests -I$tests/include \
			-isystem "/usr/include/$(uname -m)-linux-gnu/linux/bpf" -c -o "/tmp/made/${name%.c}.o" "$source" ||
			echo "lab: $name does not compile" >&2
	done
	for source in $scx/scx_*.c; do
		name=$(basename "$source" .c)
		[ -f "/tmp/made/$name.bpf.o" ] || continue
		bpftool gen skeleton "/tmp/made/$name.bpf.o" name "$name" >"/tmp/made/$name.bpf.skel.h" &&
			gcc -O1 -w -I$scx/include -I$scx -I/tmp/tools/include -I/tmp/made -o "/tmp/made/$name" "$source" \
				-lbpf -lelf -lz -lpthread || echo "lab: $name does not compile" >&2
	done
	rm -f /tmp/made/*.skel.h'

if [ ! -d "$KEPT" ]; then
	mkdir -p "$IMAGES"
	exec 8>"$IMAGES/lock"
	flock 8
fi
if [ ! -d "$KEPT" ]; then
	open_archive
	fetch_source tools
	mkdir "$WORK/made"
	LAB_BIND="$WORK/tree/tools:/tmp/tools
$WORK/made:/tmp/made" "$LAB_DIR/chroot.sh" sh -c "$BUILD" >&2
	mv "$WORK/made" "$KEPT"
fi
echo "$KEPT"
