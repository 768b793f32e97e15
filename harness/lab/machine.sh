#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# machine.sh JOB ACCEL CPUS MB NODES TOPOLOGY TTY APPEND
# the virtual machine itself. run.sh calls it in the lab's root, so that every host has the same QEMU (under
# multi-threaded emulation older ones lose patches of running code, and the guest dies).
set -eu
JOB=$1 ACCEL=$2 CPUS=$3 MB=$4 NODES=$5 TOPOLOGY=$6 TTY=$7 APPEND=${8:-}

# Whatever kills this script, nothing of the machine is left: every child dies with its parent.
child() { exec setpriv --pdeathsig KILL -- "$@"; }
# shellcheck disable=SC2046  # one word a pid is what kill wants
trap 'kill $(jobs -p) 2>/dev/null; exit 130' INT TERM HUP
# shellcheck disable=SC2046
trap 'kill $(jobs -p) 2>/dev/null || true' EXIT

SHARES=
share() {
	child /usr/libexec/virtiofsd --socket-path="/tmp/$1.sock" --shared-dir "$2" --cache="${3:-always}" --sandbox none \
		>"$JOB/virtiofsd-$1.log" 2>&1 &
	while [ ! -S "/tmp/$1.sock" ]; do
		kill -0 $! 2>/dev/null || { cat "$JOB/virtiofsd-$1.log" >&2; exit 1; }
		sleep 0.02
	done
	SHARES="$SHARES -chardev socket,id=$1,path=/tmp/$1.sock -device vhost-user-fs-pci,chardev=$1,tag=$1"
}
share root /tmp/root
share src /src
share results /tmp/results
# Two files of this host, so that the guest knows how busy it is; without a cache they are read as they are.
mkdir /tmp/lab-host
for file in stat pressure/cpu; do
	place=/tmp/lab-host/${file%/*}
	[ -r "/proc/$file" ] || continue
	: >"$place"
	mount --bind "/proc/$file" "$place" || rm "$place"
done
share host /tmp/lab-host never
[ ! -d /run/files ] || share files /run/files

# One shared memory backend per node, CPUs and memory split evenly, remote nodes at distance 21.
NUMA=
for i in $(seq 0 $((NODES - 1))); do
	NUMA="$NUMA -object memory-backend-memfd,id=mem$i,size=$((MB / NODES))M,share=on"
	NUMA="$NUMA -numa node,nodeid=$i,memdev=mem$i,cpus=$((i * CPUS / NODES))-$(((i + 1) * CPUS / NODES - 1))"
	for j in $(seq 0 $((i - 1))); do NUMA="$NUMA -numa dist,src=$j,dst=$i,val=21"; done
done

# Only Intel models show several L3 groups; x2apic off keeps the emulated topology simple. With "fast" string operations the
# kernel clears and copies by bytes, each of which the emulation takes for itself: a tenth of a guest's time was that.
MODEL=max
[ "$ACCEL" != tcg ] || MODEL=max,-erms,-fsrm
[ -z "$TOPOLOGY" ] || MODEL=Skylake-Server,-x2apic
OUT="file,id=out,path=$JOB/stdout"
[ -z "$TTY" ] || OUT=stdio,id=out,signal=off

INITRD=
[ ! -f /tmp/initrd ] || INITRD="-initrd /tmp/initrd" # it mounts the root itself

exec 4<&0
# QEMU can't write to every kind of descriptor that stderr may be; cat can.
mkfifo /tmp/err
cat /tmp/err >&2 &
ERR=$!
# shellcheck disable=SC2086  # the lists are built word by word above
child qemu-system-x86_64 -accel "$ACCEL" -cpu "$MODEL" -smp "$CPUS${TOPOLOGY:+,$TOPOLOGY}" -m "$MB"M \
	$NUMA $SHARES -nodefaults -no-user-config -display none -no-reboot \
	-chardev file,id=console,path="$JOB/console.log" -serial chardev:console \
	-chardev "$OUT" -serial chardev:out -chardev file,id=err,path=/tmp/err -serial chardev:err \
	-kernel /tmp/vmlinuz $INITRD -append "console=ttyS0 quiet loglevel=5 root=root rootfstype=virtiofs ro panic=-1 $APPEND \
SCXB_JOB=${JOB##*/} init=/bin/sh -- -c \"mount -t virtiofs -o ro src /src && exec sh /src/harness/lab/guest.sh\"" \
	2>"$JOB/qemu.log" <&4 &
wait $! || { cat "$JOB/qemu.log" >&2; exit 1; }
wait "$ERR"
