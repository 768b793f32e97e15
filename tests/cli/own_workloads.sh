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
done_testing
