# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck disable=SC2034 # the names are for those who source it
# What is promised after every fault. Sourced after tap.sh, in a guest.

B=/src/.build/lab
AT=$B/tests/vm/faults/at R=$TMP/results
BARE=$B/tests/vm/foreign/bare.bpf.o
THP=/sys/kernel/mm/transparent_hugepage/enabled
AUTOGROUP=/proc/sys/kernel/sched_autogroup_enabled
export SCXBENCH_HOME=$TMP/home FAULT_STEP=$TMP/step
mkdir -p "$SCXBENCH_HOME/workloads" "$TMP/bin"
ln -s $B/schedulers $B/plots $B/harness "$SCXBENCH_HOME"
# Pictures take seconds in which nothing happens to a sample: as if their tool were not installed.
printf '#!/bin/sh\nexit 127\n' >"$TMP/bin/gnuplot"
chmod +x "$TMP/bin/gnuplot"
PATH=$TMP/bin:$PATH

# workload NAME PRIMARY   one whose prepare and run are the shell commands in $TMP/prepare and $TMP/run
workload() {
	cat >"$SCXBENCH_HOME/workloads/$1" <<-END
		#!/bin/sh
		case \$1 in
		--describe) printf '%s\n' 'summary a fault' 'primary $2' 'default yes' 'typical_s 0.3' 'timeout_s 1.6' 'settle_s 0.2' 'needs root' ;;
		*) . $TMP/\$1 ;;
		esac
	END
	chmod +x "$SCXBENCH_HOME/workloads/$1"
}
workload told time
: >"$TMP/prepare"
BRIEF='hackbench -g 1 -l 20'
echo "$BRIEF" >"$TMP/run"

# until_true SECONDS CMD...   waits for a condition of the kernel
until_true() {
	tries=$(($1 * 20)); shift
	while [ $tries -gt 0 ]; do "$@" && return; sleep 0.05; tries=$((tries - 1)); done
	return 1
}
ended() { ! grep -qs ') [^Z]' "/proc/$1/stat"; }
state() { cat /sys/kernel/sched_ext/state; }
in_state() { [ "$(state)" = "$1" ]; }
at_step() { [ "$(cat "$FAULT_STEP" 2>/dev/null)" = "$1" ]; }

# What a fault must leave as it was: after it, and, of a program that was killed, after the next run.
processes() {
	ps -e -o ppid=,comm= >"$TMP/ps"
	awk '$1 != 2 { print $2 }' "$TMP/ps" | sort | uniq -c
}
programs() { bpftool -j prog show | tr '{' '\n' | grep -c struct_ops; }
settings() { cat $THP $AUTOGROUP /sys/devices/system/cpu/online /sys/fs/cgroup/cgroup.subtree_control; }
places() {
	find /sys/fs/cgroup -mindepth 1 -type d
	find /sys/fs/bpf /dev/shm -mindepth 1
	cat /proc/mounts
}
# By a file: a pipe or a substitution would be a process more.
same() {
	"$1" >"$TMP/now"
	cmp -s "$TMP/before.$1" "$TMP/now"
}
keep_as_before() {
	echo madvise >$THP
	echo 1 >$AUTOGROUP
	for what in processes programs settings places; do $what >"$TMP/before.$what"; done
}

# broken WHAT   a promise that does not hold; the verdict shows all of them
broken() { echo "$1" >>"$TMP/broken"; }
# holds WHAT CMD...
holds() {
	what=$1; shift
	"$@" || broken "$what"
}
# like_before NAME SECONDS
like_before() {
	until_true "$2" same "$1" && return
	broken "$1 are not as before:"
	diff "$TMP/before.$1" "$TMP/now" >>"$TMP/broken"
}
# At once, whatever was killed: the fair class, no process, no program of a policy.
calm() {
	until_true 25 in_state disabled || broken "sched_ext is $(state), $(cat /sys/kernel/sched_ext/root/ops)"
	like_before processes 15
	like_before programs 10
}
# each_sample CMD...   with the files of the run's samples
each_sample() { find "$R/runs/$ID" -name 'sample-*.json' -exec "$@" {} +; }
samples() { find "$R/runs/$ID" -name 'sample-*.json' 2>/dev/null; }
stored() { $B/scxbench report --results "$R" --list | awk -v id="$ID" '$1 == id { print $4 }'; }
# After the run, or the next one: settings, places, the store.
whole() {
	like_before settings 1
	like_before places 5
	holds "the store has every sample" [ "$(stored)" = "$(each_sample grep -L '"retake_of":[1-9]' | wc -l)" ]
}
booked() { each_sample grep -hoE '"(status|why)":"[^"]*"' | tr '\n' ' '; }
verdict() {
	if [ -s "$TMP/broken" ]; then
		not_ok "$1"
		{ cat "$TMP/broken" "$TMP/err"; echo "samples: $(booked)"; } | diag
	else
		ok "$1"
	fi
	rm -f "$TMP/broken"
}

ID='' RUNS=0
# take ARGS...   a run of one sample of fifo, if ARGS don't say otherwise
new_run() { RUNS=$((RUNS + 1)) ID=f$RUNS; rm -f "$FAULT_STEP"; }
take() {
	new_run
	[ $# -gt 0 ] || set -- -s fifo
	case "$*" in *" -w "*) ;; *) set -- "$@" -w told ;; esac
	run timeout 300 $AT bench --results "$R" --run-id $ID --host thp=never -b 1 --no-aa --no-warmup --no-instrumented "$@"
}
# begin ARGS...   the same in the background, $PID
begin() {
	new_run
	[ $# -gt 0 ] || set -- -s fifo
	case "$*" in *" -w "*) ;; *) set -- "$@" -w told ;; esac
	$AT bench --results "$R" --run-id $ID --host thp=never -b 1 --no-aa --no-warmup --no-instrumented "$@" \
		>"$TMP/out" 2>"$TMP/err" &
	PID=$!
}
# await   until that has ended, with $RC
await() {
	RC=0
	wait "$PID" || RC=$?
}
resume() {
	run timeout 300 $AT bench --results "$R" --resume $ID
	holds "it resumes and all goes well (ended with $RC)" [ "$RC" = 0 ]
}
# ends CODE
ends() { holds "ends with $1 (was $RC)" [ "$RC" = "$1" ]; }
# is_booked STATUS [WORDS]   the sample, or with more of them one
is_booked() {
	each_sample grep -hE "\"status\":\"$1\"" | grep -F -- "${2:-}" >/dev/null ||
		broken "a sample is $1 for '${2:-}'"
}
