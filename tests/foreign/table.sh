#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# table.sh [KERNEL...]   what becomes of each of the kernel's own example policies, as object and as command, and of the
# policies of its self-tests, on each kernel (a version's beginning, a path, or "default"). No pass or fail: lines for people.
# ONLY='scx_*': those alone whose name has that pattern of the shell. MOST: how many seconds, at most, on each kernel.
cd "$(dirname "$0")/../.." || exit
DIR=$(harness/lab/scx-all.sh) || exit
[ $# -gt 0 ] || set -- default 7.0
for kernel; do
	[ "$kernel" != default ] || kernel=
	LAB_FILES=$DIR LAB_KERNEL=$kernel harness/lab/run.sh sh tests/foreign/table.guest /run/files "${ONLY:-*}" ${MOST:+"$MOST"} || exit
done
