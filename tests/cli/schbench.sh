#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The workload schbench: what it counts, from when it counts, and what it reads of schbench itself.
. "$(dirname "$0")/../tap.sh"
. "$(dirname "$0")/sample.sh"

export SCHBENCH_OPTIONS=""
describe schbench
is "it has a variant for each question, and two for schbench itself" \
	"$(sed -n 's/^variant \([^ ]*\).*/\1/p' "$TMP/out" | tr '\n' ' ')" "rate saturated real-rate real-saturated "
is "... with a worker and 250 requests a second for each CPU" "$(sed -n 's/^identity //p' "$TMP/out")" \
	"m=1,t=2,r=2,R=500,F=16,n=2,s=100"
SCHBENCH_OPTIONS="-m 2 --threads 3 -r1 --rps=90" describe schbench
is "options are the field's" "$(sed -n 's/^identity //p' "$TMP/out")" "m=2,t=3,r=1,R=90,F=16,n=2,s=100"
for bad in "-q 1" "-R" "-R x" "-t 0" "-s -1" "rest"; do
	SCHBENCH_OPTIONS=$bad sample schbench rate
	is "$bad is refused" "$RC $(echo "$WHY" | cut -d' ' -f1 | tr -d :)" "1 SCHBENCH_OPTIONS"
done

SCHBENCH_OPTIONS="-r 1 -m 2 -t 1 -R 200" sample schbench rate
is "each request of a second is counted once" "$RC $(binned request)" "0 200"
is "... answered or not" $(($(value work_done) + $(value unanswered))) 200
is "too few values for a tail are absent" "$(value request_p99)" "too few values beyond it"

# Requests that take 20 ms, one due each 10 ms: the last is half of all behind.
SCHBENCH_OPTIONS="-r 1 -t 1 -s 20000 -F 1 -n 1 -R 100" sample schbench rate
is_from "latency counts from when a request was due, also behind late ones (ms)" $(($(quantile request 0.5) / 1000)) 400 5000
is "... and of all that were due" "$RC $(binned request)" "0 100"
is_from "... though half of them are answered in time" "$(value rps | cut -d. -f1)" 1 50
# As many again as can be answered in the time and as much time again.
SCHBENCH_OPTIONS="-r 1 -t 1 -s 100000 -F 1 -n 1 -R 100" sample schbench rate
is_from "what is never answered is counted" "$(value unanswered)" 75 99
is "... with its age" "$RC $(binned request)" "0 100"

SCHBENCH_OPTIONS="-r 1" sample schbench saturated
is_from "at saturation there are many requests" "$(value work_done)" 100 1000000000
is "... each with a latency" "$RC $(binned request)" "0 $(value work_done)"
is_from "... and workers that sleep for the next" "$(binned wakeup)" 50 1000000000

sample schbench real-rate
is "without schbench it says where to get it" "$RC ${WHY%%:*}" "1 schbench is not installed"

# said SAMPLES P50   a report of it, without its last line
said() {
	cat <<-END
		Wakeup Latencies percentiles (usec) runtime 10 (s) ($1 total samples)
			  50.0th: $2          ($1 samples)
			  90.0th: 18         (8649 samples)
			* 99.0th: ${2}1        (2590 samples)
			  99.9th: ${2}2        (271 samples)
			  min=1, max=10224
		Request Latencies percentiles (usec) runtime 10 (s) ($1 total samples)
			  50.0th: ${2}3      (10050 samples)
			  90.0th: 16992      (12843 samples)
			* 99.0th: ${2}4      (616 samples)
			  99.9th: ${2}5      (261 samples)
			  min=9243, max=27964
		RPS percentiles (requests) runtime 10 (s) (1 total samples)
			  20.0th: 3020       (1 samples)
			* 50.0th: 3021       (0 samples)
			  90.0th: 3022       (0 samples)
			  min=3017, max=3017
	END
}
delay="sched delay: message 3 (usec) worker 25 (usec)"
program schbench <<'END'
echo "$@" >"$SCXB_SCRATCH/arguments"
cat "$SCXB_SCRATCH/said" >&2
exit "$(cat "$SCXB_SCRATCH/code")"
END
# real CODE VARIANT   where it says what is in the file "said"
real() {
	echo "$1" >"$TMP/scratch/code"
	sample schbench "$2"
}
values() { for name in wakeup_p50 wakeup_p99 wakeup_p99.9 request_p50 request_p99 request_p99.9 rps; do printf '%s ' "$(value $name)"; done; }

{
	echo "setting worker threads to 52"
	said 30212 7; printf 'current rps: 3024.00\n%s\n' "$delay"
	said 60212 8; printf 'average rps: 3024.60\n%s\n' "$delay"
} >"$TMP/scratch/said"
real 0 real-rate
is "the last percentiles are the result, not those before" "$RC $(values)" "0 8 81 82 83 84 85 3024.60 "
is "... and its own sum of requests" "$(value work_done)" 60212
is "it got the options" "$(cat "$TMP/scratch/arguments")" "-m 1 -t 2 -r 2 -i 12 -F 16 -n 2 -s 100 -R 500"
real 0 real-saturated
is "... and no rate at saturation" "$(cut -d' ' -f15- "$TMP/scratch/arguments")" "-R 0"
FEW="too few values beyond it"
{ said 30212 7; echo "current rps: 3024.00"; said 1500 8; echo "average rps: 150.00"; } >"$TMP/scratch/said"
real 0 real-rate
is "a tail of few values is absent" "$(values)" "8 81 $FEW 83 84 $FEW 150.00 "
{ said 30212 7; printf 'average rps: 3024.60\n'; said 60212 8; } >"$TMP/scratch/said"
real 0 real-rate
is "percentiles that nothing follows are not final" "$RC ${WHY%%:*}" "1 schbench said no final percentiles"
{ said 30212 7; echo "current rps: 3024.00"; } >"$TMP/scratch/said"
real 0 real-rate
is "... nor those of an interval" "$RC ${WHY%%:*}" "1 schbench said no final percentiles"
printf 'Latency percentiles (usec)\n\t50.0000th: 10\n' >"$TMP/scratch/said"
real 0 real-rate
is "... nor an output that is not known" "$RC ${WHY%%:*}" "1 schbench said no final percentiles"
echo "unable to allocate ram" >"$TMP/scratch/said"
real 1 real-rate
is "what it says last is why it failed" "$RC $WHY" "1 schbench failed: unable to allocate ram"
done_testing
