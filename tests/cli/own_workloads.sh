#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Workloads from outside of the tree, in the folder that the environment names.
. "$(dirname "$0")/../tap.sh"
. "$(dirname "$0")/home.sh"

mkdir -p "$TMP/my own"
sed 's/lower 1.5/lower 2.5/' "$SCXBENCH_HOME/workloads/quick" >"$TMP/my own/mine"
chmod +x "$TMP/my own/mine"
run "$SCXBENCH" list --names workloads
is "what is elsewhere is not found" "$(tr '\n' ' ' <"$TMP/out")" "quick "
run nice -n 5 "$SCXBENCH" list --names workloads
is "what was started nice asks them too" "$RC $(tr '\n' ' ' <"$TMP/out")" "0 quick "
export SCXBENCH_WORKLOADS="$TMP/my own"
run "$SCXBENCH" list --names workloads
is "but with its folder" "$(tr '\n' ' ' <"$TMP/out")" "mine quick "
bench -s fair -s fifo -w mine --no-instrumented
is "and it is run" "$RC $(grep -l '"workload": *"mine"' "$TMP"/results/runs/*/sample-*.json | wc -l)" "0 2"
cp "$TMP/my own/mine" "$TMP/my own/quick"
run "$SCXBENCH" list --names workloads
ended "a name must not be taken twice" 2 "two workloads are named 'quick'"
SCXBENCH_WORKLOADS=$TMP/none run "$SCXBENCH" list
check "a folder that is not there is named" grep -qF "no workloads in $TMP/none" "$TMP/err"
unset SCXBENCH_WORKLOADS

# One that is named by its path.
mkdir -p "$TMP/by path"
sed 's/lower 1.5/lower 3.5/' "$SCXBENCH_HOME/workloads/quick" >"$TMP/by path/other"
chmod +x "$TMP/by path/other"
# rest   the workloads of the run that is left, each once
rest() { sed -n 's/.*"workload": *"\([^"]*\)".*/\1/p' "$TMP"/results/runs/*/sample-*.json | sort -u | tr '\n' ' '; }
again() { rm -rf "$TMP/results"; bench -s fair -s fifo --no-instrumented "$@"; }
again -w "$TMP/by path/other"
is "a path with a slash is a workload" "$RC $(rest)" "0 other "
check "... by which the run is repeated" grep -qF -- "-w '$TMP/by path/other'" "$TMP"/results/runs/*/run.json
(cd "$TMP/by path" && exec "$SCXBENCH" bench --results "$TMP/here" -b 1 --no-aa --no-warmup -s fair -w ./other) >"$TMP/out" 2>&1
is "... also from where one is" "$? $(cat "$TMP"/here/runs/*/sample-*.json | grep -c '"workload": *"other"')" "0 1"
again -w "$TMP/by path/other" -w quick
is "... beside others" "$RC $(rest)" "0 other quick "
DOUBLE_AT=attach:2:int again -w "$TMP/by path/other"
is "an interrupted run" "$RC" 130
run "$SCXBENCH" bench --results "$TMP/results" --resume "$(basename "$TMP"/results/runs/*)"
is "... goes on with it" "$RC $(rest) $(find "$TMP"/results/runs -name 'sample-*.json' | wc -l)" "0 other  2"
again -w "$TMP/by path/none"
ended "one that is not there" 2 "no workload at $TMP/by path/none: No such file or directory"
again -w "$TMP/by path/"
ended "a folder" 2 "$TMP/by path/ is no file: name an executable"
echo text >"$TMP/by path/text"
again -w "$TMP/by path/text"
ended "a file that is no program" 2 "$TMP/by path/text is not executable: chmod +x it"
printf '#!/bin/sh\nexit 1\n' >"$TMP/by path/fails"
printf '#!/bin/sh\necho "what it likes"\n' >"$TMP/by path/says"
chmod +x "$TMP/by path/fails" "$TMP/by path/says"
again -w "$TMP/by path/fails"
ended "a program that is no workload" 2 "$TMP/by path/fails is no workload: its --describe failed"
again -w "$TMP/by path/says"
ended "... nor one that says something else" 2 "$TMP/by path/says is no workload: its --describe "
cp "$TMP/by path/other" "$TMP/by path/quick"
again -w "$TMP/by path/quick"
ended "it must have a name of its own" 2 "two workloads are named 'quick'"
sed "s/'settle_s 0'/'settle_s 0' 'variant one first' 'variant two second'/" "$TMP/by path/other" >"$TMP/by path/several"
chmod +x "$TMP/by path/several"
again -w "$TMP/by path/several"
is "all of its variants" "$RC $(rest)" "0 several-one several-two "
again -w "$TMP/by path/several#two"
is "... or one of them" "$RC $(rest)" "0 several-two "
again -w "$TMP/by path/several#three"
ended "... or none" 2 "$TMP/by path/several#three: there is no such variant"
done_testing
