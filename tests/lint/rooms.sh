#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The rooms of harness/ stand above each other as the table of harness/README.md has them.
. "$(dirname "$0")/lint.sh"

# ROOM, rank, the libraries that it may include and others not
awk -F'|' -v OFS='\t' '/^\| `[a-z]+\/`/ {
	room = $2
	gsub(/[ `\/]/, "", room)
	libraries = ""
	for (rest = $4; match(rest, /<[^>]*>/); rest = substr(rest, RSTART + RLENGTH))
		libraries = libraries substr(rest, RSTART, RLENGTH)
	print room, ++rank, libraries
}' harness/README.md >"$TMP/rooms"

# FILE, line, ROOM, what is included with its quotes or brackets
grep -n '^#include' harness/*/*.[ch] | sed 's,^\(harness/\([a-z]*\)/[^:]*\):\([0-9]*\):#include *\([^ ]*\).*,\1\t\3\t\2\t\4,' \
	>"$TMP/includes"

unlisted() {
	for room in harness/*/; do
		room=$(basename "$room")
		ls "harness/$room"/*.[ch] >/dev/null 2>&1 || continue
		[ "$(cut -f1 "$TMP/rooms" | grep -cx "$room")" = 1 ] ||
			printf 'harness/README.md\t1\t%s\tthis room is not in the table, or twice\n' "$room"
	done
	while read -r room _; do
		[ -d "harness/$room" ] || printf 'harness/README.md\t1\t%s\tthere is no such room\n' "$room"
	done <"$TMP/rooms"
}

downward() {
	awk -F'\t' -v OFS='\t' '
		FILENAME == ARGV[1] { rank[$1] = $2; next }
		match($4, /^"[a-z]+\//) {
			other = substr($4, 2, RLENGTH - 2)
			if (other in rank && rank[other] > rank[$3])
				print $1, $2, "-", "includes " $4 ": " other "/ stands below " $3 "/ in harness/README.md"
		}' "$TMP/rooms" "$TMP/includes"
}

libraries() {
	awk -F'\t' -v OFS='\t' '
		FILENAME == ARGV[1] {
			for (rest = $3; match(rest, /<[^>]*>/); rest = substr(rest, RSTART + RLENGTH)) {
				library = substr(rest, RSTART, RLENGTH)
				users[library] = users[library] " " $1 " "
			}
			next
		}
		($4 in users) && !index(users[$4], " " $3 " ") {
			print $1, $2, "-", "includes " $4 ", which is left to:" users[$4]
		}' "$TMP/rooms" "$TMP/includes"
}

# Headers that lead back to themselves; tsort names them.
circles() {
	awk -F'\t' '$1 ~ /\.h$/ && $4 ~ /^"[a-z]+\/.*\.h"$/ { print substr($1, 9), substr($4, 2, length($4) - 2) }' \
		"$TMP/includes" | tsort 2>&1 >/dev/null |
		sed -n '/loop/d; s/^tsort: \(.*\)/harness\/\1\t1\t-\tis part of a circle of headers/p'
}

# No include shows this: a function declared in one room and defined in another.
declared_elsewhere() {
	ctags -x --languages=C --langmap=C:.h --kinds-C=p --fields=+n --_xformat='%N	%F	%n' harness/*/*.h | sort >"$TMP/declared"
	ctags -x --languages=C --langmap=C:.c --kinds-C=f --_xformat='%N	%F	%{file}' harness/*/*.c |
		awk -F'\t' -v OFS='\t' '$3 == "-" { print $1, $2 }' | sort >"$TMP/defined"
	join -t'	' "$TMP/declared" "$TMP/defined" | awk -F'\t' -v OFS='\t' '{
		split($2, declared, "/")
		split($4, defined, "/")
		if (declared[2] != defined[2])
			print $2, $3, $1, "is defined in " $4
	}'
}

clean "every room of harness/ is in the table of harness/README.md" rooms unlisted
clean "a room includes only rooms above it in that table" downward downward
clean "a library is included only by the rooms that the table gives it to" libraries libraries
clean "no header includes itself through others" circles circles
clean "a header declares what its own room defines" declared declared_elsewhere
done_testing
