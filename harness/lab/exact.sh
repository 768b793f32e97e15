#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# exact.sh [OPTIONS of scxbench bench]   what operations cost in instructions, counted exactly: a boot for each seed.
#
# The first seed is booted twice. Unless both boots leave the same bytes nothing is reported.
#   SEEDS        "1..8" or "1 5 9" (default: 1..8) · CPUS  of the guest (default: 1)
#   PROFILE=1    instructions by function too, of the first seed
#   LAB_KERNEL=  LAB_RESULTS=  LAB_FILES=  as for run.sh
. "$(dirname "$0")/lib.sh"

EXACT=/tmp/exact # where the lab's root has $WORK

# seeds   one a line
seeds() {
	for word in ${SEEDS:-1..8}; do
		case $word in
		*[!0-9.]* | *..*..* | .* | *.) die 2 "SEEDS=$SEEDS: give numbers, or a range like 1..8" ;;
		*..*) seq "${word%..*}" "${word#*..}" ;;
		*) echo "$word" ;;
		esac
	done
}

# in_root COMMAND...   in the lab's root, with our directory and the kernel
in_root() { LAB_BIND="$WORK:$EXACT
$KERNEL:/tmp/vmlinuz" "$LAB_DIR/chroot.sh" env EXACT_CPUS="${CPUS:-1}" "$@"; }

# files OPTIONS...   the files of this tree that the options name, as the lab has them
files() {
	for arg in "$@"; do
		arg=${arg##*=}
		[ ! -f "$SRC/${arg%%:*}" ] || echo "/src/${arg%%:*}"
	done
}

KERNEL=$("$LAB_DIR/kernel.sh")
mkdir -p "$RESULTS/.lab"
WORK=$(mktemp -d "$RESULTS/.lab/exact.XXXXXX")
trap 'rm -rf "$WORK"' EXIT
trap 'exit 130' INT TERM HUP

# The run, as the guest takes it.
{
	printf '%s' 'exec .build/lab/scxbench bench --where lab --files-only --results /tmp/results --run-id exact --no-warmup --no-instrumented --no-aa --seed 1 --blocks 1'
	for arg in "$@"; do printf ' '; quote "$arg"; done
	echo
} >"$WORK/bench"

in_root sh -c "gcc -O2 -Wall -Wextra -shared -fPIC -o $EXACT/counter.so harness/lab/exact/counter.c &&
	harness/lab/exact/initrd.sh $EXACT/initrd $EXACT/bench $(files "$@")" || die 1 "the exact lab could not be built"

# boot NAME BOOT SEED [PROFILE]   a guest; what it wrote is then in $WORK/NAME
boot() {
	name=$1
	shift
	mkdir "$WORK/$name"
	in_root harness/lab/exact/boot.sh "$EXACT/$name" "$@" &&
		tar -x -C "$WORK/$name" -f "$WORK/$name/run.tar" 2>/dev/null || {
		say "the guest of seed $2 ended early: $(tail -1 "$WORK/$name/console")"
		return 1
	}
	grep -v '^scxbench: .* is attached$' "$WORK/$name/said" >&2 || :
	return "$(cat "$WORK/$name/status")"
}

n=0
for seed in $(seeds); do
	n=$((n + 1))
	boot "$n" 1 "$seed" ${PROFILE:+1} || say "seed $seed failed"
	sed -n 's/.*"policy":"\([^"]*\)","workload":"exact-\([^"]*\)".*"name":"cost",[^}]*"value":\([0-9.]*\),.*/\2 \1 \3/p' \
		"$WORK/$n"/runs/exact/sample* | sort | while read -r what policy cost; do
		printf '%-10s  %-20s  seed %s  %10.1f\n' "$what" "$policy" "$seed" "$cost"
	done
done
