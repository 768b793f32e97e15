# SPDX-License-Identifier: GPL-2.0-or-later
# What the checks of `make lint` share; sourced. They run in the lab's root, where their tools are.
. "$(dirname "$0")/../tap.sh"

O=${O:-.build/lab}

# All C files, or those of the product
c_files() { find harness schedulers workloads tests -name '*.[ch]' | sort; }
product() { find harness schedulers workloads -name '*.[ch]' | sort; }

# clean NAME CHECK CMD...   passes when CMD finds nothing. It prints a line a finding: FILE, line, what in the
# file ("-": the file itself) and the text, tabs between. Findings that tests/lint/exceptions lists by CHECK,
# FILE and what are no failure; an exception without its finding is one.
clean() {
	name=$1 check=$2; shift 2
	"$@" >"$TMP/found" 2>"$TMP/failed" || { cat "$TMP/failed"; echo "$* ended with an error"; } >>"$TMP/found"
	awk -F'\t' -v check="$check" '
		FILENAME != ARGV[2] { split($0, word, " "); if (word[1] == check) allowed[word[2] " " word[3]] = FNR; next }
		NF < 4 { print; next }
		($1 " " $3) in allowed { seen[$1 " " $3] = 1; next }
		{ print $1 ":" $2 ": " ($3 == "-" ? "" : $3 ": ") $4 }
		END { for (a in allowed) if (!(a in seen))
			print "tests/lint/exceptions:" allowed[a] ": " check " " a ": no longer needed" }
	' tests/lint/exceptions "$TMP/found" >"$TMP/left"
	if [ -s "$TMP/left" ]; then not_ok "$name"; diag <"$TMP/left"; else ok "$name"; fi
}

# stamps TARGET   what clang-tidy finds where its stamps of that target are not of today
stamps() {
	make -s -k -j"$(nproc)" O="$O" "$1" 2>"$TMP/make" |
		sed -n 's/^\([^:]*\):\([0-9]*\):[0-9]*: [a-z]*: \(.*\)/\1\t\2\t-\t\3/p' | sort -u
	grep -v '^make' "$TMP/make" || :
}
