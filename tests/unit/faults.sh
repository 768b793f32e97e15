#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Every test that the table of faults names exists: its file or folder, and in that its name to the letter.
. "$(dirname "$0")/../tap.sh"

# FILE|NAME, one a line, from cells like `cli/steps.sh`: killed at · `cli/clock.sh`: a clock
sed -n '/^| fault /,$s/^|.*| *\(.*[^ ]\) *|$/\1/p' tests/FAULTS.md | sed 1,2d | sed 's/ · /\n/g' |
	sed 's/^`\([^`]*\)`: /\1|/' >"$TMP/named"
while IFS='|' read -r file name; do
	[ -n "$name" ] && [ -e "tests/$file" ] && grep -rqF -- "$name" "tests/$file" || echo "$file: $name"
done <"$TMP/named" >"$TMP/found"
is "every test that the table names exists" "$(cat "$TMP/found")" ""
check "it names many" [ "$(wc -l <"$TMP/named")" -ge 40 ]
is "every fault has a test" "$(grep -c '^|.*| *|$' tests/FAULTS.md)" 0
check "tests/README.md leads to it" grep -qF '(FAULTS.md)' tests/README.md
done_testing
