#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# lab-kernel.sh   prints the path of a kernel with core scheduling, building it when needed.
#
# Debian's kernels have no CONFIG_SCHED_CORE. This one is built from the newest linux-source package of Debian's
# backports, with core-sched.config on top of allnoconfig: small, but with all that the lab and the harness use. A
# kernel is kept under its version and a hash of these options, once it is complete.
. "$(dirname "$0")/lib.sh"

CONFIG=$LAB_DIR/core-sched.config
HASH=$(grep '^CONFIG_' "$CONFIG" | sort | sha256sum | cut -c1-8)
find_kernel() { find "$IMAGES" -maxdepth 1 -name "core-sched-*-$HASH" 2>/dev/null | sort -rV | head -1; }

# in_tree CMD...   runs it in the build root, in the kernel's tree
in_tree() {
	LAB_LIST=packages.kernel LAB_BIND="$WORK/tree:/tmp/tree
$CONFIG:/tmp/core-sched.config" \
		nice -n 19 "$LAB_DIR/chroot.sh" sh -c 'cd /tmp/tree && exec "$@"' sh "$@"
}

# An option that Kconfig dropped (its name or a dependency changed) would be missed only much later.
configure() {
	in_tree make -s allnoconfig KCONFIG_ALLCONFIG=/tmp/core-sched.config >&2 || die 1 "the kernel could not be configured"
	DROPPED=$(grep '^CONFIG_.*=[^n]' "$CONFIG" | grep -vxFf "$WORK/tree/.config" | tr '\n' ' ')
	[ -z "$DROPPED" ] || die 1 "Linux $VERSION has no such options: $DROPPED"
}

# Each line of make's output is a file made; the end of its log says what went wrong.
compile() {
	say "building Linux $VERSION with core scheduling (about 20 minutes on 2 CPUs, once; 3 GB for that time)"
	in_tree make -j"$(nproc)" KBUILD_BUILD_USER=scxbench KBUILD_BUILD_HOST=lab bzImage 2>&1 | tee "$WORK/log" |
		awk '/^  [A-Z]/ && ++n % 200 == 0 { print "lab: " n " files of about 1900" > "/dev/stderr" }'
	[ -f "$WORK/tree/arch/x86/boot/bzImage" ] && return
	grep -B5 -m1 '\*\*\*' "$WORK/log" >&2
	die 1 "the kernel did not build; see above"
}

KERNEL=$(find_kernel)
if [ -z "$KERNEL" ]; then
	mkdir -p "$IMAGES"
	exec 8>"$IMAGES/lock"
	flock 8
	KERNEL=$(find_kernel)
fi
if [ -z "$KERNEL" ]; then
	open_archive
	fetch_source
	VERSION=$(in_tree make -s kernelversion)
	configure
	compile
	KERNEL=$IMAGES/core-sched-$VERSION-$HASH
	mkdir -p "$IMAGES/config"
	cp "$WORK/tree/.config" "$IMAGES/config/${KERNEL##*/}"
	sync "$WORK/tree/arch/x86/boot/bzImage"
	mv "$WORK/tree/arch/x86/boot/bzImage" "$KERNEL"
fi
echo "$KERNEL"
