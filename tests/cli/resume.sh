#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A run that was interrupted goes on as it was planned, or says what differs; ends by intervals or by time at
# the same block as one that was not interrupted; and nothing that was measured is lost by a later run.
. "$(dirname "$0")/../tap.sh"
. "$(dirname "$0")/home.sh"

run_dir() { echo "$TMP/results/runs/$1"; }
bench() { run "$SCXBENCH" bench --results "$TMP/results" --seed 1 "$@"; }
resume() { run "$SCXBENCH" bench --results "$TMP/results" --resume "$@"; }
set_of() { grep -ohE '"(seq|block|boot|policy|workload|warmup|instrumented)":[^,]*' "$(run_dir "$1")"/sample-*.json; }
why() { sed -n 's/.*"ended":"\([^"]*\)".*/\1/p' "$(run_dir "$1")/run.json"; }
boot() { mkdir -p "$SCXBENCH_ROOT/proc/sys/kernel/random" && echo "$1" >"$SCXBENCH_ROOT/proc/sys/kernel/random/boot_id"; }
FAIR_FIFO="-s fair -s fifo -w quick"

boot one
bench $FAIR_FIFO -b 2 --run-id whole
WHOLE=$(set_of whole)
is "a run says why it ended" "$(why whole)" "all 2 blocks are taken"
DOUBLE_AT=attach:4:int bench $FAIR_FIFO -b 2 --run-id cut
is "interrupted: 130" "$RC" 130
check "the message says how to go on" grep -q "scxbench bench --resume cut" "$TMP/err"
is "it has not ended" "$(why cut)" ""
check "the terminal calls it an interim state" grep -qi interim "$TMP/out"
check "and the page" grep -qi interim "$TMP/results/report/cut/index.html"
resume cut
is "resumed: 0" "$RC" 0
is "the samples of a run that was not interrupted" "$(set_of cut)" "$WHOLE"
check "the page has the warm-up and the end" grep -q '1 of them a warm-up, .*The run ended: all 2 blocks are taken\.' \
	"$TMP/results/report/cut/index.html"
check "which is not an interim state" sh -c '! grep -qi interim "$1"' sh "$TMP/out"
before=$(cat "$(run_dir cut)"/*.json | cksum)
resume cut
is "resumed once more: its result again, nothing is taken" "$RC $(cat "$(run_dir cut)"/*.json | cksum)" "0 $before"

DOUBLE_AT=load:3:fail bench $FAIR_FIFO -b 2 --run-id failed
DOUBLE_AT=attach:5:int bench $FAIR_FIFO -b 2 --run-id cut-failed
cp "$(run_dir failed)/sample-0003.json" "$(run_dir cut-failed)"
resume cut-failed
is "a sample that failed before the interruption makes the exit code 1" "$RC" 1

boot two
DOUBLE_AT=attach:4:int bench $FAIR_FIFO -b 2 --run-id boots
boot three
resume boots
is "after another boot: warm-ups again, which are no part of the plan" \
	"$(grep -oh '"warmup":true' "$(run_dir boots)"/sample-*.json | wc -l)" 2
is "each sample has its boot" "$(grep -oh '"boot":[0-9]' "$(run_dir boots)"/sample-*.json | uniq -c | tr -s ' \n' ' ')" \
	' 3 "boot":1 7 "boot":2 '

# What differs.
DOUBLE_AT=attach:3:int bench $FAIR_FIFO -b 2 --run-id other
before=$(cat "$(run_dir other)"/*.json | cksum)
mkdir -p "$SCXBENCH_ROOT/sys/devices/system/cpu/smt"
echo on >"$SCXBENCH_ROOT/sys/devices/system/cpu/smt/control"
resume other
ended "another setting of the machine is named" 3 "cpu.smt (it was 'unknown: No such file or directory' and is 'on')"
rm -r "$SCXBENCH_ROOT/sys/devices/system/cpu/smt"
rm "$SCXBENCH_HOME/schedulers"
mkdir "$SCXBENCH_HOME/schedulers"
cp "$B/schedulers/vtime.bpf.o" "$SCXBENCH_HOME/schedulers/fifo.bpf.o"
resume other
ended "another object is named" 3 "the object or program of policy fifo"
rm -r "$SCXBENCH_HOME/schedulers"
ln -s "$B/schedulers" "$SCXBENCH_HOME"
sed -i 's/primary time/primary speed/' "$SCXBENCH_HOME/workloads/quick"
resume other
ended "another workload is named" 3 "quick (it was 'time' and is 'speed')"
sed -i 's/primary speed/primary time/' "$SCXBENCH_HOME/workloads/quick"
is "nothing was taken by any of them" "$(cat "$(run_dir other)"/*.json | cksum)" "$before"
mv "$(run_dir other)/sample-0002.json" "$TMP"
cp "$(run_dir other)/sample-0001.json" "$(run_dir other)/sample-0002.json"
resume other
ended "files that are not of the plan are named" 2 "sample-0002.json does not fit the plan"
mv "$TMP/sample-0002.json" "$(run_dir other)"
resume other -b 3
ended "another plan is refused" 2 "continues that run as it was planned"
resume nosuch
ended "a run that is not there" 2 "no run nosuch"
resume ../x
ended "a run id that leaves its directory" 2 "../x"

# Ends.
bench $FAIR_FIFO --precision 1% --run-id precise
check "a run that ends by itself says so on stderr" grep -q 'precise enough after 6' "$TMP/err"
is "precise enough: it ends when there is an interval" "$(why precise)" \
	"precise enough after 6 blocks; the widest interval is ±0 % (fifo on quick)"
DOUBLE_AT=attach:15:int bench $FAIR_FIFO --precision 1% --run-id cut-precise
resume cut-precise
is "and at the same block when it was interrupted" "$(set_of cut-precise)" "$(set_of precise)"
workload noisy 'echo "metric time s lower $(($(wc -l <"$DOUBLE_TRACE") * 7919 % 97 + 1))" >&$SCXB_RESULT_FD'
bench -s fair -s fifo -w noisy --precision 1% -b 7 --run-id noisy
check "noise: all blocks, and it says how wide it is: $(why noisy)" \
	expr "$(why noisy)" : 'all blocks are taken, not as precise as asked after 7 blocks; .* (fifo on noisy)'
bench $FAIR_FIFO -b 900 --time-budget 0.001s --run-id late
is "out of time: no block is cut" "$(why late | cut -d';' -f1)" "the time budget is used up after 1 block"
is "the report counts the blocks that were taken" "$(grep -o '"blocks": *[0-9]*' "$TMP/results/report/late/results.json")" '"blocks": 1'
DOUBLE_AT=load:2:fail bench -s fair -s fifo:slice_us=100 -w quick --no-warmup --no-aa --precision 1% -b 6 --run-id gaps
is "a block without a value does not count: the interval needs six" "$(why gaps | cut -d';' -f1)" \
	"all blocks are taken, not as precise as asked after 6 blocks"

# How long a command may take to attach its scheduler.
DOUBLE_AT=attach:4:int bench $FAIR_FIFO -b 2 --attach-limit 90s --run-id limited
resume limited
is "a limit of its own stays as it was when the run is resumed" "$RC" 0
check "... and is in the command that repeats it" grep -q -- '--attach-limit 90s' "$(run_dir limited)/run.json"

# The A/A arm.
is "fair twice where the plan has it" "$(grep -c '"fair#2"' "$(run_dir whole)/run.json")" 1
bench $FAIR_FIFO -b 1 --no-aa --run-id no-aa
is "or not" "$(grep -c '"fair#2"' "$(run_dir no-aa)/run.json")" 0
bench -s fifo -w quick -p demo --aa
ended "not without fair" 2 "add -s fair"
bench $FAIR_FIFO -p nightly -b 1 --no-instrumented --run-id night
check "the command that repeats it names fair once" grep -q "nightly --blocks 1 --seed 1 -s 'fair' -s 'fifo' -w quick --no-instrumented\"" \
	"$(run_dir night)/run.json"

# Usage.
bench --precision 1 -s fair -w quick
ended "a precision without its unit" 2 "as in 1%"
bench --precision 0% -s fair -w quick
ended "no precision" 2 "as in 1%"
bench --precision nan% -s fair -w quick
ended "a precision that is not a number" 2 "as in 1%"
bench --precision 1% -s fifo -w quick
ended "a precision of nothing" 2 "add -s fair"
bench --time-budget 10 $FAIR_FIFO
ended "a time without its unit" 2 "as in 90s"
bench --time-budget -1m $FAIR_FIFO
ended "no time" 2 "as in 90s"
bench --attach-limit 2h $FAIR_FIFO
ended "a limit that is none" 2 "--attach-limit"
bench --restarts 3 $FAIR_FIFO
ended "restarts of a machine that can't boot itself" 2 "WHERE=lab"
bench --restarts 3 --where lab -b 2 $FAIR_FIFO
ended "more boots than blocks" 2 "only 2 blocks"
bench --restarts 3 --where lab --precision 1% $FAIR_FIFO
ended "restarts of an open number of blocks" 2 "use --blocks"

# What was measured stays.
sum=$(cat "$(run_dir whole)"/*.json | cksum)
bench $FAIR_FIFO -b 2 --run-id whole
ended "a run that exists is not taken again" 2 "run whole exists"
bench $FAIR_FIFO -b 2
bench $FAIR_FIFO -b 2
is "runs with the same options and seed are runs of their own" "$(find "$TMP/results/runs" -name '2*' -type d | wc -l)" 2
is "and the first is as it was" "$(cat "$(run_dir whole)"/*.json | cksum)" "$sum"
is "in the store too" "$("$SCXBENCH" report --results "$TMP/results" --list | awk '$1 == "whole" { print $4 }')" 9
done_testing
