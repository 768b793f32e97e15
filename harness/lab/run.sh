#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# run.sh CMD...   boots the lab, runs a command in it and ends as the command did.
#
# The guest sees the image as its read-only root, this tree read-only at /src, and results/ writable
# at /src/results. The command's stdout, stderr and exit code are the caller's; the kernel's own
# messages go to results/.lab/<job>/console.log, kept when something went wrong.
#   LAB_KERNEL    a vmlinuz of your own (default: kernel.sh chooses)
#   LAB_CPUS      virtual CPUs (default: the host's, at most 8) · LAB_MEM (default 3G)
#   LAB_TOPOLOGY  sockets=2,dies=1,cores=2,threads=2 · LAB_NODES  NUMA nodes (default 1)
#   LAB_TTY=1     a person is at the other end (lab-shell)
. "$(dirname "$0")/lib.sh"

[ $# -gt 0 ] || die 2 "usage: run.sh CMD..."
need qemu-system-x86_64 qemu-system-x86
for VIRTIOFSD in /usr/libexec/virtiofsd /usr/lib/qemu/virtiofsd /usr/libexec/qemu/virtiofsd ""; do
	[ -x "$VIRTIOFSD" ] && break
done
[ -n "$VIRTIOFSD" ] || die 3 "virtiofsd is missing: run 'make deps' (package virtiofsd)"

IMAGE=$("$LAB_DIR/image.sh")
KERNEL=$("$LAB_DIR/kernel.sh")
ACCEL=$("$LAB_DIR/accel.sh" "$KERNEL")
RESULTS=${LAB_RESULTS:-$SRC/results}
mkdir -p "$RESULTS/.lab" || die 3 "$RESULTS can't be written: choose another with LAB_RESULTS="
JOB=$(mktemp -d "$RESULTS/.lab/job.XXXXXX") || die 3 "$RESULTS can't be written: choose another with LAB_RESULTS="
RUN=$(mktemp -d)

cleanup() {
	rc=$?
	trap - EXIT
	# shellcheck disable=SC2046  # one word a pid is what kill wants
	[ -n "$(jobs -p)" ] && kill $(jobs -p) 2>/dev/null
	wait 2>/dev/null || true
	rm -rf "$RUN"
	if [ "$rc" = 0 ]; then rm -rf "$JOB"; else say "the guest's console is in $JOB/console.log"; fi
	exit "$rc"
}
trap cleanup EXIT
trap 'exit 130' INT TERM HUP

# share TAG DIR: one virtiofsd, QEMU's end of it appended to $SHARES
SHARES=
share() {
	as_root "$VIRTIOFSD" --socket-path="$RUN/$1.sock" -o source="$2" -o cache=always -o sandbox=chroot \
		>"$JOB/virtiofsd-$1.log" 2>&1 &
	while [ ! -S "$RUN/$1.sock" ]; do
		kill -0 $! 2>/dev/null || { cat "$JOB/virtiofsd-$1.log" >&2; die 1 "virtiofsd for $2 did not start"; }
		sleep 0.02
	done
	SHARES="$SHARES -chardev socket,id=$1,path=$RUN/$1.sock -device vhost-user-fs-pci,chardev=$1,tag=$1"
}
share root "$IMAGE"
share src "$SRC"
share results "$RESULTS"

# memory CPUS SIZE NODES: one shared memory backend a node, CPUs and memory split evenly
CPUS=${LAB_CPUS:-$(n=$(nproc); [ "$n" -gt 8 ] && n=8; echo "$n")}
MEM=${LAB_MEM:-3G}
NODES=${LAB_NODES:-1}
case $CPUS$NODES in *[!0-9]*) die 2 "LAB_CPUS and LAB_NODES are numbers" ;; esac
case $MEM in *[0-9]G) MB=$((${MEM%G} * 1024)) ;; *[0-9]M) MB=${MEM%M} ;; *) die 2 "LAB_MEM is like 3G or 3072M" ;; esac
[ $((CPUS % NODES)) = 0 ] || die 2 "LAB_CPUS=$CPUS can't be split over LAB_NODES=$NODES"
NUMA=
i=0
while [ "$i" -lt "$NODES" ]; do
	first=$((i * CPUS / NODES)) last=$(((i + 1) * CPUS / NODES - 1))
	NUMA="$NUMA -object memory-backend-memfd,id=mem$i,size=$((MB / NODES))M,share=on"
	NUMA="$NUMA -numa node,nodeid=$i,memdev=mem$i,cpus=$first-$last"
	i=$((i + 1))
done

printf '%s\n' "$(date +%s)" >"$JOB/clock"
# The job as the guest's shell will read it: what it needs of our environment, then the command.
quote() { printf " '"; printf %s "$1" | sed "s/'/'\\\\''/g"; printf "'"; }
{
	for name in LAB_TTY TERM SCXBENCH_PROGRESS; do
		eval "value=\${$name:-}"
		[ -n "$value" ] && printf 'export %s=%s\n' "$name" "$(quote "$value")"
	done
	printf exec
	for arg in "$@"; do quote "$arg"; done
	echo
} >"$JOB/job.sh"

# Only Intel models show several L3 groups; x2apic off keeps the emulated topology simple.
CPU_MODEL=max
[ -n "${LAB_TOPOLOGY:-}" ] && CPU_MODEL=Skylake-Server,-x2apic
if [ -n "${LAB_TTY:-}" ]; then
	OUT="-chardev stdio,id=out,signal=off"
else
	OUT="-chardev file,id=out,path=$JOB/stdout"
fi
# shellcheck disable=SC2086  # the lists are built word by word above
qemu-system-x86_64 -accel "$ACCEL" -cpu "$CPU_MODEL" -smp "$CPUS${LAB_TOPOLOGY:+,$LAB_TOPOLOGY}" -m "$MB"M \
	$NUMA $SHARES -nodefaults -no-user-config -display none -no-reboot \
	-chardev file,id=console,path="$JOB/console.log" -serial chardev:console \
	$OUT -serial chardev:out -chardev file,id=err,path=/dev/stderr,append=on -serial chardev:err \
	-kernel "$KERNEL" -append "console=ttyS0 quiet loglevel=5 root=root rootfstype=virtiofs ro panic=-1 \
SCXB_JOB=${JOB##*/} init=/bin/sh -- -c \"mount -t virtiofs -o ro src /src && exec sh /src/harness/lab/guest.sh\"" \
	2>"$JOB/qemu.log" &
QEMU=$!
wait "$QEMU" || { cat "$JOB/qemu.log" >&2; die 1 "QEMU failed"; }
[ -f "$JOB/stdout" ] && cat "$JOB/stdout"
[ -f "$JOB/status" ] || die 1 "the guest died before the command ended"
exit "$(cat "$JOB/status")"
