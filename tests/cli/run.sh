#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# run holds a policy around a command, which is the user's: what becomes of it when either ends, or a signal comes.
. "$(dirname "$0")/../tap.sh"
. "$(dirname "$0")/home.sh"

# held ARGS... -- CMD...   run with the double of a policy
held() { : >"$DOUBLE_TRACE"; run "$SCXBENCH" run "$@"; }

held fifo -- sh -c 'exit 7'
is "the command's exit code is that of run" "$RC" 7
held fifo -- true
is "all is well" "$RC" 0

# The command waits until the policy is out before it goes on.
cat >"$TMP/survivor" <<-END
	until grep -q detach "$DOUBLE_TRACE"; do sleep 0.02; done
	echo finished
	exit \$1
END
DOUBLE_AT=beat:1:eject held fifo -- sh "$TMP/survivor" 0
is "a command outlives the policy, and the exit code says that it did" "$RC $(cat "$TMP/out")" "1 finished"
is "one line says why" "$(grep -c 'went out.*stall; the command goes on under the kernel.s own scheduler' "$TMP/err")" 1
is "and nothing of it is wrong" "$(grep -c WRONG "$TMP/err")" 0
DOUBLE_AT=beat:1:eject held fifo -- sh "$TMP/survivor" 5
is "a command that fails under the kernel's own says so itself" "$RC" 5
DOUBLE_AT=beat:1:eject held fifo
is "without a command run ends with its policy" "$RC" 1

# signalled SIGNAL ARGS...   run gets the signal once its command is there
signalled() {
	sig=$1; shift
	rm -f "$TMP/there"
	"$SCXBENCH" run "$@" >"$TMP/out" 2>"$TMP/err" &
	RUN=$!
	until [ -e "$TMP/there" ] || ! kill -0 $RUN 2>/dev/null; do sleep 0.02; done
	kill -"$sig" $RUN
	RC=0
	wait $RUN || RC=$?
}
for sig in TERM HUP; do
	signalled $sig fifo -- sh -c "trap 'echo got $sig; exit 0' $sig; : >$TMP/there; while :; do sleep 0.02; done"
	is "SIG$sig is passed on" "$RC $(cat "$TMP/out")" "130 got $sig"
done
# What it started must not hold our output open.
signalled TERM --kill-after 0.2 fifo -- sh -c "trap '' TERM; : >$TMP/there; while :; do sleep 0.02; done"
is "a command that ignores it is killed" "$RC" 130
check "which is said" grep -q 'did not end within 0.2 s of the signal: it is killed' "$TMP/err"
is "and nothing is wrong with the policy" "$(grep -c WRONG "$TMP/err")" 0
run "$SCXBENCH" run --kill-after x fifo
ended "a time that is none" 2 "--kill-after 'x'"
done_testing
