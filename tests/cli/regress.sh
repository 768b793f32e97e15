#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# scxbench regress: every exit code, every kind of baseline.
. "$(dirname "$0")/../tap.sh"
. "$(dirname "$0")/home.sh"
. "$(dirname "$0")/fake_runs.sh"

for i in 1 2; do fake new$i 'fifo=1.10 vtime=0.95' STARTED=$i HOST=host-three; done
regress --baseline new1 new2 --junit "$TMP/none.xml"
is "how far runs lie apart is not known without nights: inconclusive" "$RC" 4
check "an error for a CI server" grep -q '<error message="inconclusive: ' "$TMP/none.xml"
check "with the cure" has "take 6 more runs on this machine, 'scxbench bench --plan nightly'"
check "figures, and no interval" grep -qE 'fifo +[01]\.[0-9]+, no interval' "$TMP/out"

for i in 1 2 3 4 5 6 7 8; do fake m$i 'fifo=1.10 vtime=0.95' STARTED=$i; done
for i in 1 2 3 4 5; do fake n$i 'fifo=1.10 vtime=0.95' STARTED=$i; done

regress
ended "no baseline yet: inconclusive, and what to do" 4 "store --tag last-good RUN"
"$SCXBENCH" store --results "$TMP/results" --tag last-good n4
regress --bless --junit "$TMP/junit.xml"
is "the latest run against last-good passes" "$RC" 0
check "the page begins with the judgement" has "PASS: of 4 gated metrics 4 pass."
check "the command that repeats it" has "scxbench regress --baseline n4 n5"
check "JUnit says so, too" grep -q 'tests="6" failures="0" errors="0" skipped="2"' "$TMP/junit.xml"
"$SCXBENCH" store --results "$TMP/results" --list >"$TMP/list"
is "blessed: the tag has moved" "$(grep last-good "$TMP/list" | awk '{ print $1 }')" n5

fake slow 'fifo=1.10 vtime=0.95' STARTED=6 WORKS='build=20 pipe=4'
regress
is "a machine of half the speed accuses no policy" "$RC" 0
check "what it did is shown" grep -qE 'build time: fair +(1.9|2.0)' "$TMP/out"

fake bad 'fifo=1.30 vtime=0.95' STARTED=7
regress --junit "$TMP/junit.xml" --bless bad
is "a regression: exit 1" "$RC" 1
check "named first" grep -q '^build time: fifo .*regression' "$TMP/out"
check "JUnit: a failure" grep -q 'failures="2"' "$TMP/junit.xml"
"$SCXBENCH" store --results "$TMP/results" --list >"$TMP/list"
is "a run that does not pass is not blessed" "$(grep last-good "$TMP/list" | awk '{ print $1 }')" n5
regress --nights 6 bad
is "so it is against nights" "$RC $(grep -c ' 6 nights  ' "$TMP/out")" "1 4"
regress --nights 7 n5
is "a night like those before it passes" "$RC" 0
regress --threshold 25% bad
is "within another threshold it passes" "$RC" 0
regress --threshold 25% --threshold pipe=3% bad
is "each metric may have its own" "$RC $(grep -c '! regression' "$TMP/out")" "1 1"
regress --threshold build:sched.run_delay=5% bad
is "a threshold gates another metric, too" "$RC $(grep -c 'run_delay: fifo.*regression' "$TMP/out")" "1 1"

fake close 'fifo=1.155 vtime=0.95' STARTED=8
regress close
is "at the threshold: inconclusive" "$RC" 4
check "with what is in the way" grep -qE 'runs of it differ by 0?[.0-9]+ % although nothing is|more blocks in each run may decide' "$TMP/out"
fake one 'fifo=1.50 vtime=0.95' STARTED=9 BLOCKS=1
regress one
is "one block decides nothing" "$RC" 4

fake ejected 'fifo=1.10 vtime=0.95' STARTED=10 BAD='fifo:7=ejected'
regress ejected
is "an ejected policy: exit 1, though the others pass" "$RC $(grep -c 'ejected the policy in 1' "$TMP/out")" "1 2"
fake void 'fifo=1.10 vtime=0.95' STARTED=11 BAD='fifo:*=void'
regress void
is "a void set of samples: exit 1" "$RC $(grep -c 'no data point in B: 15 void' "$TMP/out")" "1 2"
fake some 'fifo=1.10 vtime=0.95' STARTED=11 BAD='fifo:1=void fifo:2=void'
regress some
is "too many void samples: inconclusive" "$RC" 4
check "with their number" has "only 13 of 15 samples (2 void) are data points"
fake lost 'fifo=1.10 vtime=0.95' STARTED=11 GONE='2 8 14 20' ENDED='"all samples are taken"'
regress lost
is "lost files are missing samples, whatever the run says of its end" "$RC" 4
check "they are counted" grep -q 'only 1[0-9] of 15 samples ([0-9] missing) are data points' "$TMP/out"
check "and the run is not called complete" has "fewer samples than its plan"
fake higher 'fifo=1.65 vtime=0.95' STARTED=11 BETTER=higher
regress higher
ended "a metric that turned round is not comparable" 2 "is better when lower in n5 and when higher in higher"
fake cfs 'fifo=1.10 vtime=0.95' STARTED=11 KIND=CFS
regress cfs
ended "another fair is not comparable" 2 "fair is EEVDF in n5 and CFS in cfs"
fake gone 'vtime=0.95' STARTED=12
regress gone
is "a policy that is gone: exit 1" "$RC $(grep -c 'not in B' "$TMP/out")" "1 2"
fake more 'fifo=1.10 vtime=0.95 prioq=3' STARTED=13
regress more
is "a policy that is new is not gated" "$RC $(grep -c 'prioq.*not gated' "$TMP/out")" "0 2"
fake partial 'fifo=1.10 vtime=0.95' STARTED=14 TAKEN=60
regress partial
is "a run that has not ended does not pass" "$RC $(grep -c 'has not ended' "$TMP/out")" "4 1"
regress --json partial
check "nor for a program" grep -q '"gate": "inconclusive"' "$TMP/out"

fake other 'fifo=1.10 vtime=0.95' STARTED=15 HOST=host-two
regress other
ended "another machine has a last-good of its own" 4 "no run of this machine"
regress --baseline n1 other
ended "a baseline of another machine is refused" 2 "different machines"
regress --nights 5 other
is "nights of another machine are none" "$RC" 4
regress --baseline n5 n5
ended "a run against itself" 2 "its own baseline"
regress --baseline nosuch n5
ended "a baseline that is not there" 2 "nosuch"
regress --nights 4
ended "too few nights" 2 "--nights '4'"
regress --nights x
ended "nights that are no number" 2 "'x'"
regress --nights 5 --baseline n1
ended "two baselines" 2 "choose one"
regress --threshold 5
ended "a threshold without its unit" 2 "--threshold '5'"
regress --threshold nosuch=5% bad
ended "a threshold for nothing" 2 "nosuch"
regress n1 n2
ended "two runs" 2 "unexpected word 'n2'"
regress --baseline n1 --junit "$TMP/none/junit.xml" n2
is "a JUnit file that can't be written is not a pass" "$RC" 2
# The anchor: what the moving baseline lets pass in small steps, it does not.
for i in 1 2 3 4 5 6 7 8 9 10 11 12; do fake anch$i 'fifo=1.10 vtime=0.95' STARTED=$i HOST=host-five; done
"$SCXBENCH" store --results "$TMP/results" --tag anchor anch1
"$SCXBENCH" store --results "$TMP/results" --tag last-good anch11
regress anch12
is "a run like the anchor passes" "$RC" 0
check "which the judgement says" has "PASS: of 4 gated metrics 4 pass; since the anchor, of 4 gated metrics 4 pass."
check "the command that repeats it has it" has "scxbench regress --baseline anch11 --anchor anch1 anch12"
fake far1 'fifo=1.24 vtime=0.95' STARTED=13 HOST=host-five
fake far2 'fifo=1.24 vtime=0.95' STARTED=14 HOST=host-five
regress --baseline far1 --junit "$TMP/junit.xml" far2
is "12 % since the anchor fail, though the baseline is as slow" "$RC" 1
check "against the baseline nothing is lost" has "FAIL: of 4 gated metrics 4 pass; since the anchor, of 4 gated metrics 2 pass, 2 regressions."
check "JUnit has both" grep -q 'tests="12" failures="2" errors="0" skipped="4"' "$TMP/junit.xml"
regress --baseline far1 --anchor-limit 20% far2
is "unless so much may be lost" "$RC" 0
regress --baseline anch11 --bless anch12
"$SCXBENCH" store --results "$TMP/results" --list >"$TMP/list"
is "a blessing leaves the anchor where it is" "$(awk '/anchor/ { print $1 }' "$TMP/list")" anch1
for i in 1 2 3 4 5 6 7 8 9 10; do fake slow$i "fifo=1.14 vtime=0.95" STARTED=20 HOST=host-five; done
regress --baseline slow1 --json slow10
is "what is less than the limit and lasts is a leak: exit 1" "$RC $(grep -c '"leak": true' "$TMP/out" | tr 2 1)" "1 1"
check "with the night that it began in" grep -q '"leak_since": "\(far\|slow\)[0-9]"' "$TMP/out"

run "$SCXBENCH" history --results "$TMP/results" --host host-five --openmetrics "$TMP/leak.prom"
check "an alert can be written on it" grep -q '^scxbench_leak{machine="host-five",.*policy="fifo",.*} 1$' "$TMP/leak.prom"
check "and on how much it is" grep -q '^scxbench_anchor_rise{machine="host-five",.*policy="fifo",.*} 0\.0[2-5]' "$TMP/leak.prom"
check "other policies have none" grep -q '^scxbench_leak{machine="host-five",.*policy="vtime",.*} 0$' "$TMP/leak.prom"

# A step is not forgotten: a night that did not pass is none of those that the next is compared with.
for i in 1 2 3 4 5 6 7 8; do fake step$i 'fifo=1.10 vtime=0.95' STARTED=$i HOST=host-four; done
CODES=
for i in a b c d e f g h; do
	fake step$i 'fifo=1.30 vtime=0.95' STARTED=20 HOST=host-four
	regress --nights 7 --record step$i
	CODES="$CODES$RC "
done
is "a step fails every night" "$CODES" "1 1 1 1 1 1 1 1 "
"$SCXBENCH" store --results "$TMP/results" --tag accepted stepc
CODES=
for i in i j k l m n; do
	fake step$i 'fifo=1.30 vtime=0.95' STARTED=20 HOST=host-four
	regress --nights 5 --record step$i
	CODES="$CODES$RC "
done
is "until a person tags such a run: from there it is judged again, after five nights" "$CODES" "4 4 4 4 0 0 "
# A file that is written takes the place of what is there, so a pipe or a device would be gone.
mkfifo "$TMP/pipe"
for option in --junit --brief; do
	regress -b stepa stepb $option "$TMP/pipe"
	check "$option takes no pipe's place" grep -q "pipe is not a regular file" "$TMP/err"
done
ln -s . "$TMP/here"
regress -b stepa stepb --junit "$TMP/here/judged" --brief "$TMP/judged"
ended "two answers in one file are refused" 2 "--junit and --brief"
compare stepa stepb --html --output "$TMP/pipe"
ended "nor does a page" 2 "pipe is not a regular file"
compare stepa stepb --html --output "$TMP"
ended "nor is a folder one" 2 "is not a regular file"
check "the pipe is as it was" [ -p "$TMP/pipe" ]
done_testing
