#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The workload schbench: what it counts, and from when it counts.
. "$(dirname "$0")/../tap.sh"
. "$(dirname "$0")/sample.sh"

export SCHBENCH_OPTIONS=""
describe schbench
is "it has a variant for each question" \
	"$(sed -n 's/^variant \([^ ]*\).*/\1/p' "$TMP/out" | tr '\n' ' ')" "rate saturated "
is "... with a worker and 250 requests a second for each CPU" "$(sed -n 's/^identity //p' "$TMP/out")" \
	"m=1,t=2,r=2,R=500,F=32,n=5,s=100"
SCHBENCH_OPTIONS="-m 2 --threads 3 -r1 --rps=90" describe schbench
is "options are the field's" "$(sed -n 's/^identity //p' "$TMP/out")" "m=2,t=3,r=1,R=90,F=32,n=5,s=100"
for bad in "-q 1" "-R" "-R x" "-t 0" "-s -1" "rest"; do
	SCHBENCH_OPTIONS=$bad sample schbench rate
	is "$bad is refused" "$RC $(echo "$WHY" | cut -d' ' -f1 | tr -d :)" "1 SCHBENCH_OPTIONS"
done

SCHBENCH_OPTIONS="-r 1 -m 2 -t 1 -R 200" sample schbench rate
is "each request of a second is counted once" "$RC $(binned request)" "0 200"
is "... answered or not" $(($(value work_done) + $(value unanswered))) 200
is "too few values for a tail are absent" "$(value request_p99.9)" "too few values beyond it"

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

done_testing
