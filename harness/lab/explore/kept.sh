# SPDX-License-Identifier: GPL-2.0-or-later
# Shared by explore.sh and replay.sh, sourced after lib.sh: the guest of $POLICY and its state at the storm's begin, made if it is
# not there, in $KEPT. As the same files make the same initramfs, and that the same boot, a state that is gone is made again.

POLICY=${POLICY:-fifo}
case ${CPUS:=1} in *[!0-9]* | 0) die 2 "CPUS=$CPUS: give a number" ;; esac
KEPT=$RESULTS/.explore/$(printf %s "${POLICY##*/}" | tr -c 'A-Za-z0-9_.-' _)-$CPUS
SEEDS_THERE=/tmp/seeds
THERE=/tmp/explore # where the lab's root has it, and the guest has the storm's workload

in_root() {
	LAB_BIND="$KEPT:$THERE
$KERNEL:/tmp/vmlinuz${WORK:+
$WORK:$SEEDS_THERE}" "$LAB_DIR/chroot.sh" env EXPLORE_CPUS="$CPUS" "$@"
}

# keep_state   after it the state can be run
keep_state() {
	case $POLICY in */*) [ -f "$POLICY" ] || die 2 "POLICY=$POLICY: not there" ;; esac
	KERNEL=$("$LAB_DIR/kernel.sh") WORK=""
	mkdir -p "$KEPT/workloads" || die 3 "$RESULTS can't be written: choose another with LAB_RESULTS="
	policy=$POLICY
	case $POLICY in
	*/*)
		cp "$POLICY" "$KEPT/${POLICY##*/}"
		policy=$THERE/${POLICY##*/}
		;;
	esac
	{ printf 'set -- -s '; quote "$policy"; echo; cat "$LAB_DIR/explore/guest"; } >"$KEPT/bench"
	in_root sh -euc 'gcc -O2 -shared -fPIC -D_GNU_SOURCE -o "$1/turns.so" /src/harness/lab/exact/turns.c
		gcc -O2 -mrdrnd -D_GNU_SOURCE -o "$1/workloads/seeded" /src/harness/lab/explore/storm.c
		/src/harness/lab/exact/initrd.sh "$1/initrd.new" "$1/bench" /src/.build/lab/workloads/storm "$1/workloads/seeded" "$2"' sh "$THERE" "$policy" ||
		die 1 "the explorer's guest could not be made"
	echo "$KERNEL $(cat "$KERNEL" "$LAB_DIR/explore/machine.sh" | cksum)" >"$KEPT/of.new"
	if ! cmp -s "$KEPT/initrd.new" "$KEPT/initrd" || ! cmp -s "$KEPT/of.new" "$KEPT/of" || [ ! -f "$KEPT/state" ]; then
		rm -f "$KEPT/of"
		mv "$KEPT/initrd.new" "$KEPT/initrd"
		say "booting a guest of $POLICY"
		in_root /src/harness/lab/explore/keep.sh "$THERE" || {
			sed -n 's/^explore: [0-9]* //p' "$KEPT/console" >&2
			die 1 "the guest did not come to the storm"
		}
		mv "$KEPT/of.new" "$KEPT/of"
	fi
	rm -f "$KEPT/initrd.new" "$KEPT/of.new"
}

# seed_run OUT SEED [OPTION...]   the storm of a seed; OUT is a directory in $WORK
seed_run() {
	out=$1; shift
	in_root /src/harness/lab/explore/seed.sh "$THERE" "$SEEDS_THERE/$out" "$@"
}
