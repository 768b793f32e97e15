#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The lint itself: it passes a small sound tree, and names file and line of each fault that is put into it.
. "$(dirname "$0")/lint.sh"

TREE=$TMP/tree
LICENCE='/* SPDX-License-Identifier: GPL-2.0-or-later */'

# Two rooms, high/ on low/.
sound_tree() {
	rm -rf "$TREE"
	mkdir -p "$TREE/tests/unit" "$TREE/tests/long" "$TREE/harness/low" "$TREE/harness/high" "$TREE/harness/lab" "$TREE/schedulers" "$TREE/workloads"
	cp -r Makefile .clang-format .clang-tidy "$TREE"
	cp -r tests/tap.sh tests/.clang-tidy tests/lint "$TREE/tests"
	cp tests/long/analyzer.sh "$TREE/tests/long"
	cp harness/lab/needs "$TREE/harness/lab"
	: >"$TREE/tests/lint/exceptions"
	: >"$TREE/tests/lint/cppcheck-off"
	cat >"$TREE/harness/README.md" <<-'END'
		| room | what | libraries |
		| --- | --- | --- |
		| `low/` | a number | `<sqlite3.h>` |
		| `high/` | its double | |
	END
	write harness/low/low.h '#pragma once' 'int low_value(void);'
	write harness/low/low.c '#include "low/low.h"' '' 'int low_value(void)' '{' '	return 1;' '}'
	write harness/high/high.h '#pragma once' 'int high_value(void);'
	write harness/high/high.c '#include "high/high.h"' '#include "low/low.h"' '' 'int high_value(void)' '{' \
		'	return 2 * low_value();' '}'
	write tests/unit/test_low.c 'void low_is_one(void **state);'
	write harness/main.c '#include "high/high.h"' '' 'int main(void)' '{' '	return high_value();' '}'
}

write() { file=$TREE/$1; shift; printf '%s\n' "$LICENCE" "$@" >"$file"; }
lint() { "$TREE/tests/${2:-lint}/$1.sh"; }

# passes SCRIPT   on the sound tree
passes() { sound_tree; check "a sound tree passes $1" lint "$1"; }

# names WHAT SCRIPT TEXT [FOLDER]   of the tree as it is now
names() {
	run lint "$2" "${4:-}"
	if [ "$RC" = 1 ] && grep -qF -- "$3" "$TMP/out"; then
		ok "$1 is found"
	else
		not_ok "$1 is found"
		{ echo "exit code $RC, wanted: $3"; cat "$TMP/out"; } | diag
	fi
}

# repeat N LINE   N times
repeat() { awk -v n="$1" -v line="$2" 'BEGIN { while (n--) print line }'; }

passes form
printf '%s\n' "$LICENCE" 'int   low;' >"$TREE/harness/low/low.c"
names "what is not formatted" form 'harness/low/low.c:2: not as .clang-format has it'
write harness/low/low.c "$(repeat 20 'int low;' | tr '\n' ' ')"
names "a wide line" form 'harness/low/low.c:2: '
echo 'int low;' >"$TREE/harness/low/low.c"
names "a missing licence" form 'harness/low/low.c:1: the first line'
write harness/low/low.c '#include <math.h>' '#include "low/low.h"'
names "an own header that is not the first" form 'harness/low/low.c:3: "low/low.h" is not the first include'

passes sizes
write harness/low/low.c 'int low_value(void)' '{' "$(repeat 40 '	;')" '}'
names "a long function" sizes 'harness/low/low.c:2: low_value: 43 lines, at most 40'
write harness/low/low.c 'int low_value(int a, int b, int (*c)(int, int), int d, int e)' '{' '	return a;' '}'
names "a function of many parameters" sizes 'harness/low/low.c:2: low_value: 5 parameters, at most 4'
write harness/low/low.c "$(repeat 400 'int low;')"
names "a long file" sizes 'harness/low/low.c:401: 401 lines, at most 400'
echo 'parameters harness/low/low.c gone   it was there once' >"$TREE/tests/lint/exceptions"
names "an exception that nothing needs" sizes 'tests/lint/exceptions:1: parameters harness/low/low.c gone'

passes rooms
write harness/low/low.c '#include "low/low.h"' '#include "high/high.h"'
names "an include of a room below in the table" rooms 'harness/low/low.c:3: includes "high/high.h"'
write harness/high/high.c '#include "high/high.h"' '#include <sqlite3.h>'
names "another room's library" rooms 'harness/high/high.c:3: includes <sqlite3.h>, which is left to: low'
write harness/low/low.h '#pragma once' '#include "low/other.h"'
write harness/low/other.h '#pragma once' '#include "low/low.h"'
names "a circle of headers" rooms 'harness/low/other.h:1: is part of a circle'
sound_tree
write harness/low/low.h '#pragma once' 'int low_value(void);' 'int high_value(void);'
names "a function declared in another room" rooms 'harness/low/low.h:4: high_value: is defined in harness/high/high.c'
mkdir "$TREE/harness/attic"
write harness/attic/attic.c ''
names "a room that is not in the table" rooms 'attic: this room is not in the table'

passes shell
printf '#!/bin/sh\ncd /nowhere\n' >"$TREE/tests/lint/wrong.sh"
names "a script's fault" shell 'tests/lint/wrong.sh:2: '
names "a test that is not executable" shell 'tests/lint/wrong.sh:1: is not executable'

passes names
write tests/unit/test_low.c 'static void test_low(void **state)' '{' '}'
names "a unit test that is no sentence" names 'tests/unit/test_low.c:2: a unit test is named by what holds'
write harness/low/low.c 'static int add(void)' '{' '	return 1;' '}'
names "a verb by itself" names 'harness/low/low.c:2: add: '

passes analysis
sed -i '2a#include "low/low.h"' "$TREE/harness/main.c"
sed -i '/"low\/low.h"/a#include "high/high.h"' "$TREE/harness/low/low.c"
write harness/high/high.c '#include "high/high.h"' '' 'int high_value(void)' '{' '	int *none = 0;' '' \
	'	return *none;' '}' 'int high_dead(void)' '{' '	char text[2];' '' '	text[2] = 1;' '	return text[0];' '}'
names "an include that is not used" analysis 'harness/low/low.c:3: included header high.h is not used'
names "what clang-tidy's analyzer sees" analyzer 'harness/high/high.c:8: ' long
names "what cppcheck sees" analysis '[arrayIndexOutOfBounds]'
names "a function that nobody calls" analysis '[unusedFunction]'
done_testing
