#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A void sample is taken again at the end of its block: both are kept, and a moment does not decide a run.
. "$(dirname "$0")/../tap.sh"
. "$(dirname "$0")/home.sh"

run_dir() { echo "$TMP/results/runs/$1"; }
bench() { run "$SCXBENCH" bench --results "$TMP/results" --seed 1 --no-aa --no-warmup --no-instrumented "$@"; }
resume() { run "$SCXBENCH" bench --results "$TMP/results" --resume "$@"; }
# order RUN   block, policy, status and the sample it repeats, by sample
order() {
	for sample in "$(run_dir "$1")"/sample-*.json; do
		sed -n 's/.*"block":\([0-9]*\).*"policy":"\([^"]*\)".*"retake_of":\([0-9]*\),"status":"\([^"]*\)".*/\1 \2 \4 \3/p' "$sample"
		echo
	done
}
# result RUN KEY   a number of results.json
result() { sed -n "s/^ *\"$2\": \([0-9]*\),*$/\1/p" "$TMP/results/report/$1/results.json" | head -n "${3:-1}" | tail -n 1; }
FAIR_FIFO="-s fair -s fifo -w quick"

bench $FAIR_FIFO -b 2 --run-id good
first=$(order good | sed -n 1p | cut -d' ' -f2) second=$(order good | sed -n 2p | cut -d' ' -f2)
third=$(order good | sed -n 3p | cut -d' ' -f2) fourth=$(order good | sed -n 4p | cut -d' ' -f2)
is "what is good is taken once" "$(order good | wc -l)" 4

DOUBLE_AT=prove_still_in:1:fail bench $FAIR_FIFO -b 2 --run-id again
is "the void sample comes again at the end of its block" "$(order again)" "1 $first void 0
1 $second ok 0
1 $first ok 1
2 $third ok 0
2 $fourth ok 0"
is "and the run is good" "$RC" 0
is "it has all that it planned" "$(result again planned) $(result again taken) $(result again retakes)" "4 4 1"
check "the answer counts it" grep -q '4 of 4 timed samples are data points, 1 of them taken again' "$TMP/out"
check "and warns of so many" grep -q 'Warning: 1 sample had to be taken again, more than 5 %' "$TMP/out"
check "the page says where" grep -q 'Taken again as sample 3: ok' "$TMP/results/report/again/index.html"
check "JUnit counts no failure" sh -c '! grep -q "<failure" "$1"' sh "$TMP/results/report/again/junit.xml"
is "samples.csv names the first try" "$(cut -d, -f1,10 "$TMP/results/report/again/samples.csv" | tr '\n' ' ')" \
	"sample,retake_of 1,0 2,0 3,1 4,0 5,0 "
is "the list counts what was planned" "$("$SCXBENCH" store --results "$TMP/results" --list | awk '$1 == "again" { print $0 }' | grep -c '4 of 4')" 1

# Interrupted before the retake and after it, a run goes on as it would have: what was taken until then is put
# there from the run above.
for at in 2 3 4; do
	DOUBLE_AT=attach:1:int bench $FAIR_FIFO -b 2 --run-id "cut-$at"
	seq=1
	while [ "$seq" -lt "$at" ]; do
		cp "$(run_dir again)/sample-000$seq.json" "$(run_dir "cut-$at")"
		seq=$((seq + 1))
	done
	resume "cut-$at"
	is "interrupted before sample $at: the same samples" "$RC $(order "cut-$at")" "0 $(order again)"
done
DOUBLE_AT=attach:1:int bench $FAIR_FIFO -b 2 --run-id lost
for seq in 1 2; do cp "$(run_dir again)/sample-000$seq.json" "$(run_dir lost)"; done
cp "$(run_dir again)/sample-0004.json" "$(run_dir lost)/sample-0003.json"
sed -i 's/"seq":4/"seq":3/' "$(run_dir lost)/sample-0003.json"
resume lost
is "a retake that is not there is named" "$RC $(grep -c 'sample-0003.json does not fit the plan' "$TMP/err")" "2 1"

# A run of before, which ended without them.
rm "$(run_dir again)"/sample-0003.json
for seq in 4 5; do
	sed "s/\"seq\":$seq/\"seq\":$((seq - 1))/" "$(run_dir again)/sample-000$seq.json" >"$(run_dir again)/sample-000$((seq - 1)).json"
done
rm "$(run_dir again)"/sample-0005.json
rm "$TMP/results/scxbench.db"
resume again
is "a run that ended without retakes is over, and failed" "$RC $(order again | wc -l)" "1 4"

# What stays void decides.
DOUBLE_AT=prove_still_in:1:fail bench -s fifo -w quick -b 1 --run-id once
is "one policy alone is taken again too" "$RC $(order once | tr '\n' ' ')" "0 1 fifo void 0 1 fifo ok 1 "
DOUBLE_AT=ledger:1:fail bench -s fifo -w quick -b 1 --run-id ledger
is "what the ledger finds is no moment: it is not taken again" "$RC $(order ledger)" "1 1 fifo void 0"
check "the last line says why it ends with 1" sh -c 'tail -n 1 "$1" | grep -q "ends with 1: 1 sample of it is not ok"' sh "$TMP/err"
DOUBLE_AT=load:1:fail bench -s fifo -w quick -b 1 --run-id failed
is "nor what failed" "$RC $(order failed)" "1 1 fifo failed 0"
DOUBLE_OWN_TIME=1 bench -s fifo -w quick -b 1 --run-id clock
is "a clock that is wrong each time is void each time" "$RC $(order clock | tr '\n' ' ')" "1 1 fifo void 0 1 fifo void 1 "
check "with both times" grep -q "own time: says 1.500 s, ran 0" "$TMP/err"
DOUBLE_SUSPENDED=2 bench -s fifo -w quick -b 1 --run-id slept
is "a sample in which the machine slept is void, and taken again" "$RC $(order slept | tr '\n' ' ')" \
	"0 1 fifo void 0 1 fifo ok 1 "
check "with the reason" grep -q "the machine was not suspended: 3600.000 s suspended" "$TMP/err"
done_testing
