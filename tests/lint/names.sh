#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Names that tags, debuggers and readers can tell apart: fifteen functions called add() are none.
. "$(dirname "$0")/lint.sh"

# Words that are whole names, by convention.
CONVENTIONAL='main usage'

bare_verbs() {
	product | grep '\.c$' >"$TMP/files"
	ctags -L "$TMP/files" -x --languages=C --langmap=C:.c --kinds-C=f --fields=+n --_xformat='%F	%n	%N	%{file}' |
		awk -F'\t' -v OFS='\t' -v conventional=" $CONVENTIONAL " '
			$4 != "-" && $3 !~ /_/ && !index(conventional, " " $3 " ") {
				print $1, $2, $3, "a file-local name of one word: say of what" }'
}

not_a_sentence() {
	awk '/^static void test_[a-z0-9_]*\(void \*\*/ {
		printf "%s\t%d\t-\ta unit test is named by what holds, as in an_empty_run_has_no_ratio()\n", FILENAME, FNR
	}' tests/unit/*.c
}

clean "a unit test is named by what holds" tests not_a_sentence
name="a file-local function says in its name what it is about"
if [ -n "${LINT_NAMES:-}" ]; then
	clean "$name" names bare_verbs
else
	skip "$name" "$(bare_verbs | wc -l) do not yet; LINT_NAMES=1 enforces it and lists them"
fi
done_testing
