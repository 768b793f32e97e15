#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# chroot.sh CMD...   runs a command in the lab's root at native speed, this tree at /src.
#
# So one toolchain serves every host. Nothing in the image changes: only /src and /tmp are writable.
. "$(dirname "$0")/lib.sh"

IMAGE=$("$LAB_DIR/image.sh")
export IMAGE SRC
exec 9>&-
as_root sh -euc '
	mount --bind "$IMAGE" "$IMAGE"
	mount --bind "$SRC" "$IMAGE/src"
	for d in dev proc sys; do mount --rbind "/$d" "$IMAGE/$d"; done
	mount -t tmpfs -o mode=1777 tmp "$IMAGE/tmp"
	exec chroot "$IMAGE" /usr/bin/env -i HOME=/tmp PATH=/usr/sbin:/usr/bin:/sbin:/bin \
		LC_ALL=C.UTF-8 TERM="${TERM:-dumb}" sh -c "cd /src && exec \"\$@\"" sh "$@"
' sh "$@"
