#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# boot.sh DIR BOOT SEED [PROFILE]   one guest of the exact lab, in the lab's root: DIR/run.tar is what it wrote, and
# DIR/console its console. Of DIR's parent it takes counter.so, turns.so and initrd.
#
# Each of these is needed for the same run to the last instruction: one thread of emulation, which takes turns with QEMU's main
# loop (turns.c), a clock that counts instructions, the seed, a clock that begins at a fixed time, no disk and no net, and
# nothing of the user's configuration. DAMON's statistics (a kernel thread, kdamond, which walks page tables by samples) are
# off: they put up to a million instructions into a window, or none.
set -eu
DIR=$1 BOOT=$2 SEED=$3 PROFILE=${4:-}
SHARED=$(mktemp)
trap 'rm -f "$SHARED"' EXIT
truncate -s 1M "$SHARED"
PLUGIN=${DIR%/*}/counter.so,memory=$SHARED
[ -z "$PROFILE" ] || PLUGIN=$PLUGIN,profile=$DIR/profile
LD_PRELOAD=${DIR%/*}/turns.so qemu-system-x86_64 -name exact,debug-threads=on -pidfile "$DIR/pid" -nodefaults -no-user-config -display none -no-reboot \
	-accel tcg,thread=single -icount shift=0,sleep=off -seed "$SEED" -rtc base=2026-01-01T00:00:00,clock=vm \
	-cpu max -smp "${EXACT_CPUS:-1}" -m 1G -serial file:"$DIR/console" -serial file:"$DIR/run.tar" \
	-object memory-backend-file,id=count,share=on,mem-path="$SHARED",size=1M -device ivshmem-plain,memdev=count \
	-plugin "$PLUGIN" -kernel /tmp/vmlinuz -initrd "${DIR%/*}/initrd" \
	-append "console=ttyS0 quiet loglevel=5 panic=-1 mitigations=off nokaslr norandmaps cryptomgr.notests damon_stat.enabled=N \
exact.boot=$BOOT${PROFILE:+ exact.profile=1}" 2>"$DIR/qemu.log"
