#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# scxbench custody: a run of its own through the same steps, its verdict in the exit code, shown from the store.
. "$(dirname "$0")/../tap.sh"
. "$(dirname "$0")/home.sh"

workload storm 'echo "metric time s lower $STORM_SECONDS" >&$SCXB_RESULT_FD'

custody() {
	: >"$DOUBLE_TRACE"
	run "$SCXBENCH" custody --results "$TMP/results" --seed 1 "$@"
}
column() { awk -v row="$1" '$1 == row { $1 = ""; print }' "$TMP/out"; }

custody --run-id good --duration 3
is "every ledger balances: exit 0" "$RC" 0
is "every policy of this repo takes part, and not fair" "$(column policy)" " $(cd "$B/schedulers" && echo *.bpf.o | sed 's/\.bpf\.o//g')"
is "each is under the storm once" "$(grep -c attach "$DOUBLE_TRACE")" "$(find "$B/schedulers" -name '*.bpf.o' | wc -l)"
is "and balanced" "$(column ledger | tr ' ' '\n' | sort -u | tr -d '\n')" balanced
check "the storm lasts as long as asked" grep -q '"value": *3[.0,}]' "$TMP/results/runs/good/sample-0001.json"
check "the page is written" grep -q balanced "$TMP/results/report/custody.html"
check "the command that repeats it is kept" grep -q 'custody --duration 3 --seed 1' "$TMP/results/runs/good/run.json"

custody --run-id limit -s fifo --attach-limit 90s
is "a command may have longer to attach" "$RC" 0
check "which is kept in the command, too" grep -q 'custody --duration 15 --seed 1 --attach-limit 90s' "$TMP/results/runs/limit/run.json"
custody --attach-limit soon
is "for a time" "$RC" 2

DOUBLE_AT=ledger:1:fail custody --run-id bad -s fifo
is "a ledger that does not balance: exit 1" "$RC" 1
is "it is named" "$(column ledger)" " unbalanced"
DOUBLE_AT=ledger:1:fail custody --run-id bad-files -s fifo --files-only
is "also when the run is left as files" "$RC" 1
DOUBLE_AT=beat:1:eject custody --run-id ejected -s fifo
is "an ejected policy: exit 1" "$RC" 1
check "and why" grep -q 'fifo is ejected: runnable task stall' "$TMP/out"
DOUBLE_AT=attach:2:int custody --run-id int -s fifo -s vtime
is "interrupted: exit 130" "$RC" 130

run "$SCXBENCH" custody --show --results "$TMP/results" good
is "shown again from the store: exit 0" "$RC" 0
run "$SCXBENCH" custody --show --results "$TMP/results" good bad
is "one of two that fails is reported: exit 1" "$RC" 1
is "side by side, eevdf of both first" "$(column policy | cut -d' ' -f2-3)" "eevdf eevdf"
run "$SCXBENCH" custody --show --json --results "$TMP/results" bad
is "as JSON, with the same verdict" "$RC $(grep -c '"ledger": "unbalanced"' "$TMP/out")" "1 1"

check "a report without any comparison is the custody page" "$SCXBENCH" report --results "$TMP/results"
bench -s fair -s fifo -w quick --run-id compared --no-instrumented
check "a comparison links to the page" grep -q custody.html "$TMP/results/report/compared/index.html"
run "$SCXBENCH" report --results "$TMP/results"
check "the latest report is of the comparison" grep -q 'quick' "$TMP/out"

DOUBLE_AT=ledger:1:fail bench -s fifo -w quick --run-id refused --no-instrumented
is "the bench refuses a sample whose ledger does not balance" \
	"$RC $(grep -c '"status": *"void"' "$TMP/results/runs/refused/sample-0001.json")" "1 1"

custody -s fair
ended "fair has no custody" 2 "fair takes no task"
ln -s "$B/harness/collect" "$SCXBENCH_HOME/harness"
custody --run-id foreign -s fifo -s x=cmd:true
is "one without a ledger is audited, one with a ledger is not" "$RC $(column policy)" "0  fifo x, audited"
audit() { run "$SCXBENCH" audit --results "$TMP/results" --seed 1 "$@"; }
audit --run-id audited -s fifo
is "an audit has the ledger and what was seen from outside" "$RC $(column policy)" "0  fifo fifo, audited"
check "nothing is said of what it did not see" sh -c "! grep -E 'null|nan' $TMP/out"
check "and says so" grep -q 'Seen from outside, 1 of 1 are the same' "$TMP/out"
check "the command that repeats it is kept" grep -q 'scxbench audit --duration' "$TMP/results/runs/audited/run.json"
DOUBLE_AT=ledger:1:fail audit --run-id differs -s fifo
is "where they differ: exit 1" "$RC $(column ledger)" "1  unbalanced differs"
bench -s fifo -s x=cmd:true -w quick --run-id extra --audit-custody
audited() { grep -l '"audit.custody' "$TMP"/results/runs/extra/sample-*.json; }
is "a bench audits the extra samples alone, also of a command" \
	"$RC $(audited | xargs grep -l '"instrumented":true' | wc -l) $(audited | wc -l)" "0 2 2"
for policy in x fifo; do
	check "the report has that of $policy" grep -q "$policy, audited" "$TMP/results/report/extra/index.html"
done
check "the command that repeats it is kept" grep -q -e --audit-custody "$TMP/results/runs/extra/run.json"
run "$SCXBENCH" bench --audit-custody --no-instrumented -s fifo -w quick
ended "there must be extra samples" 2 "--no-instrumented leaves out"
run "$SCXBENCH" bench --audit-custody --plan quick -s fair -s fifo -w quick
ended "also in the plan" 2 "which plan quick has not"
custody --duration 0
ended "no time" 2 "--duration '0'"
custody --duration x
ended "a duration that is not a number" 2 "'x'"
custody stray
ended "a stray word" 2 "'stray'"
run "$SCXBENCH" custody --show --results "$TMP/results" nosuch
ended "a run that is not there" 2 "nosuch"
run "$SCXBENCH" custody --show --results "$TMP/results" compared
ended "a run that is a comparison" 2 "not a custody run"
run "$SCXBENCH" report --results "$TMP/results" good
ended "a custody run is not a comparison" 2 "custody --show good"
done_testing
