#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# chroot.sh CMD...   runs a command in the lab's root at native speed, this tree at /src.
#
# So one toolchain serves every host. Nothing in the image changes: it is read-only, but for /src, and for /tmp, /run
# and /var/tmp, which each call has for itself; /dev has only what a build or a virtual machine needs, and terminals.
# LAB_LIST takes the root of another package list (root.sh).
# LAB_BIND mounts more of the host below /tmp: FROM:TO, both absolute, a line each (run.sh does).
# LAB_FILES=DIR is read-only at /run/files, its bin is in PATH, its workloads are found. LAB_CWD is where the command runs (/src).
# LAB_HOST=1 shows all else of this machine too, at its own place, in a root of the image's system directories.
. "$(dirname "$0")/lib.sh"

IMAGE=$("$LAB_DIR/root.sh" "${LAB_LIST:-packages}")
COMMIT=$("$LAB_DIR/../commit.sh")
WORKLOADS=""
[ ! -d "${LAB_FILES:-/none}/workloads" ] || WORKLOADS=$FILES/workloads
export IMAGE SRC COMMIT FILES WORKLOADS
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
	mkdir "$IMAGE/dev/pts"
	mount -t devpts -o newinstance,ptmxmode=666,mode=620 pts "$IMAGE/dev/pts"
	ln -s pts/ptmx "$IMAGE/dev/ptmx"
	printf "%s\n" "${LAB_BIND:-}" | while IFS= read -r bind; do
		[ -n "$bind" ] || continue
		from=${bind%:*} to=$IMAGE${bind##*:}
		if [ -d "$from" ]; then mkdir -p "$to"; else : >"$to"; fi
		mount --bind "$from" "$to"
	done
	if [ -n "${LAB_FILES:-}" ]; then
		mkdir "$IMAGE$FILES"
		mount --bind "$LAB_FILES" "$IMAGE$FILES"
		mount -o remount,bind,ro "$IMAGE$FILES"
	fi
	mount -o remount,bind,ro "$IMAGE"
	root=$IMAGE
	if [ -n "${LAB_HOST:-}" ]; then
		root=$IMAGE/mnt
		mount -t tmpfs root "$root"
		for from in "$IMAGE"/bin "$IMAGE"/dev "$IMAGE"/etc "$IMAGE"/lib* "$IMAGE"/proc "$IMAGE"/run "$IMAGE"/sbin \
			"$IMAGE"/sys "$IMAGE"/usr /*; do
			to=$root/${from##*/}
			[ ! -e "$to" ] && [ ! -L "$to" ] || continue
			if [ -L "$from" ]; then cp -P "$from" "$to"
			elif [ -d "$from" ]; then mkdir "$to" && mount --rbind "$from" "$to"; fi
		done
	fi
	export LAB_CWD="${LAB_CWD:-/src}"
	exec chroot "$root" /usr/bin/env -i HOME=/tmp PATH="/usr/sbin:/usr/bin:/sbin:/bin:$FILES/bin" \
		LC_ALL=C.UTF-8 TERM="${TERM:-dumb}" SCXBENCH_PROGRESS="${SCXBENCH_PROGRESS:-}" SCXBENCH_COMMIT="$COMMIT" \
		SCXBENCH_WORKLOADS="$WORKLOADS" \
		sh -c "cd \"\$1\" && shift && exec \"\$@\"" sh "$LAB_CWD" "$@"
' sh "$@"
