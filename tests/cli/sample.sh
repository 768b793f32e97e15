# SPDX-License-Identifier: GPL-2.0-or-later
# A workload run by hand, as scxbench would. Sourced after tap.sh by tests in this folder, which run in the lab's root.

WORKLOADS=$PWD/.build/lab/workloads
mkdir "$TMP/bin" "$TMP/scratch"
export PATH="$TMP/bin:$PATH" SCXB_CPUS=2 SCXB_SEED=1 SCXB_SCALE=1 SCXB_SCRATCH="$TMP/scratch" SCXB_RESULT_FD=3

# describe NAME   what it says of itself is in $TMP/out
describe() { run "$WORKLOADS/$1" --describe; }
# sample NAME [VARIANT]   its results are in $TMP/out, its log is in $TMP/log and the last line of that in $WHY
# shellcheck disable=SC2034 # for the tests that source this
sample() {
	RC=0
	(cd "$TMP/scratch" && SCXB_VARIANT=${2:-} exec "$WORKLOADS/$1" run) 3>"$TMP/out" >"$TMP/log" 2>&1 || RC=$?
	WHY=$(tail -n 1 "$TMP/log")
}
# value NAME   of a metric, or why it is absent
value() { sed -nE "s/^(metric $1 [^ ]+ [a-z]+|absent $1 [^ ]+) //p" "$TMP/out"; }
# binned NAME   how many values a histogram holds
binned() { sed -n "s/^hist $1 [^ ]* //p" "$TMP/out" | tr ' ' '\n' | awk -F: 'NF == 1 { n += $1 } { n += $3 } END { print n + 0 }'; }
# quantile NAME Q   the lower edge of its bin, in whole units
quantile() {
	awk -v name="$1" -v q="$2" '$1 == "hist" && $2 == name {
		for (i = 5; i <= NF; i++) { split($i, b, ":"); n += b[3] }
		for (i = 5; i <= NF && below < q * n; i++) { split($i, b, ":"); below += b[3] }
		print int(b[1])
	}' "$TMP/out"
}
# is_from NAME GOT LOW HIGH
is_from() { if [ "${2:--1}" -ge "$3" ] && [ "$2" -le "$4" ]; then ok "$1"; else is "$1" "${2:-nothing}" "$3 to $4"; fi; }
# program NAME   puts a double of it into PATH, whose script is stdin
program() {
	{ echo '#!/bin/sh'; cat; } >"$TMP/bin/$1"
	chmod +x "$TMP/bin/$1"
}
