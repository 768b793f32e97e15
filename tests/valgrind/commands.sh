#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Commands on a store of made-up runs, the optimised program under valgrind: no error, and nothing lost. The sanitizers
# see the unit tests; this sees what they can't, values that were never set.
. "$(dirname "$0")/../tap.sh"
. "$(dirname "$0")/../cli/home.sh"
. "$(dirname "$0")/../cli/fake_runs.sh"
without_tools

for i in 1 2 3 4 5 6 7 8; do fake m$i 'fifo=1.10 vtime=0.95' STARTED=$i; done
fake lossy 'fifo=1.30 vtime=0.95' STARTED=9 BAD='fifo:2=ejected vtime:*=void' GONE='3 7'
fake kept 'fifo=1.10' STARTED=10 PLAN=custody
"$SCXBENCH" store --results "$TMP/results" --tag last-good m7

# clean CODE ARGS...   the command ends with this code, and valgrind with nothing to say
clean() {
	code=$1; shift
	run valgrind -q --error-exitcode=99 --leak-check=full --errors-for-leak-kinds=definite --log-file="$TMP/valgrind" \
		"$SCXBENCH" "$@" --results "$TMP/results"
	is "scxbench $1 ${2:-}" "$RC: $(head -20 "$TMP/valgrind")" "$code: "
}
clean 0 report m8
clean 0 share m8
clean 0 share lossy fifo
clean 0 report lossy
clean 0 report --list
clean 0 compare m7 m8
clean 1 compare m8 lossy
clean 0 compare m8:fifo m8:vtime --json
clean 0 regress --junit "$TMP/junit.xml" m8
clean 1 regress lossy
clean 0 history
clean 0 history --csv "$TMP/a.csv" --openmetrics "$TMP/a.prom" --otava "$TMP/a.otava"
clean 0 history --json
for i in 1 2 3 4; do fake f$i 'fifo=1.10 vtime=0.95' PLAN=fleet HOST=host-$i STARTED=$((100000 * i)); done
clean 0 fleet answer --plan fleet
clean 0 fleet answer --plan fleet --json
clean 0 fleet history --plan fleet
clean 4 fleet gate --plan fleet --bless
for i in 1 2 3 4; do fake g$i 'fifo=1.10 vtime=1.20' PLAN=fleet HOST=host-$i STARTED=$((100000 * i + 500000)); done
clean 1 fleet gate --plan fleet
clean 0 fleet history --plan fleet --json
clean 0 store --list
clean 0 export "$TMP/all.db"
clean 0 import "$TMP/all.db"
clean 0 store --prune --days 1
clean 0 store --remove lossy
clean 2 report nothing
done_testing
