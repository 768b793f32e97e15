#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The form of C files: formatted, no line too wide, the licence first, the own header before all others.
. "$(dirname "$0")/lint.sh"

# The first line of a file that the formatter would write otherwise; `make format` writes all.
unformatted() {
	c_files | xargs clang-format-19 --dry-run 2>&1 |
		sed -n 's/^\([^:]*\):\([0-9]*\):[0-9]*: warning:.*/\1\t\2\t-\tnot as .clang-format has it: make format/p' |
		sort -t'	' -u -k1,1
}

# In columns, not bytes. A string may be longer: it is found by looking for what was printed.
wide() {
	c_files | LC_ALL=C xargs awk '
		function columns(line, part, n, at, i) {
			gsub(/[\200-\277]/, "", line)
			n = split(line, part, "\t")
			for (i = 1; i <= n; i++)
				at += length(part[i]) + (i < n ? 8 - (at + length(part[i])) % 8 : 0)
			return at
		}
		length($0) > 70 && !/"/ && columns($0) > 110 {
			printf "%s\t%d\t-\t%d columns, at most 110\n", FILENAME, FNR, columns($0)
		}'
}

licence() {
	c_files | xargs awk 'FNR == 1 && $0 != "/* SPDX-License-Identifier: GPL-2.0-or-later */" {
		printf "%s\t1\t-\tthe first line is not the licence\n", FILENAME }'
}

# A header that its own source includes first needs nothing before it.
own_header_first() {
	product | grep '\.c$' | xargs awk '
		FNR == 1 {
			first = 0
			n = split(FILENAME, part, "/")
			own = substr(part[n], 1, length(part[n]) - 2) ".h"
			there = "\"" part[n - 1] "/" own "\""
			own = "\"" own "\""
		}
		/^#include/ && !first { first = FNR }
		/^#include/ && ($2 == own || $2 == there) && FNR != first {
			printf "%s\t%d\t-\t%s is not the first include\n", FILENAME, FNR, $2
		}'
}

clean "every C file is formatted" format unformatted
clean "no line is wider than 110 columns but for a string" width wide
clean "every C file begins with its licence" licence licence
clean "a source includes its own header first" own-header own_header_first
done_testing
