# SPDX-License-Identifier: GPL-2.0-or-later
# A workload that misbehaves, each in one sample, and what the sample then is.

workload counts 'done'

# does NAME STATUS WORDS RUN [WORKLOAD]
does() {
	echo "$4" >"$TMP/run"
	take -s fifo -w "${5:-told}"
	ends "$([ "$2" = ok ]; echo $?)"
	is_booked "$2" "$3"
	calm
	whole
	verdict "a workload that $1"
	echo "$BRIEF" >"$TMP/run"
}
does "forks and runs away" ok '' "setsid -f sleep 1000; (setsid sh -c 'sleep 1000 & sleep 1000' &); $BRIEF"
does "forks without end" failed "killed after" 'b() { b & b; }; i=0; while [ $i -lt 150 ]; do sleep 1000 & i=$((i + 1)); done; wait'
does "ignores TERM" failed "killed after" "trap '' TERM INT HUP; while :; do sleep 1; done"
does "prints 10^8 lines" failed "to its log" 'yes | head -n 100000000'
does "reports without end" failed "of results" 'yes >&$SCXB_RESULT_FD'
does "reports nothing" failed "did not report its primary metric" "$BRIEF" counts
does "reports what is not a number" failed "nan" 'echo metric done count higher nan >&$SCXB_RESULT_FD' counts
does "fills its scratch" ok '' "head -c 50M /dev/zero >\$SCXB_SCRATCH/full; $BRIEF"
does "changes its class" void "elsewhere" "chrt -f 10 timeout 0.5 sh -c 'while :; do :; done'; true"
# Here no controller tells the policy of the move, so what the shell ran before it can't be counted.
does "leaves its cgroup" void "leaves the workload's cgroup" "i=0; while [ \$i -lt 30000 ]; do i=\$((i + 1)); done; echo \$\$ >/sys/fs/cgroup/cgroup.procs; setsid -f sleep 1000; $BRIEF"
does "changes its affinity" ok '' "taskset -p 1 \$\$ >&2; $BRIEF"
does "kills its keeper" failed "was left by its keeper" 'kill -9 $PPID; sleep 1000'
does "asks its keeper to end" failed "" 'kill -TERM $PPID; sleep 1000'
does "stops its keeper" failed "killed after" 'kill -STOP $PPID; exit'
does "kills the holder" void "the policy was detached before" 'pkill -9 -x scxbench-holder; sleep 3'

# It fills its memory, which a limit makes small.
does "fills its memory" failed "" \
	"echo 32M >/sys/fs/cgroup/scxbench/memory.max; head -c 200M /dev/zero | tail -c 200M >/dev/null || exit 1"

echo 'kill -9 $(cat $TMP/pid) $(pgrep -x scxbench-holder); sleep 1000' | sed "s|\$TMP|$TMP|" >"$TMP/run"
begin
echo $PID >"$TMP/pid"
wait $PID
holds "we are killed" [ $? = 137 ]
echo "$BRIEF" >"$TMP/run"
calm
resume
whole
verdict "a workload that kills the holder and us"
