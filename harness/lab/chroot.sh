#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# chroot.sh CMD...   runs a command in the lab's root at native speed, this tree at /src.
#
# So one toolchain serves every host. Nothing in the image changes: only /src and /tmp are writable, and /dev has
# only what a build or a virtual machine needs.
# LAB_IMAGE=LIST takes the root of another package list (image.sh).
# LAB_BIND="FROM:TO ..." mounts more of the host, at absolute paths (run.sh does).
. "$(dirname "$0")/lib.sh"

IMAGE=$("$LAB_DIR/image.sh" "${LAB_IMAGE:-packages}")
COMMIT=$("$LAB_DIR/../commit.sh")
export IMAGE SRC COMMIT
as_root sh -euc '
	mount --bind "$IMAGE" "$IMAGE"
	mount --bind "$SRC" "$IMAGE/src"
	mount --rbind /proc "$IMAGE/proc"
	mount --rbind /sys "$IMAGE/sys"
	mount -t tmpfs -o mode=1777 tmp "$IMAGE/tmp"
	mount -t tmpfs -o mode=755 dev "$IMAGE/dev"
	for node in null zero full random urandom tty kvm; do
		[ -e "/dev/$node" ] || continue
		: >"$IMAGE/dev/$node"
		mount --bind "/dev/$node" "$IMAGE/dev/$node"
	done
	ln -s /proc/self/fd "$IMAGE/dev/fd"
	ln -s /proc/self/fd/2 "$IMAGE/dev/stderr"
	mkdir -m 1777 "$IMAGE/dev/shm"
	for bind in ${LAB_BIND:-}; do
		to=$IMAGE${bind#*:}
		if [ -d "${bind%%:*}" ]; then mkdir -p "$to"; else : >"$to"; fi
		mount --bind "${bind%%:*}" "$to"
	done
	exec chroot "$IMAGE" /usr/bin/env -i HOME=/tmp PATH=/usr/sbin:/usr/bin:/sbin:/bin \
		LC_ALL=C.UTF-8 TERM="${TERM:-dumb}" SCXBENCH_PROGRESS="${SCXBENCH_PROGRESS:-}" SCXBENCH_COMMIT="$COMMIT" \
		sh -c "cd /src && exec \"\$@\"" sh "$@"
' sh "$@"
