#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# initramfs.sh BUSYBOX TREE OUT   makes the initramfs of a kernel whose virtio-fs is a module, in the lab's root. TREE is what the
# kernel's package holds. Its init loads the modules, mounts the lab's root and goes on as a kernel does that needs none: with the
# shell and the words that stand after "--" on its command line.
set -eu
BUSYBOX=$1 TREE=$2 OUT=$3
ROOT=$(mktemp -d)
trap 'rm -rf "$ROOT"' EXIT
mkdir "$ROOT/bin" "$ROOT/modules" "$ROOT/root"
cp "$BUSYBOX" "$ROOT/bin/busybox"

VERSION=$(ls "$TREE"/lib/modules 2>/dev/null || ls "$TREE/usr/lib/modules")
[ -d "$TREE/lib" ] || ln -s usr/lib "$TREE/lib"
depmod -b "$TREE" "$VERSION"
# What each module needs comes before it; what is built in is no line "insmod".
for module in virtio_pci virtiofs; do
	modprobe -d "$TREE" -S "$VERSION" --show-depends "$module" || exit
done | awk '$1 == "insmod" && !seen[$2]++ { print $2 }' >"$ROOT/list"
[ -s "$ROOT/list" ]
number=10
while read -r module; do
	number=$((number + 1)) name=${module##*/}
	case $module in *.xz) xz -dc "$module" ;; *) cat "$module" ;; esac >"$ROOT/modules/$number-${name%.xz}"
done <"$ROOT/list"
rm "$ROOT/list"

cat >"$ROOT/init" <<'END'
#!/bin/busybox sh
for module in /modules/*; do /bin/busybox insmod "$module"; done
/bin/busybox mount -t virtiofs -o ro root /root && exec /bin/busybox switch_root /root /bin/sh "$@"
echo "VFS: Unable to mount root fs" >/dev/console
END
chmod 755 "$ROOT/init" "$ROOT/bin/busybox"
(cd "$ROOT" && find . -mindepth 1 | LC_ALL=C sort | cpio --quiet -R 0:0 -H newc -o) | gzip -9 >"$OUT"
