#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# history: two small runs of the double, what comes out, and what it says to bad input.
. "$(dirname "$0")/../tap.sh"
. "$(dirname "$0")/home.sh"
. "$(dirname "$0")/fake_runs.sh"

history() { run "$SCXBENCH" history --results "$TMP/results" "$@"; }

run "$SCXBENCH" history --results "$TMP/none"
ended "no store" 2 "no database at"
bench -s fair -s vtime -w quick --run-id one --no-instrumented
check "one run is not a history: the report has none" test ! -e "$TMP/results/report/history.html"
bench -s fair -s vtime -w quick --run-id two --no-instrumented
check "from the second run on it is made with the report" test -s "$TMP/results/report/history.html"
run "$SCXBENCH" report --results "$TMP/results"
check "which links it" grep -q 'href="../history.html"' "$TMP/results/report/two/index.html"

page() { stat -c %i "$TMP/results/report/history.html"; } # a page made again is another file
FIRST=$(page)
run "$SCXBENCH" report --results "$TMP/results"
is "and is not made again while nothing is new" "$(page)" "$FIRST"
bench -s fair -s vtime -w quick --run-id three --no-instrumented
check "but with a new run" test "$(page)" != "$FIRST"

history
is "the series come out" "$RC" 0
check "with their nights" grep -Eq '^quick +[a-z]+ +vtime +3 ' "$TMP/out"
check "a night of few blocks has no ratio of its own" grep -Eq '^quick +time +vtime +3 .* [1-5] blocks? ' "$TMP/out"
check "nor on the page" grep -Eq '<td[^>]*>[1-5] blocks?</td>' "$TMP/results/report/history.html"
is "the last line is the page" "$(tail -1 "$TMP/out")" "$TMP/results/report/history.html"
is "nothing on stderr" "$(cat "$TMP/err")" ""
history --policy vtime --json
check "JSON has what was asked for alone" python3 -c "
import json, sys
series = json.load(open('$TMP/out'))['series']
sys.exit(not ([s['policy'] for s in series] == ['vtime'] and len(series[0]['nights']) == 3))"
history --csv "$TMP/a.csv" --openmetrics "$TMP/a.prom" --otava "$TMP/o.csv"
is "files instead of a result" "$RC $(cat "$TMP/out")" "0 "
is "two series of three nights" "$(wc -l <"$TMP/a.csv")" 7
is "Otava: three runs" "$(wc -l <"$TMP/o.csv")" 4
is "OpenMetrics is ended" "$(tail -1 "$TMP/a.prom")" "# EOF"

history --since yesterday
ended "a day that is not one" 2 "--since yesterday"
history --since 2026-02-30
ended "a day that no year has" 2 "--since 2026-02-30"
history --since 9999-12-31
ended "a day whose nanoseconds have no room" 2 "--since 9999-12-31"
history --policy nosuch
ended "a policy that no run has" 2 "no stored run"
history --csv /dev/null
ended "a device is not replaced" 2 "/dev/null"
check "and is still there" test -c /dev/null
history --csv "$TMP/nosuch/a.csv"
is "a file that can't be written" "$RC" 2
history --csv "$TMP/b.csv" --otava "$TMP/./b.csv"
ended "two answers in one file" 2 "--csv and --otava"
check "neither is written" [ ! -e "$TMP/b.csv" ]
for i in 1 2; do fake first$i 'fifo=1.10' STARTED=$i; fake second$i 'fifo=1.10' STARTED=$i HOST=host-two; done
history --otava "$TMP/o.csv"
ended "Otava takes one machine" 2 "of several machines"
history --since 2026-9-1
ended "a day in another form" 2 "give a day, as in 2026-11-22"
history --since '2026-11-22 ' --otava "$TMP/o.csv"
ended "a day with something behind it" 2 "--since"
history extra
is "a stray word" "$RC" 2
done_testing
