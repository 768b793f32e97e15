#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# top.sh   what top costs at one look a second: the same work under one policy with top stopped, with top, and with top
# and the kernel measuring the ops, in turn, in one machine. The lab; BLOCKS (15), LOOPS (20000), POLICY (fifo).
#
# Each line: the ratio of the work's time to that without top in the same block, median and quartiles. The last: CPU
# time of top a look.
set -eu
cd "$(dirname "$0")/../.."
if [ "${1:-}" != guest ]; then
	harness/lab/chroot.sh make -s O=.build/lab build
	exec harness/lab/run.sh .build/lab/scxbench run "${POLICY:-fifo}" -- \
		sh tests/cost/top.sh guest "${BLOCKS:-15}" "${LOOPS:-20000}"
fi

BLOCKS=$2 LOOPS=$3 TMP=$(mktemp -d)
.build/lab/scxbench top --json --no-costs >"$TMP/looks" &
TOP=$!
trap 'kill -CONT $TOP; kill $TOP' EXIT
until [ -s "$TMP/looks" ]; do sleep 0.1; done

arm() {
	case $1 in off) kill -STOP $TOP ;; *) kill -CONT $TOP ;; esac
	case $1 in costs) costs=1 ;; *) costs=0 ;; esac
	echo $costs >/proc/sys/kernel/bpf_stats_enabled
}
ticks() { awk '{ print $14 + $15 }' /proc/$TOP/stat; }

BEFORE=$(ticks) LOOKS=$(wc -l <"$TMP/looks")
for block in $(seq "$BLOCKS"); do
	case $((block % 3)) in 0) order='off looks costs' ;; 1) order='looks costs off' ;; 2) order='costs off looks' ;; esac
	for arm in $order; do
		arm "$arm"
		echo "$block $arm $(perf bench sched pipe -l "$LOOPS" 2>/dev/null | awk '/Total time/ { print $3 }')"
	done
done >"$TMP/times"
arm off
for arm in looks costs; do
	awk -v arm=$arm '{ t[$1, $2] = $3; if ($1 > n) n = $1 } END { for (i = 1; i <= n; i++) print t[i, arm] / t[i, "off"] }' \
		"$TMP/times" | sort -n | awk -v arm=$arm '{ x[NR] = $1 }
		END { printf "%s: %.3f (%.3f to %.3f) of %d\n", arm, x[int((NR + 1) / 2)], x[int((NR + 3) / 4)], x[int((3 * NR + 1) / 4)], NR }'
done
awk '$2 == "off" { s += $3; n++ } END { printf "without: %.2f s\n", s / n }' "$TMP/times"
echo "$(($(ticks) - BEFORE)) ticks of 10 ms in $(($(wc -l <"$TMP/looks") - LOOKS)) looks"
