#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The documents are true where a program can tell: each relative link leads somewhere, each path and each source file
# that a document or a comment names is in the tree, and each message that README explains is in the code.
. "$(dirname "$0")/../tap.sh"

# What is ours, without what is built or made by a run.
find . \( -name .build -o -name .git -o -path './results/[!R]*' \) -prune -o -print | sed 's,^\./,,' >"$TMP/tree"
grep -v '^tests/unit/data/\|^LICENSE$\|\.png$' "$TMP/tree" | while read -r f; do [ ! -f "$f" ] || echo "$f"; done >"$TMP/files"
sed 's,.*/,,' "$TMP/tree" | sort -u >"$TMP/names"
grep '\.md$' "$TMP/files" >"$TMP/documents"

# none NAME   passes when stdin is empty
none() { if [ -s "$TMP/found" ]; then not_ok "$1"; diag <"$TMP/found"; else ok "$1"; fi; }

# anchors FILE   of its headings, as GitHub makes them
anchors() {
	sed -n 's/^##* //p' "$1" | tr '[:upper:]' '[:lower:]' | sed 's/&[lg]t;//g; s/[^a-z0-9 _-]//g; s/ /-/g'
}

# leads FILE TARGET   succeeds when that link of the file leads somewhere
leads() {
	path=${2%%#*} anchor=${2#"${2%%#*}"}
	file=$1
	[ -z "$path" ] || file=$(dirname "$1")/$path
	[ -e "$file" ] || return 1
	[ -z "$anchor" ] || anchors "$file" | grep -qxF "${anchor#\#}"
}

while read -r doc; do
	tr '\n' ' ' <"$doc" | grep -oE '\]\([^)]+\)' | tr -d '[]() ' | grep -v '^http' | while read -r to; do
		leads "$doc" "$to" || echo "$doc: $to"
	done
done <"$TMP/documents" >"$TMP/found"
none "every link leads somewhere"

# The text that people read: documents, and of everything else the comments. FILE:LINE:TEXT
xargs grep -nH '' <"$TMP/documents" >"$TMP/text"
grep -v '\.md$' "$TMP/files" | xargs grep -nHE '^[[:space:]]*(\*|/\*|//|#)|/\*.*\*/' |
	grep -vE ':[[:space:]]*# *(include|if|define|pragma)' >>"$TMP/text"

# Patterns and what stands for a name are no paths, and results/ is made by runs.
EXT='(h|c|sh|md|sql|gp|html|css|guest|awk|js|py|R)'
awk -v tree="$TMP/tree" '
	BEGIN { while ((getline p < tree) > 0) there[p] = 1 }
	{
		match($0, /^[^:]*:[0-9]*:/)
		where = substr($0, 1, RLENGTH); text = substr($0, RLENGTH + 1)
		while (match(text, /(harness|schedulers|workloads|plots|tests)\/[A-Za-z0-9_.\/*<>{}@$%-]*/)) {
			path = substr(text, RSTART, RLENGTH); before = substr(text, RSTART - 1, RSTART > 1)
			text = substr(text, RSTART + RLENGTH)
			sub(/[.\/-]*$/, "", path)
			source = path; sub(/\.o$/, ".c", source)
			if (before ~ /[A-Za-z0-9_.\/-]/ || path ~ /[*<>{}@$%]|[A-Z][A-Z]/ || path in there || source in there)
				continue
			if (path ".c" in there || path ~ /^schedulers\/[a-z]*\.bpf\.o$/)
				continue
			print where " " path
		}
	}' "$TMP/text" >"$TMP/found"
none "every path that is named is in the tree"

# Those of the kernel, of libraries (in angle brackets) and of the pages that are made are not ours.
# Nor is a member of a struct: s->a.c.
sed -e 's/<[a-z0-9_/]*\.h>//g' -e 's/->[a-z_.]*//g' "$TMP/text" | grep -oE "^[^:]*:[0-9]*:|[A-Za-z0-9_.-]*\.$EXT\b" | awk -v names="$TMP/names" '
	BEGIN { while ((getline n < names) > 0) there[n] = 1
		split("ext.c hwloc.h sqlite3.h types.h vmlinux.h index.html before.html two.html sched-ext.html", other)
		for (i in other) there[other[i]] = 1 }
	/:[0-9]+:$/ { where = $0; next }
	!($0 in there) && $0 !~ /^[._]|[A-Z]/ { print where " " $0 }' >"$TMP/found"
none "every source file that is named is in the tree"

# Troubleshooting has messages in backticks in its first column, of which … is what varies.
find harness \( -name '*.[ch]' -o -name '*.sh' \) -exec cat {} + >"$TMP/code"
sed -n '/^## Troubleshooting/,/^## /s/^| \([^|]*\)|.*/\1/p' README.md | grep -o '`[^`]*`' | tr -d '`' >"$TMP/messages"
sed 's/…/\n/g' "$TMP/messages" | sed 's/^ *//; s/ *$//' | while read -r part; do
	[ ${#part} -lt 4 ] || grep -qF -- "$part" "$TMP/code" || echo "$part"
done >"$TMP/found"
none "every message that README explains is in the code"
check "README explains a dozen of them" [ "$(wc -l <"$TMP/messages")" -ge 12 ]

done_testing
