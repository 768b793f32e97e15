#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Any policy of a run can be what the others are compared with, in every form; fair need not be in the run.
. "$(dirname "$0")/../tap.sh"
. "$(dirname "$0")/home.sh"

# old is the fastest, new the slowest; how often it ran in the run makes the noise.
workload work 'echo >>$TMP/ran; n=$(wc -l <$TMP/ran)
	case $DOUBLE_POLICY in old*) t=1$((n % 7)) ;; new) t=3$((n % 5)) ;; *) t=2$((n % 5)) ;; esac
	echo "metric time s lower $t" >&$SCXB_RESULT_FD'
take() { : >"$TMP/ran"; run "$SCXBENCH" bench --results "$TMP/results" --seed 1 --no-warmup --no-instrumented -w work "$@"; }
member() { sed -n "s/.*\"$2\":\(\[[^]]*\]\|\"[^\"]*\"\|null\).*/\1/p" "$TMP/results/runs/$1/run.json"; }
page() { echo "$TMP/results/report/$1/index.html"; }

take -s old=vtime -s new=fifo --baseline old --aa -b 8 --run-id pair
is "a run without fair, compared with another of its policies" "$RC $(member pair baseline)" '0 "old"'
is "which is taken twice" "$(member pair policies)" '["old","new","old#2"]'
check "the terminal names it: $(head -1 "$TMP/out")" sh -c 'head -1 "$1" | grep -q "^ratio to old"' sh "$TMP/out"
check "there is a verdict" grep -qE '▼ slower|\? inconclusive' "$TMP/out"
check "and a sentence with it" grep -q '^new finishes work in .* more time.* than old' "$TMP/out"
check "its second arm is the noise" grep -q 'A/A: noise' "$TMP/out"
check "which a sentence names" grep -q 'By the A/A arm (old against old)' "$TMP/out"
check "the page too" grep -q 'Ratio to old, of each' "$(page pair)"
check "nothing but the environment has EEVDF, or a ratio to fair" \
	sh -c '! sed "s/<[^>]*>//g" "$1" "$2" | grep -vx fairEEVDF | grep -E "EEVDF|to fair|with fair"' sh "$TMP/out" "$(page pair)"
check "nor does results.json" sh -c '! grep -E "EEVDF" "$1"' sh "$TMP/results/report/pair/results.json"
check "which has the baseline" grep -q '"baseline": "old"' "$TMP/results/report/pair/results.json"
check "the command has it" grep -q -- "-w work --baseline 'old' --no-warmup" "$TMP/results/runs/pair/run.json"

DOUBLE_AT=attach:4:int take -s old=vtime -s new=fifo --baseline old --aa -b 2 --run-id cut
run "$SCXBENCH" bench --results "$TMP/results" --resume cut
is "resumed with it" "$RC $(member cut baseline) $(find "$TMP/results/runs/cut" -name 'sample-*' | wc -l)" '0 "old" 6'

take -s fair -s old=vtime -s new=fifo -b 8 --no-aa --run-id three
run "$SCXBENCH" report --results "$TMP/results" --baseline old three
check "a report of a run with fair can take another baseline" sh -c 'head -1 "$1" | grep -q "^ratio to old"' sh "$TMP/out"
check "fair is then a policy like others" grep -q 'new finishes work in .* than old' "$TMP/out"
check "the page says so" grep -q 'Ratio to old, of each' "$(page three)"
run "$SCXBENCH" report --results "$TMP/results" three
check "the run keeps its own" sh -c 'head -1 "$1" | grep -q "^ratio to fair"' sh "$TMP/out"
run "$SCXBENCH" compare --results "$TMP/results" --baseline old pair three
is "two runs are compared by their ratio to it" "$RC" 0
check "which the head says: $(head -40 "$TMP/out")" grep -q "A / its old" "$TMP/out"
run "$SCXBENCH" compare --results "$TMP/results" pair three
ended "not by two baselines" 2 "the baseline is old in pair and fair in three"
run "$SCXBENCH" report --results "$TMP/results" --baseline odl three
ended "a slip" 2 "run three has no policy 'odl': did you mean old? it has"

take -s fair -s fifo --baseline vtime
ended "a baseline that is not taken" 2 "add -s vtime"
take -s fifo --aa
ended "no baseline to take twice" 2 "name another --baseline"
done_testing
