#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Killed by SIGKILL at a hundred random moments, the store's own writes among them (tests/doubles/moments.c): the
# store opens, every sample that ended is there and complete, and --resume takes the same samples as a run that
# was not killed. All of them share a database. The moments are always the same: a failure can be repeated.
. "$(dirname "$0")/../tap.sh"
. "$(dirname "$0")/home.sh"

SEED=20261122 KILLS=100
without_tools
unset DOUBLE_TRACE

# take RUN   two blocks of fair, fifo and fair again, with all that a run has beside
take() { run "$SCXBENCH" bench --results "$TMP/results" --seed 1 -b 2 -s fair -s fifo -w quick --run-id "$1"; }
resume() { run "$SCXBENCH" bench --results "$TMP/results" --resume "$1"; }
dir() { echo "$TMP/results/runs/$1"; }
files() { find "$(dir "$1")" -name 'sample-*.json' 2>/dev/null | wc -l; }
set_of() {
	grep -ohE '"(seq|block|boot|policy|workload|warmup|instrumented|status|nr)":[^,]*' "$(dir "$1")"/sample-*.json
}
stored() { "$SCXBENCH" report --results "$TMP/results" --list | awk -v id="$1" '$1 == id { print $4 }'; }

DOUBLE_MOMENTS=$TMP/moments take whole
is "a run that is not killed ends with 0" "$RC" 0
is "its samples: a warm-up, two blocks of three, two instrumented" "$(files whole)" 9
WHOLE=$(set_of whole)
MOMENTS=$(cat "$TMP/moments")
check "it has moments enough to be killed at: $MOMENTS" [ "$MOMENTS" -gt "$KILLS" ]

# Moments that broke something, a list each.
survived='' closed='' lost='' unresumed='' other='' unended=''
# note LIST CMD...   puts the moment into the list when the command fails
note() {
	list=$1; shift
	"$@" || eval "$list=\"\$$list \$moment\""
}
before=0 begun=0
for moment in $(awk -v seed=$SEED -v n=$KILLS -v max="$MOMENTS" \
	'BEGIN { srand(seed); while (n) { m = 1 + int(rand() * max); if (!seen[m]++) { print m; n-- } } }'); do
	id=k$begun-$moment begun=$((begun + 1))
	DOUBLE_KILL=$moment take "$id"
	note survived [ "$RC" = 137 ]
	if [ ! -f "$(dir "$id")/run.json" ]; then
		# The run had not begun.
		before=$((before + 1))
		note lost [ "$(files "$id")" = 0 ]
		take "$id-again"
		id=$id-again
	else
		run "$SCXBENCH" store --results "$TMP/results" "$(dir "$id")"
		note closed [ "$RC" = 0 ]
		note lost [ "$(stored "$id")" = "$(files "$id")" ]
		# Every fifth is killed again.
		[ $((begun % 5)) != 0 ] || DOUBLE_KILL=$((1 + moment / 3)) resume "$id"
		resume "$id"
	fi
	note unresumed [ "$RC" = 0 ]
	note other [ "$(set_of "$id")" = "$WHOLE" ]
	note unended grep -q '"ended":"all ' "$(dir "$id")/run.json"
done
is "killed $KILLS times" "$survived" ""
is "the store opens after each" "$closed" ""
is "it has every sample whose file is there" "$lost" ""
is "--resume ends with 0" "$unresumed" ""
is "and has the samples of the run that was not killed" "$other" ""
is "and says that it has ended" "$unended" ""
check "few were killed before they began: $before" [ "$before" -lt $((KILLS / 4)) ]
is "all of them are whole in the store" "$("$SCXBENCH" report --results "$TMP/results" --list | awk '$4 == 9' | wc -l)" \
	$((KILLS + 1))
is "nothing half-written is left of them" "$(find "$TMP"/results/runs/*/sample-* -name '*.tmp.*')" ""
# Killed after its last sample, it leaves a cgroup.
DOUBLE_TRACE=$TMP/trace resume whole
is "to resume a run that has all its samples empties its cgroup" "$(grep -o 'cgroup_[a-z]*' "$TMP/trace" | uniq | tr '\n' ' ')" \
	"cgroup_make cgroup_remove "
is "the run that was not killed is unchanged" "$(set_of whole)" "$WHOLE"
done_testing
