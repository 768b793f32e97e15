#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# accel.sh [KERNEL]   prints the accelerator that QEMU can really use here: kvm or tcg (emulation).
#
# That /dev/kvm opens does not mean that it works: a nested one may hang or refuse the CPU. So a kernel is booted
# once without a root file system (it panics and QEMU ends, in about a second when KVM works), and the answer is
# kept for this host kernel, QEMU and CPU. LAB_ACCEL=kvm|tcg overrides it.
# Without KERNEL nothing is tried: what is not known yet is a guess.
. "$(dirname "$0")/lib.sh"

if [ -n "${LAB_ACCEL:-}" ]; then echo "$LAB_ACCEL"; exit 0; fi
if [ ! -w /dev/kvm ]; then echo tcg; exit 0; fi
KEY=$( (uname -r; basename "$("$LAB_DIR/root.sh")"; grep -m1 'model name' /proc/cpuinfo) | sha256sum | cut -c1-16)
ANSWER=$CACHE/accel-$KEY
if [ ! -f "$ANSWER" ]; then
	[ $# -gt 0 ] || { echo kvm; exit 0; }
	say "trying whether KVM works here"
	accel=tcg
	if LAB_BIND="$1:/tmp/vmlinuz" "$LAB_DIR/chroot.sh" timeout 10 qemu-system-x86_64 -accel kvm -cpu max -m 512M -nodefaults -display none -no-reboot \
		-kernel /tmp/vmlinuz -append panic=-1 >/dev/null 2>&1; then
		accel=kvm
	else
		say "KVM is there but does not work; the lab emulates"
	fi
	mkdir -p "$CACHE"
	echo "$accel" >"$ANSWER.$$"
	mv "$ANSWER.$$" "$ANSWER"
fi
cat "$ANSWER"
