#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# endurance: how often policies were thrown out in the runs that are named, and what that shows.
. "$(dirname "$0")/../tap.sh"
. "$(dirname "$0")/home.sh"
. "$(dirname "$0")/fake_runs.sh"

endurance() { run "$SCXBENCH" endurance --results "$TMP/results" "$@"; }

endurance
is "without a run" "$RC" 2
# 15 blocks of two workloads, a second each: half a minute.
fake calm 'fifo=1 vtime=1' BAD='fifo:2=ejected fifo:3=ejected fifo:4=ejected'
endurance
is "each policy's ejections are counted" "$RC $(awk '$1 == "fifo" { print $2, $3; exit }' "$TMP/out")" "0 0.00833 6"
is "... and fair's are not asked for" "$(grep -c '^fair' "$TMP/out")" 0
check "... an hour, with exact bounds: 6 in 30 s" grep -q '^ *fifo .* 720 \[264, 1\.57e+03\]' "$TMP/out"
check "policies are compared two by two" grep -q '^ *fifo  *vtime  *more often  *above' "$TMP/out"
check "what was not seen is not excluded" grep -q '^vtime was not thrown out in 0.00833 h: that excludes more than 359 an hour, and nothing rarer' "$TMP/out"
endurance --json
is "the same for programs" "$RC $(tr -d ' \n' <"$TMP/out" | sed 's/[.][0-9]*//g')" \
	'0 {"schema":1,"emulated":false,"policies":[{"policy":"fifo","hours":0,"ejections":{"count":6,"per_hour":{"value":720,"low":264,"high":1567}},"stalls":{"count":0,"per_hour":{"value":0,"low":0,"high":442}}},{"policy":"vtime","hours":0,"ejections":{"count":0,"per_hour":{"value":0,"low":0,"high":442}},"stalls":{"count":0,"per_hour":{"value":0,"low":0,"high":442}}}],"pairs":[{"a":"fifo","b":"vtime","ratio":{"value":null,"low":1,"high":null},"p":0,"least":6}]}'
fake second 'fifo=1 vtime=1'
endurance calm second
is "runs are counted together" "$RC $(awk '$1 == "fifo" { print $2, $3; exit }' "$TMP/out")" "0 0.0167 6"
endurance second
check "too little for a difference" grep -q '^fifo and vtime: to show a difference in so many hours takes at least 6 ejections of the one and none of the other\.' "$TMP/out"
fake rebuilt 'fifo=1' HASH=2b
endurance calm rebuilt
ended "... but not those of another build" 2 "fifo of run rebuilt is another build"
fake alone ''
endurance alone
ended "fair alone" 2 "run alone has fair alone, which nobody throws out"
endurance nosuch
is "a run that is not there" "$RC" 2
done_testing
