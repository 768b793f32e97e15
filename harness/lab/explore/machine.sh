# SPDX-License-Identifier: GPL-2.0-or-later
# Shared by keep.sh and seed.sh, sourced: machine OPTIONS... runs QEMU as a machine that repeats itself (see exact/boot.sh), of
# which $DIR has the initramfs and turns.so; EXPLORE_CPUS is how many CPUs it has. An instruction takes 16 ns, so that more timers end within as many instructions.
machine() {
	LD_PRELOAD=$DIR/turns.so exec qemu-system-x86_64 -name explore,debug-threads=on -nodefaults -no-user-config -display none -no-reboot \
		-accel tcg,thread=single -icount shift=4,sleep=off -rtc base=2026-01-01T00:00:00,clock=vm -cpu max -smp "$EXPLORE_CPUS" -m 768M \
		-device pvpanic-pci -action panic=pause -kernel /tmp/vmlinuz -initrd "$DIR/initrd" \
		-append "console=ttyS0 quiet loglevel=5 panic=-1 mitigations=off nokaslr norandmaps cryptomgr.notests exact.boot=1" "$@"
}
