#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# profile.sh DIR   what the counter saw in a boot of the exact lab (boot.sh), as a table for each workload: instructions an
# operation, by function of the kernel, by BPF program and op, and of user space as a whole; a column a policy. DIR has the
# counter's windows, in the order of the samples, the kernel's symbols, and each sample's BPF code in its log.
set -eu
DIR=$1 RUN=$1/runs/exact
LEAST=5 # instructions an operation: what needs less under every policy is in one line

# The symbols, as "ADDRESS NAME" by address; of 16 hexadecimal digits each, so that they sort and compare as text.
gzip -dc "$DIR/symbols.gz" | awk '$2 ~ /[tTwW]/ && $4 != "[bpf]" { print $1, $3 }' | LC_ALL=C sort >/tmp/symbols

# parts POLICY WORKLOAD OPS CODE <WINDOW   "WORKLOAD POLICY FUNCTION INSTRUCTIONS"
parts() {
	sed -n 's/^code \([0-9a-f]*\) [^ ]* \([^ \t]*\).*/\1 \2/p' "$4" | cat - /tmp/symbols | sed 's/$/ symbol/' |
		cat - "$5" | LC_ALL=C sort -k1,1 -k3,3r | awk -v policy="$1" -v workload="$2" -v ops="$3" '
		$3 == "symbol" {
			name = $2
			if (sub(/^bpf_prog_[0-9a-f]*_/, "", name)) name = "BPF " name
			else if (sub(/^bpf_trampoline_.*/, "", name)) name = "BPF trampolines"
			next
		}
		{ sum[$1 < "8" ? "user space" : name] += $2 }
		END { for (name in sum) printf "%s\t%s\t%s\t%.3f\n", workload, policy, name, sum[name] / ops }'
}

# A window a sample.
awk -v to=/tmp/window- '$1 == "window" { close(name); n++; name = to n; printf "" >name; next } { print >name }' "$DIR/profile"
n=0
for sample in "$RUN"/sample-*.json; do
	n=$((n + 1))
	# shellcheck disable=SC2046  # three words
	set -- $(sed -n 's/.*"policy":"\([^"]*\)","workload":"\([^"]*\)".*"name":"ops",[^}]*"value":\([0-9]*\).*/\1 \2 \3/p' "$sample")
	[ $# = 3 ] || continue
	name=${sample##*/sample-}
	parts "$@" "$RUN/logs/${name%.json}-workload.log" "/tmp/window-$n"
done >/tmp/parts

awk -F '\t' -v least="$LEAST" '
	!($1 in seen) { seen[$1]; work[++works] = $1 }
	!($2 in known) { known[$2]; policy[++policies] = $2 }
	{ part[$1, $2, $3] = $4; total[$1, $2] += $4; if ($4 > most[$1, $3]) most[$1, $3] = $4; all[$3] }
	function line(w, name,   i, text) {
		text = sprintf("%-48s", name)
		for (i = 1; i <= policies; i++) {
			text = text sprintf(" %11.1f", part[w, policy[i], name])
			left[policy[i]] -= part[w, policy[i], name]
		}
		return text
	}
	END {
		for (w = 1; w <= works; w++) {
			printf "%s%-48s", (w > 1) ? "\n" : "", work[w] ", instructions an operation"
			for (i = 1; i <= policies; i++) { printf " %11.11s", policy[i]; left[policy[i]] = total[work[w], policy[i]] }
			printf "\n"
			sorter = "LC_ALL=C sort -t \"\t\" -k1,1gr | cut -f 2-"
			for (name in all)
				if (most[work[w], name] >= least) print most[work[w], name] "\t" line(work[w], name) | sorter
			close(sorter)
			printf "%-48s", "each less than " least
			for (i = 1; i <= policies; i++) printf " %11.1f", left[policy[i]]
			printf "\n%-48s", "all"
			for (i = 1; i <= policies; i++) printf " %11.1f", total[work[w], policy[i]]
			printf "\n"
		}
	}' /tmp/parts
