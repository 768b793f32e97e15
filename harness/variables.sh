#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# variables.sh NAME...   prints what is wrong with the first of these variables, which a person gave to make or to the
# lab: it is the Makefile's own, or looks like a slip. Make takes any variable and ignores what it does not know.
#
# Known is what the help of the Makefile and the lab's README name, and what a Makefile is commonly given. A name that
# resembles none of them passes: packagers give theirs to every Makefile.
cd "$(dirname "$0")/.." || exit 1

{
	echo V CC CFLAGS LDFLAGS LDLIBS VERSION PKGS | tr ' ' '\n' | sed 's/^/known /'
	echo AR ARCH CPP CPPFLAGS CXX CXXFLAGS LD MAKEFLAGS SHELL | tr ' ' '\n' | sed 's/^/common /'
	grep -oE '^[A-Z_]+ \?=' Makefile | sed 's/^/known /; s/ ?=$//'
	sed -n 's/.*##//p' Makefile | grep -oE '\<[A-Z_]+=' | sed 's/^/known /; s/=$//'
	sed -n 's/^| `\([A-Z_]*\)` |.*/known \1/p' harness/lab/README.md
	grep -oE '^[A-Z_]+ :?=' Makefile | sed 's/ .*//; s/^/own /'
	printf 'given %s\n' "$@"
} | awk '
	function least(a, b) { return a < b ? a : b }
	# Letters that were left out, added, mistyped or swapped, as harness/util/nearest.h counts them.
	function slips(a, b,   d, i, j) {
		for (i = 0; i <= length(a); i++) d[i, 0] = i
		for (j = 0; j <= length(b); j++) d[0, j] = j
		for (i = 1; i <= length(a); i++)
			for (j = 1; j <= length(b); j++) {
				d[i, j] = least(d[i - 1, j - 1] + (substr(a, i, 1) != substr(b, j, 1)), 1 + least(d[i - 1, j], d[i, j - 1]))
				if (i > 1 && j > 1 && substr(a, i, 1) == substr(b, j - 1, 1) && substr(a, i - 1, 1) == substr(b, j, 1))
					d[i, j] = least(d[i, j], d[i - 2, j - 2] + 1)
			}
		return d[length(a), length(b)]
	}
	# Of equally near ones, that which begins as the name does.
	function nearest(name,   k, n, best, most) {
		name = toupper(name)
		most = length(name) < 3 ? 0 : length(name) < 5 ? 1 : length(name) < 9 ? 2 : 3
		most += 0.5
		for (k in known) {
			n = slips(name, k) + (substr(k, 1, 3) != substr(name, 1, 3)) / 2
			if (n < most || (n == most && k < best)) { best = k; most = n }
		}
		return best
	}
	$1 == "known" { known[$2] = 1 }
	$1 == "common" { common[$2] = 1 }
	$1 == "own" { own[$2] = 1 }
	$1 == "given" && NF == 2 && !($2 in known) && !($2 in common) {
		near = nearest($2)
		if (near) near = ": did you mean " near "?"
		if ($2 in own) print $2 " is a variable of the Makefile itself" (near ? near : ", see make help")
		else if (near || $2 ~ /^LAB_/) print "unknown variable " $2 (near ? near : ", see harness/lab/README.md")
		else next
		exit
	}'
