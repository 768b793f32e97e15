# SPDX-License-Identifier: GPL-2.0-or-later
# A policy that does wrong, or that another takes the place of. The sample after it goes on.

F=$B/tests/vm/faults FORMS=$B/tests/vm/forms
cp "$(command -v sleep)" "$TMP/victim"

# bad NAME STATUS WORDS POLICY RUN   and then a sound sample in the same run
bad() {
	echo "$5" >"$TMP/run"
	take -s "$4" -s fifo
	ends 1
	is_booked "$2" "$3"
	is_booked ok ''
	calm
	whole
	verdict "$1"
	echo "$BRIEF" >"$TMP/run"
}
bad "a policy that stalls a task" ejected "stall" $F/stalls.bpf.o "$TMP/victim 0.01 & $BRIEF; wait"
bad "a policy that errs" ejected "" $F/errs.bpf.o "$TMP/victim 0.01; $BRIEF"
bad "a policy that the verifier refuses" failed "by another prototype" $FORMS/prototype.bpf.o "$BRIEF"
bad "a policy that is refused at its attach" failed "the kernel does not attach it" $FORMS/bare_cid.bpf.o "$BRIEF"
bad "sysrq-S in the middle" ejected "sysrq" vtime \
	"grep -q vtime /sys/kernel/sched_ext/root/ops && { echo S >/proc/sysrq-trigger; sleep 1; }; $BRIEF"

# An outsider registers bare without a link, which then stays until somebody takes it out.
REGISTER="bpftool struct_ops register $BARE >/dev/null"
unregister() { bpftool struct_ops unregister name bare_ops >/dev/null; }

echo "[ ! -e $TMP/second ] || $REGISTER; touch $TMP/second" >"$TMP/prepare"
take -s fifo -s vtime
: >"$TMP/prepare"
ends 3
holds "it names the other" grep -q "'bare' is already active (enabled), and is never taken over" "$TMP/err"
holds "the other stays" in_state enabled
unregister
calm
resume
whole
verdict "another scheduler in the gap between two samples"

eval "$REGISTER"
take -s "$BARE"
ends 3
holds "it names the other" grep -q "'bare' is active" "$TMP/err"
holds "the other stays" in_state enabled
holds "no sample is booked" [ -z "$(samples)" ]
unregister
calm
verdict "a policy of the same name from outside"

# Detached, and attached from outside under the same name, while we are stopped and do not look. The only link of a
# struct_ops map is the holder's.
cat >"$TMP/run" <<-END
	set -e
	bpftool -j link show | tr '{' '\n' | sed -n 's/^"id":\([0-9]*\),"type":"struct_ops".*/\1/p' >$TMP/link
	kill -STOP \$(cat $TMP/pid)
	bpftool link detach id \$(cat $TMP/link)
	$REGISTER
	kill -CONT \$(cat $TMP/pid)
	$BRIEF
END
begin -s "$BARE"
echo $PID >"$TMP/pid"
await
echo "$BRIEF" >"$TMP/run"
ends 3
is_booked void '{"check":"before detach: state","found":"enabled","holds":true}'
is_booked void '{"check":"before detach: ops","found":"bare","holds":true}'
holds "only the sequence number gives it away" [ -n "$(each_sample grep -E '"check":"before detach: enable_seq","found":"[0-9]+","holds":false')" ]
holds "the other is named" grep -q "'bare' is already active (enabled), and is never taken over" "$TMP/err"
unregister
calm
take -s "$BARE"
ends 0
whole
verdict "a detach and an attach of the same name between two looks"
