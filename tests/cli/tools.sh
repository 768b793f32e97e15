#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Workloads that are other people's tools: what is read of their results, and what is said where they are missing.
. "$(dirname "$0")/../tap.sh"
. "$(dirname "$0")/sample.sh"

sample stress-ng yield
is "the real stress-ng is understood" "$RC $(grep -c '^metric bogo_ops bogo-op/s higher [0-9]' "$TMP/out")" "0 1"
is_from "... with all that it did" "$(value work_done)" 1 1000000000000
sample perf-sched pipe
is "the real perf is understood" "$RC $(grep -c '^metric time s lower [0-9]' "$TMP/out")" "0 1"

# Doubles, which write what the test has put beside them.
program stress-ng <<'END'
[ "$1" = --version ] && { echo "stress-ng, version 9.8.7 (gcc 14.2.0, x86_64 Linux)"; exit; }
echo "$@" >arguments
cp "$SCXB_SCRATCH/said" metrics.yaml
exit "$(cat "$SCXB_SCRATCH/code")"
END
stress() { echo "$1" >"$TMP/scratch/code"; sample stress-ng "$2"; }
stressor() { printf '    - stressor: %s\n      bogo-ops: %s\n      bogo-ops-per-second-usr-sys-time: 1.5\n      bogo-ops-per-second-real-time: %s\n' "$@"; }
{ echo metrics:; stressor switch 10 5.25; stressor fork 20 7.5; } >"$TMP/scratch/said"
stress 0 fork
is "operations per second of real time, of that stressor" "$RC $(value bogo_ops) $(value work_done)" "0 7.5 20"
is "two seconds, one a CPU" "$(cut -d' ' -f1-4 "$TMP/scratch/arguments")" "--fork 2 --timeout 2s"
describe stress-ng
is "the version is part of its identity" "$(sed -n 's/^identity //p' "$TMP/out")" "version=9.8.7,duration=2s"
stress 0 cpu
is "a stressor that is not in the result" "$RC $WHY" "1 stress-ng reported no bogo operations of cpu"
stress 3 fork
is "stress-ng that fails" "$RC $(cat "$TMP/out")" "3 "

program perf <<'END'
[ "$1" = --version ] && { echo "perf version 9.8 x"; exit; }
echo "$@" >arguments
cat "$SCXB_SCRATCH/said"
exit "$(cat "$SCXB_SCRATCH/code")"
END
perf_sched() { echo "$1" >"$TMP/scratch/code"; sample perf-sched "$2"; }
printf 'noise 3.5\n0.667\n' >"$TMP/scratch/said"
perf_sched 0 messaging
is "the time is perf's" "$RC $(value time)" "0 0.667"
is "... of half a group a CPU" "$(cat "$TMP/scratch/arguments")" "bench -f simple sched messaging -g 1 -l 100"
describe perf-sched
is "perf's version is part of the identity" "$(sed -n 's/^identity //p' "$TMP/out")" "version=9.8_x,messages=100,hands=4000"
echo noise >"$TMP/scratch/said"
perf_sched 0 pipe
is "a time that is not there" "$RC $WHY" "1 perf bench sched pipe reported no time"
perf_sched 4 pipe
is "perf that fails" "$RC $(cat "$TMP/out")" "4 "

# rt-app: two periods, one of them late, of a task with a timer; a run of one without.
JSON=$TMP/my\ json
mkdir "$JSON"
cat >"$JSON/two words.json" <<'END'
{ "tasks" : {}, "global" : { "duration" : 7, "logdir":"/nonexistent", "log_basename" : "x", "lock_pages" : true } }
END
cp "$JSON/two words.json" "$JSON/other.json"
# rt_app VARIANT
rt_app() {
	rm -rf "$TMP"/scratch/*-*.log
	prepared "$1" && sample rt-app "$1"
}
prepared() {
	RC=0
	(cd "$TMP/scratch" && SCXB_VARIANT=$1 exec "$WORKLOADS/rt-app" prepare) >"$TMP/log" 2>&1 || RC=$?
	WHY=$(tail -n 1 "$TMP/log")
	return $RC
}
rt_app example
is "the real rt-app is understood" "$RC $(value absent)" "0 "
is_from "... its activations" "$(value periods)" 100 2000
is "... which are all in the histogram of slack" "$(binned slack)" "$(value periods)"
is "... and with those without a timer in that of run" "$(binned run)" "$(value work_done)"
program rt-app <<'END'
cp "$1" given
[ ! -e log ] || cp log rt-app-task-0.log
exit "$(cat "$SCXB_SCRATCH/code")"
END
echo 0 >"$TMP/scratch/code"
cat >"$TMP/scratch/log" <<'END'
# Policy : SCHED_OTHER priority : 0
#idx     perf      run   period           start             end          rel_st      slack c_duration   c_period     wu_lat
   0    10000      363    55699      1861492365      1861548064             378       9557       1000      10000         77
   0    10000      219      220      1861548068      1861548288           56081     -36001       1000      10000          0
   1    10000      219      220      1861548068      1861548288           56081          0       1000          0          0
END
RTAPP_JSON=$JSON describe rt-app
is "each file is a variant" "$(sed -n 's/^variant \([^ ]*\) .*/\1/p' "$TMP/out" | tr '\n' ' ')$(sed -n 's/^typical_s //p' "$TMP/out")" "other two-words 8"
export RTAPP_JSON="$JSON/two words.json"
rt_app two-words
is "logs go to the scratch directory, nothing needs a right" "$RC $(tr -d ' ' <"$TMP/scratch/given")" \
	'0 {"tasks":{},"global":{"duration":7,"logdir":"./","log_basename":"rt-app","lock_pages":false}}'
is "a late activation has no slack" "$(grep '^hist slack' "$TMP/out")" "hist slack us 0 0:1:1 9557:9558:1"
is "... and no wakeup" "$(grep '^hist wakeup' "$TMP/out")" "hist wakeup us 0 77:78:1"
is "... and is late" "$(value late)" 50
is "every run is counted" "$(grep '^hist run' "$TMP/out")" "hist run us 0 219:220:2 363:364:1"
rm "$TMP/scratch/log"
rt_app two-words
is "no log, no result" "$RC $WHY" '1 rt-app left no log: log_size must not be "disable"'
rm "$TMP/scratch/tasks.json"
RTAPP_JSON=$JSON/none prepared two-words
is "a file that is not there" "$RC $WHY" "1 rt-app: no JSON file for 'two-words'"

# A PATH that has only what the scripts themselves call.
mkdir "$TMP/none"
for tool in sh sed cat awk grep tail tr cut sort sha256sum basename dirname; do ln -s "$(command -v $tool)" "$TMP/none"; done
without() { PATH=$TMP/none "$@"; }
without sample stress-ng cpu
is "without stress-ng" "$RC $WHY" "1 stress-ng is not installed: apt-get install stress-ng"
without describe stress-ng
is "... it is listed all the same" "$RC $(grep -c '^summary .*absent, stress-ng is not installed' "$TMP/out")" "0 1"
without sample perf-sched pipe
is "without perf" "$RC $WHY" "1 perf is not installed, or not for this kernel: apt-get install linux-perf"
without describe perf-sched
is "... it is listed all the same" "$RC $(grep -c '^summary .*absent, perf is not installed' "$TMP/out")" "0 1"
without describe rt-app
is "without rt-app it is listed all the same" "$RC $(grep -c '^summary .*absent, rt-app is not installed' "$TMP/out")" "0 1"
without prepared two-words
is "... and can't run" "$RC $WHY" "1 rt-app is not installed: apt-get install rt-app"
done_testing
