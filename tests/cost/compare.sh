#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What compare costs, and how it grows: blocks x 6 policies x 40 metrics, every metric compared. By hand:
#	harness/lab/chroot.sh tests/cost/compare.sh [BLOCKS...]      (default: 20 200 2000)
. "$(dirname "$0")/../tap.sh"
. tests/cli/home.sh
. tests/cli/fake_runs.sh
SCXBENCH=$B/scxbench

# CPU time of the best of three, so that other work on the machine does not count. The second line of times is
# that of the children: 0m1.20s 0m0.10s.
seconds() {
	for _ in 1 2 3; do
		( "$SCXBENCH" compare --results "$TMP/results" --json "$@" >"$TMP/out"; times )
	done | awk 'NR % 2 == 0 { split($0, t, /[ms ]+/); print 60 * (t[1] + t[3]) + t[2] + t[4] }' | sort -n | head -1
}

[ $# -gt 0 ] || set -- 20 200 2000
printf '%8s  %12s  %12s  %12s  %12s\n' blocks 'two policies' 'two runs' 'same, --all' 'rows of it'
for blocks; do
	for id in "a$blocks" "b$blocks"; do
		fake "$id" 'p1=1.1 p2=0.9 p3=1 p4=1.02 p5=0.98' BLOCKS="$blocks" WORKS='build=10' METRICS=40
	done
	printf '%8s  %12s  %12s  %12s' "$blocks" "$(seconds --all "a$blocks:p1" "a$blocks:p2")" \
		"$(seconds "a$blocks" "b$blocks")" "$(seconds --all "a$blocks" "b$blocks")"
	printf '  %12s\n' "$(grep -c '"basis"' "$TMP/out")"
done
