#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# initrd.sh OUT BENCH [WORD...]   makes the exact lab's initramfs, in the lab's root: the program and the policies of this
# tree, what they run, the file BENCH as /bench, and each WORD that is a file or a command at its own place. The same files
# make the same bytes.
set -eu
OUT=$1 BENCH=$2
shift 2
ROOT=$(mktemp -d)
trap 'rm -rf "$ROOT"' EXIT
BUILT=/src/.build/lab
PROGRAMS="sh awk cat chmod cp cut date dash echo env false gzip hackbench head id kill ln ls mkdir mount mv nproc rm sed \
setpriv sleep sort stty tail tar taskset tr true uname wc"

mkdir -p "$ROOT/usr/bin" "$ROOT/usr/sbin" "$ROOT/usr/lib" "$ROOT/usr/lib64" "$ROOT/dev" "$ROOT/proc" "$ROOT/sys" \
	"$ROOT/run" "$ROOT/tmp" "$ROOT/var/tmp" "$ROOT/etc"
for link in bin sbin lib lib64; do ln -s "usr/$link" "$ROOT/$link"; done

# add FILE   at its own place, with the libraries that it is linked with
add() {
	place=$(readlink -f "$(dirname "$1")")/${1##*/}
	[ ! -e "$ROOT$place" ] || return 0
	mkdir -p "$ROOT${place%/*}"
	cp -L "$1" "$ROOT$place"
	ldd "$1" 2>/dev/null | grep -o '/[^ ]*' | while read -r library; do
		[ "$library" = "$1" ] || add "$library"
	done
}

for program in $PROGRAMS; do
	path=$(command -v "$program") && [ "${path#/}" != "$path" ] || path=/usr/bin/$program
	add "$path"
done
add "$BUILT/scxbench"
cp "$BUILT/commit" "$ROOT$BUILT/"
for object in "$BUILT"/schedulers/*.bpf.o "$BUILT"/harness/*/*.bpf.o; do add "$object"; done
for file in "$@"; do
	[ "${file#*/}" != "$file" ] || [ -f "$file" ] || file=$(command -v "$file") || continue
	[ ! -f "$file" ] || add "$(cd "$(dirname "$file")" && pwd)/${file##*/}"
done
[ ! -d /run/files ] || { mkdir -p "$ROOT/run" && cp -RL /run/files "$ROOT/run/"; }
cp /etc/passwd /etc/group /etc/os-release "$ROOT/etc/"
cp /src/harness/lab/exact/init "$ROOT/init"
cp "$BENCH" "$ROOT/bench"
chmod -R u=rwX,go=rX "$ROOT"
chmod 755 "$ROOT/init"

find "$ROOT" -exec touch -hd @1767225600 {} +
(cd "$ROOT" && find . -mindepth 1 | LC_ALL=C sort | cpio --quiet --reproducible -R 0:0 -H newc -o) >"$OUT"
