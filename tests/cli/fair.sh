#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Settings of fair as arms: in force in their samples and nowhere else, however the run ends.
. "$(dirname "$0")/../tap.sh"
. "$(dirname "$0")/home.sh"

SCHED=$SCXBENCH_ROOT/sys/kernel/debug/sched
mkdir -p "$SCHED"
machine() {
	echo 1400000 >"$SCHED/base_slice_ns"
	echo 'PLACE_LAG RUN_TO_PARITY NO_HRTICK ' >"$SCHED/features"
}
settings() { echo "$(cat "$SCHED/base_slice_ns") $(cat "$SCHED/features")"; }
cat >"$TMP/look" <<END
echo "\$DOUBLE_POLICY: \$(cat $SCHED/base_slice_ns) \$(cat $SCHED/features)" >>"$TMP/seen"
END
workload looks "sh $TMP/look; echo 'metric time s lower 1.5' >&\$SCXB_RESULT_FD"
AS_BEFORE="1400000 PLACE_LAG RUN_TO_PARITY NO_HRTICK "
# arms ARGS...   a run with what each of its samples saw
arms() { : >"$TMP/seen"; bench -w looks --no-instrumented "$@"; }
seen() { LC_ALL=C sort "$TMP/seen" | tr '\n' ';'; }
proof() { grep -ohE '"check":"[^"]*fair[^"]*","found":"[^"]*","holds":[a-z]*' "$TMP/results/runs/$1"/sample-*.json | sort; }
KNOBS=fair:base_slice_us=3000,features=NO_RUN_TO_PARITY+HRTICK

machine
arms -s fair -s "long=$KNOBS" -s fifo --run-id set
is "each arm has its settings, and the others the kernel's" "$RC $(seen)" \
	"0 fair: $AS_BEFORE;fifo: $AS_BEFORE;long: 3000000 PLACE_LAG NO_RUN_TO_PARITY HRTICK ;"
is "all is as before" "$(settings)" "$AS_BEFORE"
is "the sample proves them" "$(proof set)" "\"check\":\"attached: fair's settings\",\"found\":\"$KNOBS\",\"holds\":true
\"check\":\"before detach: fair's settings\",\"found\":\"$KNOBS\",\"holds\":true"
check "slices are those in the samples" grep -qF '"slice_ns":["1400000","3000000","20000000"]' "$TMP/results/runs/set/run.json"
arms -s fair -s eevdf --run-id base
check "eevdf has the kernel's" grep -qF '"slice_ns":["1400000","1400000"]' "$TMP/results/runs/base/run.json"
check "they are an arm under test" grep -q '"policy_given":\[null,"fair:base' "$TMP/results/runs/set/run.json"
check "and part of its identity" grep -qE '"policy_hash":\[null,"[0-9a-f]+"' "$TMP/results/runs/set/run.json"
arms -s fair -s fair:base_slice_us=1400 --run-id same
is "settings that the machine has already" "$RC $(seen)" "0 fair: $AS_BEFORE;fair:base_slice_us=1400: $AS_BEFORE;"

# Three settings are tried, made and put back: killed before each, and in the sample.
for at in change:1 change:3 change:4 change:6 change:7 change:9 beat:1 ledger:1 change:10; do
	machine
	id=$(echo "$at" | tr : -)
	DOUBLE_AT=$at:kill arms -s "$KNOBS" --run-id "kill-$id"
	[ "$at" != beat:1 ] || is "killed in a sample: they are still set" "$(settings)" "3000000 PLACE_LAG NO_RUN_TO_PARITY HRTICK "
	arms -s fair --run-id "after-$id"
	is "killed at $at: the next start puts all back" "$RC $(seen)$(settings)" "0 fair: $AS_BEFORE;$AS_BEFORE"
done
machine
DOUBLE_AT=beat:2:kill arms -s fair -s "$KNOBS" --seed 2 --run-id again
run "$SCXBENCH" bench --results "$TMP/results" --resume again
is "a run that was killed goes on: its machine is the one it began on" "$RC $(settings)" "0 $AS_BEFORE"
machine
DOUBLE_AT=attach:1:int arms -s "$KNOBS" --run-id int
is "interrupted: put back" "$RC $(settings)" "130 $AS_BEFORE"
DOUBLE_AT=change:4:fail arms -s "$KNOBS" --run-id late
is "a setting that is refused later ends the run, and all is put back" "$RC $(settings)" "3 $AS_BEFORE"

machine
DOUBLE_AT=change:7:fail arms -s "$KNOBS" -s fifo --run-id stuck
is "one that can't be put back ends the run, and is put back with it" "$RC $(settings)" "3 $AS_BEFORE"

machine
workload meddles "echo 1400000 >$SCHED/base_slice_ns; echo 'metric time s lower 1.5' >&\$SCXB_RESULT_FD"
bench -w meddles --no-instrumented -s "$KNOBS" --run-id meddled
check "a setting that did not stay proves nothing" sh -c 'echo "$1" | grep -q "before detach.*false"' sh "$(proof meddled)"
check "and the sample is void" grep -q '"status":"void"' "$TMP/results/runs/meddled/sample-0001.json"

# samples RUN   how many it has
samples() { find "$TMP/results/runs/$1" -name 'sample-*' 2>/dev/null | wc -l; }
DOUBLE_AT=change:1:fail arms -s fair -s "$KNOBS" --run-id refused
ended "a kernel that does not let it be set" 3 "can't be set to"
is "is found out before the first sample" "$(samples refused)" 0
arms -s fair:features=RUN_TO_PARTY
ended "a feature that the kernel lacks" 2 "has no feature 'RUN_TO_PARTY': did you mean RUN_TO_PARITY?"
rm "$SCHED/features"
arms -s fair -s fair:features=HRTICK
ended "without the file" 3 "mount -t debugfs"
rm -r "$SCHED"
arms -s fair -s fair:base_slice_us=3000
ended "without debugfs" 3 "mount -t debugfs"
arms -s fair:base_slice=3000
ended "a slip in a knob" 2 "fair has no knob 'base_slice': did you mean base_slice_us? it has"
arms -s fair:base_slice_us=10
ended "a slice that no kernel takes" 2 "base_slice_us"
arms -s fair:features=run_to_parity
ended "features in other letters" 2 "as the kernel lists them"
arms -s fair:features=HRTICK+
ended "half a list" 2 "as the kernel lists them"
done_testing
