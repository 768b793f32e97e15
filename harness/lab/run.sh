#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# run.sh CMD...   boots the lab, runs a command in it and ends with its exit code.
#
# The guest sees the image as its read-only root, this tree read-only at /src, and results/ writable at
# /src/results. The command's stdout, stderr and exit code are passed on; the kernel's own messages go to
# results/.lab/<job>/console.log, which is kept when something went wrong.
#   LAB_KERNEL    see kernel.sh · LAB_RESULTS  another results/
#   LAB_CPUS      virtual CPUs (default: the host's, at most 8) · LAB_MEM (default 3G)
#   LAB_TOPOLOGY  sockets=2,dies=1,cores=2,threads=2 · LAB_NODES  NUMA nodes (default 1)
#   LAB_TTY=1     a person is at the other end: stdin, stdout and stderr are this terminal
#   LAB_FILES=DIR more files, read-only at /run/files, with bin/ in PATH · LAB_CWD  the directory (/src)
#   LAB_APPEND    more words for the kernel's command line
#   LAB_RESTARTS  how often a machine that emulation broke is started again, with the command from its beginning
#                 (default 2): QEMU's multi-threaded emulation now and then runs an old translation of code that
#                 was just patched, and the guest dies of "Oops: int3" or never boots.
# Exit code 70: the guest died before the command ended; 3: this kernel can't be the lab's.
. "$(dirname "$0")/lib.sh"

[ $# -gt 0 ] || die 2 "usage: run.sh CMD..."
CPUS=${LAB_CPUS:-$(n=$(nproc); [ "$n" -gt 8 ] && n=8; echo "$n")}
MEM=${LAB_MEM:-3G}
NODES=${LAB_NODES:-1}
case $CPUS$NODES in *[!0-9]*) die 2 "LAB_CPUS and LAB_NODES are numbers" ;; esac
case $MEM in *[0-9]G) MB=$((${MEM%G} * 1024)) ;; *[0-9]M) MB=${MEM%M} ;; *) die 2 "LAB_MEM is like 3G or 3072M" ;; esac
[ "$NODES" -gt 0 ] && [ $((CPUS % NODES)) = 0 ] || die 2 "LAB_CPUS=$CPUS can't be split over LAB_NODES=$NODES"

IMAGE=$("$LAB_DIR/root.sh")
KERNEL=$("$LAB_DIR/kernel.sh")
INITRD=
[ ! -f "$KERNEL.initrd" ] || INITRD="
$KERNEL.initrd:/tmp/initrd"
ACCEL=$("$LAB_DIR/accel.sh" "$KERNEL")
mkdir -p "$RESULTS/.lab" 2>/dev/null && JOB=$(mktemp -d "$RESULTS/.lab/job.XXXXXX" 2>/dev/null) ||
	die 3 "$RESULTS can't be written: choose another with LAB_RESULTS="

# What libbpf reads where a policy asks for a CONFIG_... of its kernel.
CONFIG=$(config_of "$KERNEL")
[ ! -s "$CONFIG" ] || cp "$CONFIG" "$JOB/config"

# The guest's own stderr is always a terminal.
set_progress

# The job as the guest's shell reads it: what it needs of our environment, then the command.
{
	for name in LAB_TTY TERM SCXBENCH_PROGRESS SCXBENCH_RESULTS; do
		eval "value=\${$name:-}"
		[ -z "$value" ] || { printf 'export %s=' "$name"; quote "$value"; echo; }
	done
	printf 'cd '; quote "${LAB_CWD:-/src}"; echo ' || exit'
	[ -z "${LAB_TTY:-}" ] || echo "stty rows $(tput lines) cols $(tput cols)"
	printf 'exec'
	for arg in "$@"; do printf ' '; quote "$arg"; done
	echo
} >"$JOB/job.sh"

# console WORD   has the kernel said so?
console() { grep -q "$1" "$JOB/console.log" 2>/dev/null; }

# without_root   did the kernel find no root file system? No other boot of it will.
without_root() { [ ! -f "$JOB/started" ] && console 'VFS: Unable to mount root fs'; }

ended() {
	rc=$?
	trap - EXIT
	[ -z "$TERMINAL" ] || stty "$TERMINAL"
	if [ "$rc" = 0 ] || without_root; then rm -rf "$JOB"; else say "the guest's console is in $JOB/console.log"; fi
	exit "$rc"
}
TERMINAL=""
trap ended EXIT
# The machine is in our process group and ends by the same signal; wait for it.
trap 'INTERRUPTED=1' INT TERM HUP
INTERRUPTED=
# A shell connects stdin to /dev/null for what it starts in the background, unless it is redirected.
exec 4<&0

if [ -n "${LAB_TTY:-}" ]; then
	TERMINAL=$(stty -g)
	stty raw -echo
fi

# boot   one machine, from power on to off; it has $UP seconds to begin the job
UP=180
boot() {
	rm -f "$JOB/started"
	date +%s >"$JOB/clock"
	LAB_BIND="$IMAGE:/tmp/root
$KERNEL:/tmp/vmlinuz
$RESULTS:/tmp/results$INITRD" \
		"$LAB_DIR/chroot.sh" /src/harness/lab/machine.sh "/tmp/results/.lab/${JOB##*/}" "$ACCEL" "$CPUS" "$MB" "$NODES" \
		"${LAB_TOPOLOGY:-}" "${LAB_TTY:-}" "${LAB_APPEND:-}" <&4 &
	MACHINE=$!
	(
		trap 'kill $!; exit' TERM
		sleep "$UP" &
		wait $!
		[ -f "$JOB/started" ] || kill -TERM "$MACHINE"
	) 2>/dev/null 4<&- &
	WATCH=$!
	while kill -0 "$MACHINE" 2>/dev/null; do
		[ -z "$INTERRUPTED" ] || kill -TERM "$MACHINE" 2>/dev/null
		wait "$MACHINE" || true
	done
	kill "$WATCH" 2>/dev/null || true
	wait "$WATCH" 2>/dev/null || true
}

# broken   prints how emulation broke the machine, if that has ended it
broken() {
	[ ! -f "$JOB/status" ] && ! without_root || return 0
	if [ ! -f "$JOB/started" ] && console 'Kernel panic'; then
		echo "the guest did not boot: $(sed -n 's/.*\(Kernel panic.*\)/\1/p' "$JOB/console.log" | head -1)"
	elif [ ! -f "$JOB/started" ]; then echo "the guest did not boot within $UP s"
	elif console 'Oops: int3'; then echo "the guest died: emulation lost a patch of its code"; fi
}

left=${LAB_RESTARTS:-2}
[ "$ACCEL" = tcg ] && [ -z "${LAB_TTY:-}" ] || left=0
boot
while [ -z "$INTERRUPTED" ] && [ "$left" -gt 0 ] && why=$(broken) && [ -n "$why" ]; do
	say "$why; starting it again"
	left=$((left - 1))
	boot
done
[ -z "$INTERRUPTED" ] || exit 130
[ ! -f "$JOB/stdout" ] || cat "$JOB/stdout"
! without_root ||
	die 3 "Linux ${KERNEL##*/} can't be the lab's: it can't mount the lab's root, because virtio-fs or virtio-pci is not built in"
[ -f "$JOB/status" ] || {
	sed -n 's/^\[[^]]*\] *\(Oops\|Kernel panic\|BUG\|watchdog\)/the console says: \1/p' "$JOB/console.log" | head -3 >&2
	die 70 "the guest died before the command ended"
}
exit "$(cat "$JOB/status")"
