#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The controller of tenants, below a made-up scheduler that divides by weight and number of tasks: what it finds, what it
# leaves to others, and what one that was killed left behind. Its files are pipes, so it goes on as we write, and no faster.
. "$(dirname "$0")/../tap.sh"
. "$(dirname "$0")/home.sh"
. "$(dirname "$0")/steered.sh"
C=$SCXBENCH_ROOT/sys/fs/cgroup
export SCXBENCH SHARES_STATE=$TMP SHARES_CGROUPS=$C SHARES_PERIOD_MS=1
SHARES=$B/schedulers/controllers/shares
for group in a b c; do mkdir -p "$C/$group"; mkfifo "$C/$group/cpu.stat" "$C/$group/cpu.pressure"; done

weight() { "$SCXBENCH" ctl show | sed -n "s,^cgroup:/$1 .*weight=\([0-9]*\).*,\1,p"; }

# account GROUP USED WAITED   both in us, in total
account() {
	[ "$1" = a ] || exec 7>"$C/$1/cpu.stat"
	echo "usage_usec $2" >&7
	exec 7>&-
	echo "some avg10=0.00 avg60=0.00 avg300=0.00 total=$3" >"$C/$1/cpu.pressure"
}
# reads   the controller has opened its first file: it has done what it wants to
reads() { exec 7>"$C/a/cpu.stat"; }

# shares A B C [SIZE]   begins with these shares; no file of it may grow beyond that size
shares() {
	sh -c 'ulimit -f "$1"; shift; exec "$@"' sh "${4:-unlimited}" \
		"$SHARES" "cgroup:a=$1" "cgroup:/b=$2" "cgroup:/sys/fs/cgroup/c=$3" >"$TMP/said" 2>&1 &
	PID=$!
	UA=0 UB=0 UC=0 WAITED=0 WC=0
	reads
	periods 1 0 0 0 0
}

# periods N TASKS_A TASKS_B USED_C WAITED_C   that many: a and b always want more, c has what is said
periods() {
	for _ in $(seq "$1"); do
		wa=$(weight a) wb=$(weight b)
		wa=$((${wa:-100} * $2)) wb=$((${wb:-100} * $3))
		UA=$((UA + 1000000 * wa / (wa + wb + !$2))) UB=$((UB + 1000000 * wb / (wa + wb + !$3)))
		WAITED=$((WAITED + 1000000)) UC=$((UC + $4)) WC=$((WC + $5))
		account a $UA $WAITED
		account b $UB $WAITED
		account c $UC $WC
		reads
	done
}
# ends TASKS_A TASKS_B USED_C WAITED_C   one that the controller does not survive
ends() {
	periods 1 "$@" &
	WORLD=$!
	exec 7>&-
	RC=0
	wait "$PID" || RC=$?
	kill "$WORLD"
}
gone() { kill -KILL "$PID"; wait "$PID" 2>/dev/null; exec 7>&-; }
# near WANTED   the weight of a in percent of that of b, as far as the controller cares
near() {
	ratio=$((100 * $(weight a) / $(weight b)))
	echo "the ratio is $ratio %"
	cat "$TMP/said"
	[ $((90 * $1 / 100)) -le $ratio ] && [ $ratio -le $((110 * $1 / 100)) ]
}

shares 1 1 1
periods 8 1 8 0 0
check "equal shares of 1 and 8 tasks: weights of 8 to 1" near 800
is "the mean of which is that of nice 0" $(($(weight a) * $(weight b) / 1000)) 10
is "one that runs nothing is left alone" "$(weight c)" ""
gone
is "weights stay when it is killed" "$(ctl show; grep -c '^cgroup:/' "$TMP/out")" 2
shares 1 1 1
periods 3 1 8 0 0
is "one that is started again has nothing to do" "$(cat "$TMP/said")" ""
gone

# It may die as it writes its note, here because no file may grow, or between that and the change.
WAS=$(weight a)
shares 1 1 1 0
ends 8 1 0 0
is "a note that can't be finished kills it (SIGXFSZ), before the change" "$RC $(weight a)" "153 $WAS"
echo "$(weight b) 1" >"$TMP/shares.b"
shares 1 1 1
periods 8 1 1 0 0
is "its own is known after either" "$(grep -c somebody "$TMP/said")" 0
check "and it goes on from there" near 100
gone
shares 1 4 1
periods 6 1 1 0 0
check "shares of 1 and 4" near 25
gone

shares 1 1 8
periods 6 1 1 100000 0
is "one that does not wait, and has less than its share, keeps its weight" "$(weight c)" ""
check "and the others divide what it leaves" near 100
periods 1 1 1 20000000 0
check "but takes part when it has more" test "$(weight c)" -lt 100
gone

# An operator's choice: made meanwhile, and there before.
shares 1 1 1
periods 1 1 4 500000 500000
ctl set cgroup:a weight=33
periods 3 1 4 500000 500000
is "what somebody else has set stays" "$(weight a) $(grep -c '^cgroup:/a.*somebody else' "$TMP/said")" "33 1"
check "and the others divide the rest" test "$(weight c)" -gt 100
gone
shares 1 1 1
periods 2 1 4 500000 500000
is "also for one that comes later" "$(weight a) $(grep -c '^cgroup:/a.*somebody else' "$TMP/said")" "33 1"
ctl reset cgroup:a
periods 2 1 4 500000 500000
check "until it is reset" grep -q '^cgroup:/a received' "$TMP/said"
gone
ctl reset
shares 1000 1 1
periods 12 1 9 0 0
is "weights stay within bounds" "$(weight a) $(weight b)" "1000 10"
gone

for bad in cgroup:b cgroup:b=0 cgroup:b=x cgroup:b=nan cgroup:b=1x cgroup:=1 comm:b=1; do
	run "$SHARES" cgroup:a=1 "$bad"
	ended "$bad" 2 "usage: shares"
done
run "$SHARES" cgroup:a=1
ended "one tenant" 2 "usage: shares"
heeds 0
shares 1 1 1
ends 1 8 0 0
is "a policy that heeds no weight" "$RC $(grep -c 'does not heed weight' "$TMP/said")" "2 1"
echo disabled >"$SCX/state"
unset DOUBLE_MAPS
rm -r "$C/a" "$C/b"
mkdir "$C/a" "$C/b"
echo "usage_usec 1" | tee "$C/a/cpu.stat" >"$C/b/cpu.stat"
run "$SHARES" cgroup:a=1 cgroup:b=1
ended "a kernel that counts no pressure" 1 "psi=1"
done_testing
