# SPDX-License-Identifier: GPL-2.0-or-later
# The program, its holder and its keeper get signals at the steps of a sample.

# killed STEP WHO   by SIGKILL; the run then resumes
killed() {
	FAULT_AT=$1:$2:9 take
	holds "at step $1 it is hit ($RC)" [ "$RC" = 137 ]
	calm
	resume
	whole
	verdict "SIGKILL to $2 at $1"
}
# asked STEP NAME NUMBER   a polite signal to us, which ends the run; once its last sample is to be written, it is whole
asked() {
	FAULT_AT=$1:us:$3 take
	case $1 in write | restore) ends 0 ;; *) ends 130 ;; esac
	calm
	whole
	verdict "SIG$2 to us at $1"
}
# beside STEP NAME NUMBER STATUS WHY...   a signal to the holder, and what the sample is then: a void one is taken again
beside() {
	FAULT_AT=$1:holder:$3 take
	ends 0
	is_booked "$4" "$5"
	calm
	whole
	verdict "SIG$2 to the holder at $1"
}
# stopped STEP   for longer than the holder waits
stopped() {
	FAULT_AT=$1:us:19 begin
	until_true 30 grep -qs "(.*) T" /proc/$PID/stat || broken "it stops"
	calm_while_stopped
	kill -CONT $PID
	wait $PID
	RC=$?
	calm
	whole
	verdict "SIGSTOP to us at $1, then SIGCONT"
}
calm_while_stopped() { until_true 25 in_state disabled || broken "the fair class is back while it is stopped"; }

OUT="the process that holds it was killed"
case $STEPS in
all)
	for step in prepare load attach settle measure collect detach ledger unload write restore; do
		killed $step us
		asked $step TERM 15
		asked $step INT 2
		asked $step HUP 1
	done
	for step in settle measure collect detach; do
		killed $step all
		beside $step TERM 15 ok ''
		beside $step STOP 19 ok ''
	done
	for step in settle measure; do beside $step KILL 9 void "$OUT"; done
	for step in attach settle measure detach; do stopped $step; done ;;
*)
	killed attach us
	killed measure all
	asked collect HUP 1
	beside measure KILL 9 void "$OUT"
	stopped measure ;;
esac
