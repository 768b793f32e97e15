#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# chroot.sh CMD...   runs a command in the lab's root at native speed, this tree at /src.
#
# So one toolchain serves every host. Nothing in the image changes: it is read-only, but for /src, and for /tmp, /run
# and /var/tmp, which each call has for itself; /dev has only what a build or a virtual machine needs.
# LAB_LIST takes the root of another package list (root.sh).
# LAB_BIND mounts more of the host below /tmp: FROM:TO, both absolute, a line each (run.sh does).
. "$(dirname "$0")/lib.sh"

IMAGE=$("$LAB_DIR/root.sh" "${LAB_LIST:-packages}")
COMMIT=$("$LAB_DIR/../commit.sh")
export IMAGE SRC COMMIT
as_root sh -euc '
	mount --bind "$IMAGE" "$IMAGE"
	mount --bind "$SRC" "$IMAGE/src"
	mount --rbind /proc "$IMAGE/proc"
	mount --rbind /sys "$IMAGE/sys"
	mount -t tmpfs -o mode=1777 tmp "$IMAGE/tmp"
	mount -t tmpfs -o mode=1777 tmp "$IMAGE/var/tmp"
	mount -t tmpfs -o mode=755 run "$IMAGE/run"
	mount -t tmpfs -o mode=755 dev "$IMAGE/dev"
	for node in null zero full random urandom tty kvm; do
		[ -e "/dev/$node" ] || continue
		: >"$IMAGE/dev/$node"
		mount --bind "/dev/$node" "$IMAGE/dev/$node"
	done
	ln -s /proc/self/fd "$IMAGE/dev/fd"
	ln -s /proc/self/fd/2 "$IMAGE/dev/stderr"
	mkdir -m 1777 "$IMAGE/dev/shm"
	echo "${LAB_BIND:-}" | while IFS= read -r bind; do
		[ -n "$bind" ] || continue
		from=${bind%:*} to=$IMAGE${bind##*:}
		if [ -d "$from" ]; then mkdir -p "$to"; else : >"$to"; fi
		mount --bind "$from" "$to"
	done
	mount -o remount,bind,ro "$IMAGE"
	exec chroot "$IMAGE" /usr/bin/env -i HOME=/tmp PATH=/usr/sbin:/usr/bin:/sbin:/bin \
		LC_ALL=C.UTF-8 TERM="${TERM:-dumb}" SCXBENCH_PROGRESS="${SCXBENCH_PROGRESS:-}" SCXBENCH_COMMIT="$COMMIT" \
		sh -c "cd /src && exec \"\$@\"" sh "$@"
' sh "$@"
