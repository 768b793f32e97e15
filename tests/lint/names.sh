#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Names that tags, debuggers and readers can tell apart: fifteen functions called add() are none.
. "$(dirname "$0")/lint.sh"

# A verb by itself; a noun by itself (ratio, percent) says what comes back.
VERBS='add adjust append apply ask attach begin build check choose clear close collect compare compete copy count
	decide delete describe detach draw drop end export fail fill find finish free get go hold import init invert join
	judge keep kill leave list load look make mark match measure merge move note open parse pass pick place prepare
	print prove pull push put query rank read reap record refuse release remove report reset resolve restore resume
	round run save scan search send serve set settle share show sort spawn start stop store storm take tell test tidy
	try undo update use verify wait walk warn watch widen write'

bare_verbs() {
	product | grep '\.c$' >"$TMP/files"
	ctags -L "$TMP/files" -x --languages=C --langmap=C:.c --kinds-C=f --fields=+n --_xformat='%F	%n	%N	%{file}' |
		awk -F'\t' -v OFS='\t' -v verbs="$(echo $VERBS)" '
			BEGIN { n = split(verbs, word, " "); for (i = 1; i <= n; i++) verb[word[i]] = 1 }
			$4 != "-" && $3 in verb { print $1, $2, $3, "a file-local verb: say of what" }'
}

not_a_sentence() {
	awk '/^static void test_[a-z0-9_]*\(void \*\*/ {
		printf "%s\t%d\t-\ta unit test is named by what holds, as in an_empty_run_has_no_ratio()\n", FILENAME, FNR
	}' tests/unit/*.c
}

clean "a unit test is named by what holds" tests not_a_sentence
clean "a file-local verb has a noun" names bare_verbs
done_testing
