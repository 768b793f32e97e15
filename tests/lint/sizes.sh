#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Small parts: files of at most 400 lines, functions of at most 40 lines and 4 parameters.
. "$(dirname "$0")/lint.sh"

c_files >"$TMP/files"
# FILE, line, name, last line, signature
ctags -L "$TMP/files" --languages=C --langmap=C:.c.h --kinds-C=f --fields=+neS -x \
	--_xformat='%F	%n	%N	%{end}	%S' >"$TMP/functions"

long_files() {
	xargs wc -l <"$TMP/files" | awk '$2 != "total" && $1 > 400 { printf "%s\t%d\t-\t%d lines, at most 400\n", $2, $1, $1 }'
}

long_functions() {
	awk -F'\t' -v OFS='\t' '$4 - $2 >= 40 { print $1, $2, $3, ($4 - $2 + 1) " lines, at most 40" }' "$TMP/functions"
}

# BPF_PROG and its like have the arguments of the kernel function that they watch.
many_parameters() {
	awk -F'\t' -v OFS='\t' '$3 !~ /^[A-Z_]+$/ {
		n = 1
		depth = 0
		for (i = 1; i <= length($5); i++) {
			c = substr($5, i, 1)
			depth += c == "(" ? 1 : c == ")" ? -1 : 0
			n += c == "," && depth == 1
		}
		if (n > 4) print $1, $2, $3, n " parameters, at most 4"
	}' "$TMP/functions"
}

median() {
	product | xargs wc -l | awk '$2 != "total" { print $1 }' | sort -n |
		awk '{ lines[NR] = $1 } END { m = lines[int((NR + 1) / 2)]; if (m > 90) printf "-\t0\t-\t%d lines\n", m }'
}

clean "no C file has more than 400 lines" lines long_files
clean "no function has more than 40 lines" function-lines long_functions
clean "no function has more than 4 parameters" parameters many_parameters
clean "half of the product's C files have at most 90 lines" median median
done_testing
