#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What changes below a run while its workload runs: its results, the calendar, the workload itself.
. "$(dirname "$0")/../tap.sh"
. "$(dirname "$0")/home.sh"

R=$TMP/results
mkdir -p "$SCXBENCH_ROOT/sys/kernel/mm/transparent_hugepage"
THP=$SCXBENCH_ROOT/sys/kernel/mm/transparent_hugepage/enabled
echo always >"$THP"
LINE='echo "metric time s lower 1.5" >&$SCXB_RESULT_FD'
# once SCRIPT   what the workload does in its first sample
once() { rm -f "$TMP/done"; workload quick "[ -e $TMP/done ] || { : >$TMP/done; $1; }; $LINE"; }
# undone NAME   the machine is as before, and a new run of it can be taken
undone() {
	is "$1: the machine is as before" "$(cat "$THP") $(ls "$SCXBENCH_ROOT/run/scxbench/host-restore" 2>/dev/null)" "always "
	once :
	bench -s fair -s fifo -w quick --no-instrumented --run-id after
	is "$1: the next run ends well" "$RC" 0
	run "$SCXBENCH" store --results "$R" --list
	check "$1: and is in the store" grep -q '^after ' "$TMP/out"
	rm -rf "$R"
}
# moved SCRIPT   a run whose results are changed by it
moved() { once "$1"; bench -s fair -s fifo -w quick --no-instrumented --run-id a; }

moved "mv $R $TMP/gone"
check "results that are removed midway end the run, with $RC" [ "$RC" = 1 -o "$RC" = 3 ]
check "and one line names them" grep -q "$R/.*: No such file" "$TMP/err"
undone "results that are removed"
rm -rf "$TMP/gone"

moved "mv $R $TMP/gone; : >$R"
check "results that become a file midway end the run, with $RC" [ "$RC" = 1 -o "$RC" = 3 ]
check "which is kept" test -f "$R"
rm "$R"
undone "results that become a file"
rm -rf "$TMP/gone"

moved "rm -r $R/runs/a; : >$R/runs/a"
check "a run's folder that becomes a file midway ends it, with $RC" [ "$RC" = 1 -o "$RC" = 3 ]
undone "a run's folder that becomes a file"

# The calendar steps back or forward by years; what is measured and ordered is not.
for step in -1000000000 1000000000; do
	DOUBLE_CLOCK_STEP=$step bench -s fair -s fifo -w quick --no-instrumented --run-id step
	is "a clock that steps by $step s in a run changes nothing" \
		"$RC $(grep -oh '"status":"ok"' "$R"/runs/step/sample-*.json | wc -l)" "0 2"
	run "$SCXBENCH" report --results "$R" step
	is "a clock that steps by $step s: its report is made" "$RC" 0
	rm -rf "$R"
done

# Every signal that ends a process.
for signal in HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM XCPU XFSZ VTALRM PROF IO PWR SYS; do
	workload "$signal" "ulimit -c 0; trap - $signal 2>/dev/null; kill -$signal \$\$; sleep 60"
	echo "-w $signal"
done >"$TMP/words"
# shellcheck disable=SC2046
bench -s fair $(cat "$TMP/words") --no-instrumented --run-id signals
is "a workload that ends by a signal is a failed sample, each" \
	"$RC $(grep -l '"status":"failed"' "$R"/runs/signals/sample-*.json | wc -l)" "1 $(wc -l <"$TMP/words")"
is "and the reason says that it was a signal" "$(grep -L 'signal' "$R"/runs/signals/sample-*.json)" ""
done_testing
