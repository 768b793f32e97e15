#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# root.sh [LIST]   prints the path of the Debian root with the packages of a list beside this file, made when needed.
#
# image.sh makes it, where mmdebstrap and a Debian mirror are. On other machines LAB_IMAGE=FILE is the lab's own root
# ("packages") and its kernel, as `make lab-image` packed them elsewhere (pack.sh); unpacked once.
. "$(dirname "$0")/lib.sh"

LIST=${1:-packages}
[ "$LIST" = packages ] && [ -n "${LAB_IMAGE:-}" ] || exec "$LAB_DIR/image.sh" "$LIST"
[ -r "$LAB_IMAGE" ] && [ -f "$LAB_IMAGE" ] || die 3 "LAB_IMAGE=$LAB_IMAGE can't be read: give a file that 'make lab-image' made"

IMAGE=$CACHE/image-$(stat -c '%n %s %Y' "$LAB_IMAGE" | sha256sum | cut -c1-16)
unpack_root() {
	need zstd zstd
	mkdir -p "$IMAGES"
	say "unpacking $LAB_IMAGE (up to 1.3 GB in $CACHE)"
	mkdir "$WORK/root"
	zstd -dc "$LAB_IMAGE" | tar -x -C "$WORK/root" --no-same-owner || die 3 "$LAB_IMAGE is damaged: copy it again"
	[ -d "$WORK/root/src" ] && [ -f "$WORK/root/lab/default" ] ||
		die 3 "$LAB_IMAGE is no image of the lab: give a file that 'make lab-image' made"
	[ "$(cat "$WORK/root/lab/packages")" = "$(cat "$LAB_DIR/packages")" ] ||
		say "warning: $LAB_IMAGE was made of another list of packages; make it again if something is missing"
	find "$WORK/root/lab" -maxdepth 1 -type f ! -name packages -exec cp -n {} "$IMAGES" \;
	[ ! -d "$WORK/root/lab/config" ] || cp -Rn "$WORK/root/lab/config" "$IMAGES"
}

made_once "$IMAGE" unpack_root
echo "$IMAGE"
