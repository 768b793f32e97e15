#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# pack.sh FILE   packs the lab's root and kernel for a machine that can make neither: there, LAB_IMAGE=FILE.
. "$(dirname "$0")/lib.sh"

IMAGE=$("$LAB_DIR/image.sh")
KERNEL=$("$LAB_DIR/kernel.sh")
mkdir -p "$(dirname "$1")"
WORK=$(mktemp -d "$1.XXXXXX")
trap 'rm -rf "$WORK"' EXIT
trap 'exit 130' INT TERM HUP
mkdir "$WORK/lab"
cp "$KERNEL" "$LAB_DIR/packages" "$WORK/lab"
basename "$KERNEL" >"$WORK/lab/default"
CONFIG=$(config_of "$KERNEL")
[ ! -s "$CONFIG" ] || install -D "$CONFIG" "$WORK/lab/config/$(basename "$KERNEL")"
say "packing $IMAGE and Linux $(basename "$KERNEL")"
tar -c --owner=0 --group=0 --numeric-owner -C "$IMAGE" . -C "$WORK" ./lab | zstd -q -T0 -o "$WORK/file" ||
	die 1 "could not pack the image"
mv "$WORK/file" "$1"
say "elsewhere: make bench LAB_IMAGE=$1 (copy $(du -h "$1" | cut -f1) there)"
