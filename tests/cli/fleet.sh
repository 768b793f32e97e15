#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# One answer from many machines: each one value, classes apart, machines that disagree named, and none of fewer than three.
. "$(dirname "$0")/../tap.sh"
. "$(dirname "$0")/home.sh"
. "$(dirname "$0")/fake_runs.sh"

fleet() { run "$SCXBENCH" fleet "$@" --results "$TMP/results"; }
# host N RATIOS [NAME=VALUE...]   a machine with a run
host() { n=$1; ratios=$2; shift 2; fake "run$n" "$ratios" HOST="host-$n" WORKS=build=10 ENDED='"all 15 blocks are taken"' "$@"; }

run "$SCXBENCH" fleet --results "$TMP/results"
ended "without a verb" 2 "say what: 'fleet answer', for one"
fleet nosuch
ended "a verb that there is not" 2 "no such thing as 'nosuch'"
fleet answer extra
ended "a stray word" 2 "unexpected word 'extra'"
fleet answer
ended "without a store" 2 "scxbench.db"
host 1 fifo=1.10 CPU=EPYC
host 2 fifo=1.11 CPU=EPYC
fleet answer
ended "two machines can't answer" 4 "2 machines can't answer for a fleet: it takes 3 with a run of plan nightly"
host 3 fifo=1.09 CPU=EPYC
fake other fifo=1.5 HOST=host-3 PLAN=smoke
fleet answer --plan nightly
is "three can" "$RC $(cat "$TMP/err")" "0 "
check "with interval, another machine and a verdict" \
	grep -Eq '^ *fifo +3 +1\.1[01][0-9] \[1\.0[0-9]+, 1\.1[0-9]+\] .*… .* ▼ slower' "$TMP/out"
check "each machine with its run" grep -Eq '^host-1 +1 +7\.3\.4 +run1 +15 of 15 +-' "$TMP/out"
fleet answer
ended "another plan is not mixed in" 4 "1 machine can't answer"
fleet answer --plan nosuch
ended "a plan that no run has" 2 "no machine has a stored run of plan nosuch"
rm -r "$TMP/results/scxbench.db"* "$TMP/results/runs/other"

# Two classes that differ, and one machine that is unlike the others.
for n in 1 2 3 4 5 6; do host "$n" "fifo=1.0$n vtime=0.95" CPU=EPYC STARTED="$n"; done
for n in 7 8 9; do host "$n" "fifo=1.3$n vtime=0.95" CPU=Xeon STARTED="$n"; done
fleet answer
check "nine machines of two classes" grep -q '^9 machines of 2 classes, plan nightly: each counts once' "$TMP/out"
check "the class explains fifo" grep -Eq '^build under fifo differs by class of machine \(p [0-9.e-]+\): class 1 1\.0' "$TMP/out"
check "and not vtime" sh -c "! grep -q 'build under vtime differs by class' '$TMP/out'"
is "classes have rows of their own" "$(grep -c '^ *class [12] ' "$TMP/out")" 4
fleet answer --json
cat >"$TMP/ask.py" <<'END'
import json, math, statistics, sys
d = json.load(open(sys.argv[1]))
cells = {c["policy"]: c for c in d["cells"]}
v = cells["vtime"]
own = [math.log(m["ratio"]) for m in v["by_machine"]]
mean = statistics.mean(own)
half = 2.306 * statistics.stdev(own) / 3
print(len(d["machines"]), [c["machines"] for c in d["classes"]], v["machines"], v["verdict"])
print(abs(math.log(v["ratio"]) - mean) < 0.002, abs(math.log(v["high"]) - mean - half) < 0.002)
print(v["next_low"] < v["low"], v["next_high"] > v["high"])
print(v["by_class"][1]["machines"], cells["fifo"]["classes_p"] < 0.05, v["classes_p"] > 0.001)
END
is "the interval is that of machines, never of their samples" "$RC $(python3 "$TMP/ask.py" "$TMP/out")" \
	"0 9 [6, 3] 9 better
True True
True True
3 True True"

rm -r "$TMP/results"
for n in 1 2 3 4 5 6; do host "$n" fifo=1.00 CPU=EPYC; done
host 7 fifo=1.30 CPU=EPYC KERNEL=7.0.13
fleet answer
check "a machine that disagrees is named, with what differs" \
	grep -q '^build under fifo: Machine host-7 disagrees: 1\.[0-9]* \[.*\]; kernel is 7.0.13 (most: 7.3.4)\.$' "$TMP/out"
host 8 fifo=1.00 CPU=EPYC EMULATED=true
host 9 fifo=1.00 CPU=EPYC KIND=CFS
host 11 fifo=1.00 CPU=EPYC ENDED=null
fleet answer
check "a run that has not ended is named" grep -qx 'Machine host-11 counts by a run that has not ended: run11\.' "$TMP/out"
is "no other is, and the page says so too" "$(grep -c 'not ended' "$TMP/out") $(grep -c 'run11.*has not ended' "$TMP/results/report/fleet.html")" "1 1"
check "an emulated machine is left out" grep -q '^Machine host-8 is left out: .*emulation' "$TMP/out"
check "and one with another fair" grep -q '^Machine host-9 is left out: fair is CFS' "$TMP/out"
check "of those that are no part nothing is counted" grep -q '^8 machines of 1 class, .* 2 left out\.' "$TMP/out"
host 10 fifo=1.00 CPU=EPYC BAD='fifo:3=ejected'
fleet answer
check "a policy that one machine's kernel ejected is not usable" \
	grep -q '^build under fifo: ✗ not usable, ejected on 1 machine of 9' "$TMP/out"

# The gate: each class against its own baseline.
rm -r "$TMP/results"
gate() { fleet gate "$@"; }
# night NAME FIFO OF_XEON   a run of each of seven machines, of two classes
night() {
	for n in 1 2 3 4; do host "$n$1" "fifo=$2" HOST="host-$n" CPU=EPYC; done
	for n in 5 6 7; do host "$n$1" "fifo=$3" HOST="host-$n" CPU=Xeon; done
}
night old 1.10 1.20
gate
ended "without a baseline nothing is judged" 4 "no machine has a run tagged last-good: 'scxbench fleet gate --bless' makes"
gate --bless
ended "what becomes the baseline was not judged" 4 "these of 7 machines are the baseline from now on"
gate
is "the baseline alone is no new version" "$RC" 4
check "which is said" grep -q '0 of 4 machines have a newer value' "$TMP/out"
check "with the machines, of which five are named" grep -qx '7 machines have no run newer than the baseline: host-7, host-6, host-5, host-4, host-3 and 2 more.' "$TMP/out"
check "and what a class is" grep -qx 'Class 2: Xeon.' "$TMP/out"
night same 1.10 1.21
gate --json
is "a version that harms no class passes" "$RC $(grep -c '"gate": "pass"' "$TMP/out")" "0 4"
check "which names the classes" grep -q '"what": "Xeon"' "$TMP/out"
night harm 1.05 1.40
gate --bless
is "harm to one class is harm" "$RC" 1
check "which is named" grep -q '^build under fifo on class 2: regression, at best more than 5 % worse; now is 1\.1[0-9]* of then' "$TMP/out"
check "the other class passes" grep -Eq '^build +fifo +class 1 +4 of 4 +0\.9.* pass' "$TMP/out"
gate
is "and is not blessed" "$RC" 1
night less 1.10 1.21
host 4worse fifo=1.10 HOST=host-4 CPU=EPYC BAD='fifo:3=ejected'
gate
is "a policy ejected on one machine is refused" "$RC" 1
check "which is named, too" grep -q '^build under fifo on class 1: broken, 1 of 4 machines lost it, the first host-4: ejected' "$TMP/out"
night good 1.10 1.21
gate --bless
is "a good one becomes the baseline" "$RC $(run "$SCXBENCH" store --list --results "$TMP/results"; grep -c 'last-good' "$TMP/out")" "0 7"
gate
is "then there is nothing newer" "$RC" 4
for n in 1 2 3 4 5 6 7; do host "${n}gone" vtime=1.10 HOST="host-$n" CPU=EPYC; done
gate
is "a policy that no run has any more is missing" "$RC $(grep -c 'missing, no machine has a value of it now' "$TMP/out")" "1 2"
night good2 1.10 1.21
gate --bless
for n in 1 2 3; do host "${n}only" fifo=1.10 HOST="host-$n" CPU=EPYC; done
gate
is "a machine or class without a newer run is no pass" "$RC" 4
for n in 1 2 3 4 5 6 7; do host "${n}else" fifo=1.10 HOST="host-$n" CPU=EPYC IDENTITY=files=11; done
gate
ended "other work can't be compared" 2 "the runs can't be compared with their baseline: build is not the same work"
# What is not compared is no pass, though nearly all machines are.
rm -r "$TMP/results"
# many NIGHT NAME=VALUE...   twenty machines of a class, and two of another one, with what is said of their runs
many() {
	night=$1; shift
	for n in $(seq 20); do host "$n$night" fifo=1.10 HOST="host-$n" CPU=EPYC BLOCKS=6; done
	for n in 21 22; do host "$n$night" fifo=1.10 HOST="host-$n" CPU=Xeon BLOCKS=6 "$@"; done
}
many old
gate --bless
many new KIND=CFS
gate
is "a class that is left out now is no pass" "$RC $(grep -c '^build under fifo on class 2: inconclusive, 0 of 2 machines have a newer value' "$TMP/out")" "4 1"
check "it is said which machines, and why" grep -qx 'Machine host-22 is left out: fair is CFS in run22new and EEVDF in run20new.' "$TMP/out"
check "and which class that is" grep -qx 'Class 2: Xeon.' "$TMP/out"
rm -r "$TMP/results"
for n in 1 2 3; do host "${n}old" fifo=1.10 HOST="host-$n" CPU=EPYC BLOCKS=6; done
gate --bless
for n in 1 2 3; do host "${n}new" "fifo=1.10 vtime=3" HOST="host-$n" CPU=EPYC BLOCKS=6; done
gate
is "a policy that is new is named" "$RC $(grep -cx 'build under vtime is new: the baseline has none, so it is not judged.' "$TMP/out")" "0 1"
for n in 4 5 6 7; do host "${n}new" fifo=3 HOST="host-$n" CPU=Xeon BLOCKS=6; done
gate
is "machines and a class without a baseline are no pass" "$RC $(grep -c 'inconclusive, [03] of [47] machines have a value in the baseline' "$TMP/out")" "4 2"
check "they are named" grep -qx '4 machines have no baseline: host-7, host-6, host-5, host-4.' "$TMP/out"
gate --bless --baseline last-good
is "against a tag of one's own none is begun" "$RC $("$SCXBENCH" store --list --results "$TMP/results" | grep -c 'new .*last-good')" "4 0"
gate --bless
ended "their latest runs become it, unjudged" 4 "4 machines without a baseline: the latest run is it from now on"
is "and no other" "$("$SCXBENCH" store --list --results "$TMP/results" | grep -c '[4567]new .*last-good')" 4
for n in 1 2 3; do host "${n}next" fifo=1.10 HOST="host-$n" CPU=EPYC BLOCKS=6; done
for n in 4 5 6 7; do host "${n}next" fifo=3 HOST="host-$n" CPU=Xeon BLOCKS=6; done
gate
is "from then on they are judged" "$RC $(grep -c ' pass$' "$TMP/out")" "0 3"
diag <"$TMP/out"
gate --baseline nosuch
ended "a tag that no run has" 2 "no machine has a stored run of plan nightly tagged nosuch"

# Over time: the same machines each night, and a step in all of them.
rm -r "$TMP/results"
for day in $(seq 1 30); do
	ratio=1.00
	[ "$day" -lt 20 ] || ratio=1.06
	for n in 1 2 3; do host "${n}d$day" "fifo=$ratio" HOST="host-$n" STARTED=$((day * 86400)) BLOCKS=6; done
done
for n in 1 2 3; do host "${n}d30b" fifo=1.06 HOST="host-$n" STARTED=$((30 * 86400 + 9)) BLOCKS=6; done
fleet history
is "the fleet over time" "$RC $(grep -Ec '^build +fifo +30 +1\.0[56][0-9]* +1\.0.*\] +3 +1970-01-31 +1$' "$TMP/out")" "0 1"
check "a step is a change of the fleet" grep -Eq '^1970-01-2[01]: build under fifo \+[56]\.[0-9]+ % worse, ' "$TMP/out"
fleet history --json
is "for programs" "$(python3 -c 'import json, sys
s = json.load(open(sys.argv[1]))["series"]
print(len(s), len(s[0]["nights"]), s[0]["nights"][0]["day"], s[0]["nights"][0]["machines"], s[0]["points"][0]["side"])' "$TMP/out")" \
	"1 30 1970-01-02 3 worse"
fleet answer
check "the page has it" grep -q 'build under fifo +[56]' "$TMP/results/report/fleet.html"
done_testing
