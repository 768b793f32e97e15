#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# scxbench compare: what differs comes first, what is not comparable is refused, what is missing is listed.
. "$(dirname "$0")/../tap.sh"
. "$(dirname "$0")/home.sh"
. "$(dirname "$0")/fake_runs.sh"

fake alone 'fifo=1.10 vtime=0.95' STARTED=1 HOST=host-three
fake alike 'fifo=1.30 vtime=0.95' STARTED=2 HOST=host-three
compare alone alike
is "two runs of a machine without history are exploratory" "$RC $(grep -cE 'slower|faster|equivalent$' "$TMP/out")" "0 0"
check "figures, and no interval" grep -qE 'fifo .* 1\.1[0-9]+, no interval +exploratory' "$TMP/out"
check "and what to take" has "take 6 more runs on this machine, 'scxbench bench --plan nightly'"

for i in 1 2 3 4 5 6 7 8; do fake before$i 'fifo=1.10 vtime=0.95' STARTED=1; done
fake old 'fifo=1.10 vtime=0.95' STARTED=1
fake new 'fifo=1.25 vtime=0.95' STARTED=2 KERNEL=7.3.5 HASH=2b

compare --margin 4% old new
is "two runs: exit 0" "$RC" 0
check "what differs comes before the figures" awk '/^  kernel +7.3.4 +7.3.5/ { k = NR } /B \/ A/ { exit !(k && k < NR) }' "$TMP/out"
check "a policy's object differs" has "2bfifo"
check "what got slower is slower" has "▼ slower"
check "in a sentence, too" has "fifo in B, against fair, finishes build in"
check "what did not is equivalent" has "= equivalent"
check "the counts are those of the table" has "B against A: 0 better, 2 worse, 2 equivalent, 0 inconclusive"
is "nothing is on stderr" "$(cat "$TMP/err")" ""
compare old latest
is "the latest run has a name" "$RC $(head -1 "$TMP/out" | cut -d, -f1)" "0 A: old"
"$SCXBENCH" store --results "$TMP/results" --tag release-1 old
compare release-1 new
check "so has one with a tag" has "A: release-1 (old)"

compare old:fifo old:vtime
is "two policies of one run: exit 0" "$RC" 0
check "paired by block" has "paired by block, signed-rank test"
check "faster" has "vtime finishes build in"
compare old:fifo new
is "one policy at two commits: only that one" "$RC $(grep -c '^  fifo' "$TMP/out") $(grep -c '^  vtime' "$TMP/out")" "0 2 0"
compare --all old new
check "all metrics: the others are exploratory" grep -q 'fifo .* exploratory' "$TMP/out"
compare -m 'sched.*' --csv old new
is "CSV: a head and a line a row" "$RC $(wc -l <"$TMP/out")" "0 13"
is "each line has all fields" "$(awk -F, '{ print NF }' "$TMP/out" | sort -u)" 30
compare --json old new
check "JSON: keys" grep -q '"comparable": true' "$TMP/out"
check "with the differences" grep -q '"key": "kernel"' "$TMP/out"

fake other 'fifo=1.10 vtime=0.95' HOST=host-two
compare old other
ended "another machine is refused" 2 "they are of different machines"
is "and prints nothing on stdout" "$(cat "$TMP/out")" ""
compare --anyway --json old other
check "JSON has it too" has '"comparable": false'
compare --anyway old other
is "unless --anyway, and then without verdicts" \
	"$RC $(grep -c 'NOT COMPARABLE' "$TMP/out") $(grep -cE 'slower|faster|equivalent|inconclusive' "$TMP/out")" "0 1 0"
fake emulated 'fifo=1.10 vtime=0.95' EMULATED=true
compare old emulated
ended "emulated against bare metal is refused" 2 "emulated ran under emulation, old did not"
fake twice 'fifo=1.10 vtime=0.95' IDENTITY=files=20
compare old twice
ended "other work is refused" 2 "build is not the same work in both (files=10, files=20)"

fake ejected 'fifo=1.10 vtime=0.95' STARTED=3 BAD='fifo:*=ejected vtime:2=void'
compare old ejected
is "what has no data point makes the exit code 1" "$RC" 1
check "and says why" has "no data point in B: 15 ejected"
fake ms 'fifo=1.10 vtime=0.95' UNIT=ms
compare old ms
check "values of another unit are not compared" has "unit s in A, ms in B"
fake short 'fifo=1.10 vtime=0.95' BLOCKS=3
compare old short
check "too few blocks: a range, no ratio and no verdict" grep -qE 'fifo .* … .* no verdict' "$TMP/out"
fake partial 'fifo=1.50 vtime=0.95' TAKEN=60
compare old partial
check "an interim state says so" has "INTERIM"

fake elsewhere 'fifo=1.10 prioq=1' WORKS='pipe=2 gone=1' KERNEL=7.3.5
compare old elsewhere
check "what only one side has is listed in a line" has "Only in A: build time (fair, fifo, vtime); pipe time (vtime)."
check "of either side" has "Only in B: pipe time (prioq); gone time (fair, fifo, prioq)."
is "and does not get a row" "$RC $(grep -c '^build' "$TMP/out")" "0 0"
fake disjoint 'fifo=1.10' WORKS='gone=1'
compare old disjoint
ended "nothing in common" 2 "have no policy and workload in common"
fake ejects 'fifo=1.10 vtime=0.95' BAD='fifo:2=ejected fifo:5=void'
compare --json old ejects
is "JSON has what became of both sides' samples" "$(python3 -c 'import json,sys
row=[r for r in json.load(open(sys.argv[1]))["rows"] if r["policy_b"]=="fifo"][0]
a, b = row["a"]["reliability"], row["b"]["reliability"]
print(a["lost"], b["planned"], b["data_points"], b["ejected"], b["void"], "%.2f" % b["lost_high"])' "$TMP/out")" "0 15 13 1 1 0.40"
compare old ejects
check "text has it too" has "build time, fifo: A: 15 of 15 samples; B: 13 of 15 samples (1 ejected, 1 void), lost 13.3 % (95 % interval 1.66 to 40.5 %)"
check "what is not usable has no ratio" grep -q '^  fifo .*  -  *✗ not usable' "$TMP/out"
check "but that of its survivors, with that word" grep -q '^build time, fifo: the kernel ejected it in 1 of 15 samples; survivors only: ' "$TMP/out"
compare --csv old ejects
is "CSV has the reason, and what is lost on each side" "$(awk -F, '$7 == "fifo" && $2 == "build" { print $20, $22, $NF - $(NF - 1), $NF }' "$TMP/out")" "unusable ejected 2 2"
compare old ejects
check "totals stand beside ranks" grep -q '^build time, vtime: .*totals ' "$TMP/out"
fake cmdline 'fifo=1.10 vtime=0.95' KERNEL='7.3.4 with a very long name that is the same up to its END'
fake cmdline2 'fifo=1.10 vtime=0.95' KERNEL='7.3.4 with a very long name that is the same up to its end'
compare cmdline cmdline2
check "a long value is shown where it differs" grep -q '^  kernel .*END .*end' "$TMP/out"
fake nofair 'fifo=1.10 vtime=0.95' FAIR=no
compare nofair old
is "without fair all is exploratory" "$RC $(grep -c 'nothing cancels' "$TMP/out") $(grep -cE 'slower|faster|equivalent$' "$TMP/out")" "0 1 0"

compare old
ended "one side" 2 "too few words, give A B"
compare old nosuch
ended "a run that is not there" 2 "nosuch"
compare old:nosuch new
ended "a policy that is not there" 2 "it has fair fifo vtime"
compare old old
ended "a run and itself" 2 "name two policies of it"
compare old:fifo old:fifo
ended "a policy and itself" 2 "the same policy"
compare --margin 5 old new
ended "a margin without its unit" 2 "--margin '5'"
compare --margin nosuch=3% old new
ended "a margin for nothing" 2 "nosuch"
compare --json --csv old new
ended "two forms at once" 2 "choose one"

# What some CPUs of a machine are set to, and others not.
# cpus GOVERNOR EPP BOOST   of CPU 2 and 3; those of CPU 0 and 1 stay
cpus() {
	for cpu in 0 1 2 3; do
		policy=$SCXBENCH_ROOT/sys/devices/system/cpu/cpu$cpu/cpufreq
		mkdir -p "$policy"
		[ $cpu -ge 2 ] || set -- powersave power 1 "$@"
		echo "$1" >"$policy/scaling_governor"
		echo "$2" >"$policy/energy_performance_preference"
		echo "$3" >"$policy/boost"
		[ $cpu -ge 2 ] || shift 3
	done
}
for setting in 'powersave power 1' 'performance performance 0'; do
	# shellcheck disable=SC2086  # three words
	cpus $setting
	bench -s fair -w quick --run-id "cpus-${setting##* }"
done
compare cpus-1 cpus-0
for differs in 'cpu.governor  *powersave  *powersave on CPU 0-1, performance on CPU 2-3' \
	'cpu.energy_preference  *power  *power on CPU 0-1, performance on CPU 2-3' \
	'cpu.boost  *1  *1 on CPU 0-1, 0 on CPU 2-3'; do
	check "runs differ in ${differs%%  *}" grep -q "$differs" "$TMP/out"
done
run "$SCXBENCH" store --results "$TMP/results" --list
is "of two runs of one second the later is listed first" "$(grep -o 'cpus-[01]' "$TMP/out" | tr '\n' ' ')" "cpus-0 cpus-1 "
done_testing
