#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Every BPF object compiles with the types of a kernel that has nothing of newer.bpf.h: the oldest supported one's, made
# of the lab's.
. "$(dirname "$0")/../tap.sh"

O=$TMP/build
T=$O/vmlinux/vmlinux.h
mkdir -p "${T%/*}"
sed -n 's/.*\<\([A-Za-z_]*\)___newer.*/\1/p; s/^\t.*\(reenq_cnt\|core_cookie\);.*/\1/p' schedulers/include/newer.bpf.h |
	grep -vx -e 'scx_.*_flags' -e sched_ext_entity | sort -u >"$TMP/newer"
sed "s/\<\($(paste -sd'|' "$TMP/newer" | sed 's/|/\\|/g')\)\>/older_\1/g" \
	"/usr/include/$(uname -m)-linux-gnu/linux/bpf/vmlinux.h" >"$T"
check "what is newer is renamed there" [ "$(grep -c older_ "$T")" -ge 4 ]
for source in schedulers/*/*.bpf.c harness/*/*.bpf.c; do
	case $source in
	schedulers/*) object=$O/schedulers/$(basename "$source" .c).o ;;
	*) object=$O/${source%.c}.o ;;
	esac
	check "$source" make --no-print-directory -s O="$O" VMLINUX_H="$T" "$object"
done
done_testing
