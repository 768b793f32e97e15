#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# ctl.sh [WORKLOAD...]   what a change by libscxbench-ctl and a hint through the broker cost, in instructions, counted in the
# exact lab under POLICY (vtime). `make bench-ctl` runs it. Nothing is checked.
#
# A change: the mean of 32, of the median of nine parts, for a target (rows) and what is set for it; "reset" is a slice that
# is set and reset in turn. A hint is counted on both sides of the socket. Workloads: ctl and hints, or a variant, like
# ctl#tid-cpu.
set -eu
cd "$(dirname "$0")/../.."

OUT=$(mktemp)
trap 'rm -f "$OUT"' EXIT
HERE=/src/.build/lab/tests/cost
[ $# -gt 0 ] || set -- ctl hints
for workload; do
	shift
	set -- "$@" -w "$HERE/${workload%%#*}/$workload"
done
SEEDS=1 CPUS=1 PROFILE="" FIGURES=$OUT harness/lab/exact.sh -s "${POLICY:-vtime}" "$@" >&2
awk '{
		name = $1
		sub(/^(ctl|hints)-/, "", name)
		key = name
		sub(/.*-/, "", key)
		sub(/-.*/, "", name)
		if ($1 ~ /^hints-/) name = "hint"
		if (key == name) key = "slice_us"
		if (!(key in column)) { column[key]; keys[++nr_keys] = key }
		if (!(name in row)) { row[name]; names[++nr_names] = name }
		cost[name, key] = sprintf("%.0f", $3)
	}
	END {
		printf "%-12s", "instructions"
		for (k = 1; k <= nr_keys; k++) printf " %9s", keys[k]
		for (n = 1; n <= nr_names; n++) {
			printf "\n%-12s", names[n]
			for (k = 1; k <= nr_keys; k++) printf " %9s", cost[names[n], keys[k]]
		}
		printf "\n"
	}' "$OUT"
