#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# kernel.sh [VERSION]   prints the path of a kernel image for the lab, fetching it when needed.
#
# With a VERSION, or LAB_KERNEL=VERSION, it is the newest archived kernel whose version begins so ("7.0").
# LAB_KERNEL=PATH is a vmlinuz, or the tree of a kernel that was built. Otherwise it is the newest kernel of the archive
# that really loads a sched_ext object: some Debian builds refuse every one (their BTF lacks kfunc prototypes), so each
# candidate is booted once to try it, and the choice is kept. What was fetched has its configuration with it, because an
# object may ask for a CONFIG_... of the kernel.
. "$(dirname "$0")/lib.sh"

case ${LAB_KERNEL:-} in
"") ;;
[0-9]*) [ -e "$LAB_KERNEL" ] || { set -- "$LAB_KERNEL"; LAB_KERNEL=""; } ;;
esac
if [ -n "${LAB_KERNEL:-}" ]; then
	image=$LAB_KERNEL
	[ ! -d "$image" ] || image=$image/arch/x86/boot/bzImage
	[ -f "$image" ] && [ -r "$image" ] ||
		die 3 "LAB_KERNEL=$LAB_KERNEL: $image can't be read: give a vmlinuz, a kernel's built tree, or a version like 7.0"
	realpath "$image"
	exit 0
fi
mkdir -p "$KERNELS"

# Newest first; the cloud flavour has virtio-fs built in, so it needs no initramfs.
candidates() {
	apt apt-cache pkgnames linux-binary- |
		sed -n 's/^linux-binary-\([0-9][^-]*\)-cloud-amd64$/\1/p' | sort -rV
}

# fetch VERSION: the kernel image as $KERNELS/VERSION, whole or not at all
fetch() {
	[ -f "$KERNELS/$1" ] && return
	say "fetching Linux $1"
	(cd "$WORK" && apt apt-get download "linux-binary-$1-cloud-amd64" && mkdir "$1" &&
		dpkg-deb --fsys-tarfile linux-binary-"$1"-*.deb | tar -x -C "$1" &&
		mv "$(find "$1" -name 'vmlinuz*' -type f)" "$KERNELS/$1") || die 1 "could not fetch Linux $1"
}

# fetch_config VERSION   as $KERNELS/config/VERSION; empty where it can't be had, so that it is asked for once
fetch_config() {
	(
		open_archive
		cd "$WORK"
		for package in linux-base linux-image; do # the newer packages, the older ones
			mkdir "$package"
			apt apt-get download "$package-$1-cloud-amd64" 2>/dev/null || continue
			dpkg-deb --fsys-tarfile "$package"-*.deb |
				tar -x -C "$package" --wildcards './usr/lib/modules/*/config' './boot/config-*' 2>/dev/null || :
		done
		mv "$(find linux-base linux-image -type f | head -1)" "$KERNELS/config/$1" 2>/dev/null
	) || {
		say "the configuration of Linux $1 can't be had: a policy that asks for a CONFIG_... of it is refused there"
		: >"$KERNELS/config/$1"
	}
}

# give VERSION   ends with a kernel that was fetched
give() {
	mkdir -p "$KERNELS/config"
	[ -f "$KERNELS/config/$1" ] || fetch_config "$1"
	echo "$KERNELS/$1"
	exit 0
}

if [ $# -gt 0 ]; then
	version=$(find "$KERNELS" -maxdepth 1 -type f \( -name "$1" -o -name "$1[.+]*" \) -printf '%f\n' | sort -rV | head -1)
	if [ -z "$version" ]; then
		open_archive
		version=$(candidates | grep -m1 "^$1\([.+]\|\$\)") || die 3 "the archive has no Linux $1 for the lab"
		fetch "$version"
	fi
	give "$version"
fi

if [ ! -f "$KERNELS/default" ]; then
	open_archive
	for version in $(candidates); do
		fetch "$version"
		rc=0
		LAB_KERNEL="$KERNELS/$version" LAB_CWD=/src "$LAB_DIR/run.sh" .build/lab/scxbench doctor --load >&2 || rc=$?
		case $rc in
		0) echo "$version" >"$WORK/default" && mv "$WORK/default" "$KERNELS/default" && break ;;
		3) say "Linux $version can't load sched_ext objects; trying the next older one" ;;
		*) die "$rc" "the check of Linux $version did not finish" ;;
		esac
	done
	[ -f "$KERNELS/default" ] || die 3 "no kernel of the archive loads sched_ext objects"
fi
give "$(cat "$KERNELS/default")"
