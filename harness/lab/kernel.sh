#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# kernel.sh [VERSION]   prints the path of a kernel image for the lab, fetching it when needed.
#
# With a VERSION, or LAB_KERNEL=VERSION, it is the newest archived kernel whose version begins so ("7.0").
# LAB_KERNEL=PATH is a vmlinuz, or the tree of a kernel that was built. Otherwise it is the newest kernel of the archive
# that really loads a sched_ext object: some Debian builds refuse every one (their BTF lacks kfunc prototypes), so each
# candidate is booted once to try it, and the choice is kept. What was fetched has its configuration with it, because an
# object may ask for a CONFIG_... of the kernel.
#
# A VERSION is looked for in the backports of the lab's suite, in the suite itself and in the one before it, whose 6.1 is
# the last kernel with CFS. Where virtio-fs is a module, an initramfs is made and kept beside the image: IMAGE.initrd.
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
mkdir -p "$IMAGES/config"

# The versions of the suite, newest first. Only the cloud flavour has virtio-fs built in, most of the time. Up to 6.18 the
# package with the kernel is linux-image, which later is empty and needs linux-binary.
candidates() {
	apt apt-cache pkgnames linux- |
		sed -n 's/^linux-\(binary\|image\)-\([0-9].*\)-cloud-amd64$/\2/p' | sort -ruV
}

# unpack PACKAGE DIR   of the archive
unpack() {
	(cd "$WORK" && apt apt-get download "$1" && mkdir "$2" && dpkg-deb --fsys-tarfile "$1"_*.deb | tar -x -C "$2" && rm "$1"_*.deb)
}

# fetch VERSION   the kernel image as $IMAGES/VERSION, whole or not at all; before it, where the kernel needs one, its
# initramfs as $IMAGES/VERSION.initrd
fetch() {
	[ -f "$IMAGES/$1" ] && return
	say "fetching Linux $1"
	package=$(apt apt-cache pkgnames linux- | grep -x "linux-binary-$1-cloud-amd64") || package=linux-image-$1-cloud-amd64
	unpack "$package" "$1" || die 1 "could not fetch Linux $1"
	keep_config "$1" "$WORK/$1" || :
	! grep -sqx 'CONFIG_VIRTIO_FS=m' "$WORK/$1"/boot/config-* || initramfs "$1"
	mv "$(find "$WORK/$1" -name 'vmlinuz*' -type f)" "$IMAGES/$1"
}

# initramfs VERSION   of a kernel whose virtio-fs is a module
initramfs() {
	look_in "$SUITE" && unpack busybox-static busybox || die 1 "could not fetch busybox for Linux $1"
	LAB_BIND="$WORK:/tmp/made" "$LAB_DIR/chroot.sh" /src/harness/lab/initramfs.sh /tmp/made/busybox/usr/bin/busybox \
		"/tmp/made/$1" /tmp/made/initrd || die 1 "Linux $1 can't be the lab's: its virtio-fs is a module, and no initramfs can be made"
	mv "$WORK/initrd" "$IMAGES/$1.initrd"
}

# in_suites CMD...   in one suite after the other until CMD succeeds
in_suites() {
	open_archive
	for suite in "" "$SUITE" "$OLDER"; do
		[ -z "$suite" ] || look_in "$suite" 2>"$WORK/why" || continue
		! "$@" || return 0
	done
	return 1
}

# keep_config VERSION DIR   the configuration that a package has, as $IMAGES/config/VERSION
keep_config() {
	config=$(find "$2" -type f \( -path '*/boot/config-*' -o -path '*/modules/*/config' \) | head -1)
	[ -n "$config" ] && cp "$config" "$IMAGES/config/$1"
}

# unpack_config VERSION   from the newer packages, or the older ones
unpack_config() {
	for package in linux-base linux-image; do
		! unpack "$package-$1-cloud-amd64" "$package" 2>/dev/null || ! keep_config "$1" "$WORK/$package" || return 0
	done
	return 1
}

# give VERSION   ends with a kernel that was fetched. A configuration that can't be had is empty, so that it is asked for once.
give() {
	[ -f "$IMAGES/config/$1" ] || (in_suites unpack_config "$1") || {
		say "the configuration of Linux $1 can't be had: a policy that asks for a CONFIG_... of it is refused there"
		: >"$IMAGES/config/$1"
	}
	echo "$IMAGES/$1"
	exit 0
}

# find_version VERSION   the newest that begins so, as $version
find_version() { version=$(candidates | grep -m1 "^$1\([.+]\|\$\)"); }

if [ $# -gt 0 ]; then
	version=$(find "$IMAGES" -maxdepth 1 -type f ! -name '*.initrd' \( -name "$1" -o -name "$1[.+]*" \) -printf '%f\n' |
		sort -rV | head -1)
	if [ -z "$version" ]; then
		in_suites find_version "$1" || die 3 "the archive has no Linux $1 for the lab"
		fetch "$version"
	fi
	give "$version"
fi

if [ ! -f "$IMAGES/default" ]; then
	open_archive
	for version in $(candidates); do
		fetch "$version"
		rc=0
		LAB_KERNEL="$IMAGES/$version" LAB_CWD=/src "$LAB_DIR/run.sh" .build/lab/scxbench doctor --load >&2 || rc=$?
		case $rc in
		0) echo "$version" >"$WORK/default" && mv "$WORK/default" "$IMAGES/default" && break ;;
		3) say "Linux $version can't load sched_ext objects; trying the next older one" ;;
		*) die "$rc" "the check of Linux $version did not finish" ;;
		esac
	done
	[ -f "$IMAGES/default" ] || die 3 "no kernel of the archive loads sched_ext objects"
fi
give "$(cat "$IMAGES/default")"
