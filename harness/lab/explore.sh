#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# explore.sh   looks for a schedule that breaks a policy: the storm under one seed after another, each on a machine that repeats
# itself (explore/machine.sh). It ends at the first seed with a violation of custody, an ejection (of which a stall
# is one) or a warning of the kernel, with exit code 1, and prints the command that replays it. The first seed is run twice:
# unless the guest says the same to the byte, nothing could be replayed, and the exit code is 1 too.
#   POLICY      a policy of the tree, or an object (default: fifo)
#   SEEDS       how many, or a range like 100..200 (default: 1000)
#   CPUS        of the machine (default: 1)
#   MINUTES     begin no seed that would come after that many (default: no end)
#   LAB_KERNEL=  LAB_RESULTS=  as for bench.sh
. "$(dirname "$0")/lib.sh"
. "$LAB_DIR/explore/kept.sh"

LANES=2

# verdict OUT   what broke, if anything did
verdict() {
	warning=$(grep -m 1 -E 'WARNING:|BUG:|Oops|Kernel panic|detected stall' "$1/console") || :
	last=$(sed -n 's/^explore: //p' "$1/console" | tr -d '\r')
	case $last in
	"0 "*) echo "${warning:+the kernel warns: $warning}" ;;
	"1 "*) echo "${last#1 }" ;;
	"") echo "the guest ended without a word: $(tail -qn 1 "$1/console" "$1/qemu.log" 2>/dev/null | tail -1)" ;;
	*) die "${last%% *}" "the storm can't be run: ${last#* }" ;;
	esac
}

# check_same OUT   the first seed, of which OUT is the first run, once more
check_same() {
	mkdir "$WORK/again"
	seed_run again "$FIRST" || :
	cmp -s "$1/console" "$WORK/again/console" && return
	say "seed $FIRST was run twice, and the runs differ, so what is found could not be replayed:"
	diff "$1/console" "$WORK/again/console" | head -4 >&2
	return 1
}

# lane N   every LANES-th seed
lane() {
	seed=$((FIRST + $1))
	mine=lane-$1
	mkdir "$WORK/$mine"
	while [ "$seed" -le "$LAST" ] && [ ! -e "$WORK/found" ] && [ "$(date +%s)" -lt "$END" ]; do
		seed_run "$mine" "$seed" || :
		[ "$seed" != "$FIRST" ] || check_same "$WORK/$mine" || { echo "0 1" >"$WORK/found"; return; }
		why=$(verdict "$WORK/$mine") || { echo "0 $?" >"$WORK/found"; return; }
		echo "$seed" >>"$WORK/done"
		[ -z "$why" ] || echo "$seed $why" >>"$WORK/found"
		seed=$((seed + LANES))
	done
}

stop() {
	cat "$WORK"/*/pid 2>/dev/null | xargs -r kill 2>/dev/null
	exit 130
}

case ${SEEDS:-1000} in
*[!0-9.]* | *.*.*.* | .* | *.) die 2 "SEEDS=$SEEDS: give how many, or a range like 100..200" ;;
*..*) FIRST=${SEEDS%..*} LAST=${SEEDS#*..} ;;
*.*) die 2 "SEEDS=$SEEDS: give how many, or a range like 100..200" ;;
*) FIRST=1 LAST=${SEEDS:-1000} ;;
esac
case ${MINUTES:-0} in *[!0-9]*) die 2 "MINUTES=$MINUTES: give a number" ;; esac
keep_state
WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT
trap stop INT TERM HUP
: >"$WORK/done"
END=$(($(date +%s) + ${MINUTES:-1000000} * 60))
for n in $(seq 0 $((LANES - 1))); do lane "$n" & done
wait
count=$(wc -l <"$WORK/done")
if [ ! -e "$WORK/found" ]; then
	echo "$POLICY: nothing found in $count seeds, $FIRST to $(sort -n "$WORK/done" | tail -1)"
	exit 0
fi
read -r seed why <<-END
	$(sort -n "$WORK/found" | head -1)
END
[ "$seed" != 0 ] || exit "$why"
echo "$POLICY: seed $seed, after $count: $why"
echo "make replay POLICY=$POLICY SEED=$seed$([ "$CPUS" = 1 ] || echo " CPUS=$CPUS")${LAB_KERNEL:+ LAB_KERNEL=$LAB_KERNEL}"
exit 1
