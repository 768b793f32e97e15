#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Where there is neither apt nor dpkg all goes its way natively: from what is needed to a run. Made up of this root: an
# os-release, and a PATH without Debian's tools.
. "$(dirname "$0")/../tap.sh"
. "$(dirname "$0")/home.sh"

BIN=$TMP/bin
R=$SCXBENCH_ROOT
mkdir -p "$BIN" "$R/etc" "$R/proc/self"
for tool in /usr/sbin/* /usr/bin/*; do
	[ -f "$tool" ] || continue
	case ${tool##*/} in apt* | dpkg* | deb* | mmdebstrap) ;; *) ln -sf "$tool" "$BIN" ;; esac
done
ln -sf "$(command -v clang-19)" "$BIN/clang"
printf '36 25 0:31 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n' >"$R/proc/self/mountinfo"

for distribution in fedora:: cachyos:arch:; do
	who=${distribution%%:*}
	printf 'ID=%s\nID_LIKE=%s\n' "$who" "$(echo "$distribution" | cut -d: -f2)" >"$R/etc/os-release"
	case $who in fedora) install='dnf install' ;; *) install='pacman -S --needed' ;; esac

	PATH=$BIN run harness/lab/deps.sh run build
	is "$who: nothing is missing" "$RC$(cat "$TMP/err")" 0
	PATH=$BIN run harness/lab/where.sh
	is "$who: it runs natively" "$(cat "$TMP/out")" native
	PATH=$BIN run make -n O="$TMP/o" VMLINUX_H="$TMP/o/vmlinux/vmlinux.h" build
	is "$who: it can be built" "$RC" 0
	check "$who: with the kernel's types made by bpftool" grep -q '^bpftool btf dump file /sys/kernel/btf/vmlinux format c' "$TMP/out"
	check "$who: a warning is not an error" sh -c "! grep -q Werror '$TMP/out'"
	PATH=$BIN run "$SCXBENCH" list
	is "$who: it lists policies" "$RC $(grep -cw "^  fifo" "$TMP/out")" "0 1"
	PATH=$BIN bench -s fair -s fifo -w quick
	is "$who: a run is taken" "$RC" 0

	rm "$BIN/gnuplot"
	PATH=$BIN run "$SCXBENCH" doctor --native
	is "$who: doctor names a package as it is called there" "$(sed -n '/missing *gnuplot/{n;s/^native *cure *//p}' "$TMP/out")" "$install gnuplot"
	PATH=$BIN run make -s deps WHERE=native
	is "$who: and so does make deps" "$RC $(grep -c "missing: gnuplot (pictures). Install them: $install gnuplot" "$TMP/err")" "2 1"
	ln -s /usr/bin/gnuplot "$BIN"
done

rm "$BIN/cyclictest"
PATH=$BIN bench -s fair -w quick
is "a tool that is not there has no version" "$RC $(grep -l 'cyclictest: not found' "$TMP"/results/runs/*/* | wc -l)" "0 0"
check "and is named" grep -q 'tool.cyclictest.*unknown: not found' "$TMP"/results/runs/*/*
done_testing
