#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The runner itself, in a tree of its own: that nothing which went wrong can look like a pass.
. "$(dirname "$0")/../tap.sh"

mkdir -p "$TMP/tree/tests" "$TMP/tree/t"
cp tests/run "$TMP/tree/tests/"
printf '%s\n' '# comment' 'needs hardware* # no CI has it' >"$TMP/tree/tests/allowed-skips"
unset CI TEST_TIMEOUT

# program SCRIPT   the only test program of the tree
program() {
	printf '#!/bin/sh\n%s\n' "$1" >"$TMP/tree/t/prog"
	chmod +x "$TMP/tree/t/prog"
}

# sums NAME CODE SUM SCRIPT   a run of the script ends with that exit code and that last line
sums() {
	program "$4"
	run "$TMP/tree/tests/run" t
	is "$1" "$RC: $(tail -1 "$TMP/out")" "$2: $3"
}

# says NAME TEXT   the last run's stdout has this line
says() { check "$1" grep -qxF -- "$2" "$TMP/out"; }

sums "all passed" 0 "2 passed, 0 failed, 0 skipped" 'echo 1..2; echo ok 1 - a; echo ok 2'
sums "the plan may come last" 0 "1 passed, 0 failed, 0 skipped" 'echo ok 1 - a; echo 1..1'
sums "one failed" 1 "1 passed, 1 failed, 0 skipped" \
	'echo 1..2; echo ok 1 - a; echo not ok 2 - b c; echo "# why"; echo to stderr >&2; exit 1'
says "the failing test is named" "FAILED: b c"
says "its diagnostics are shown" "# why"
says "its stderr is shown" "to stderr"
sums "a failing line counts although the exit code is 0" 1 "0 passed, 1 failed, 0 skipped" \
	'echo 1..1; echo not ok 1 - a'
sums "a non-zero exit without a failing line" 1 "1 passed, 1 failed, 0 skipped" 'echo 1..1; echo ok 1; exit 3'
says "it says so" "FAILED: t/prog: exited with 3 although no test failed"
sums "killed by a signal" 1 "1 passed, 1 failed, 0 skipped" 'echo 1..1; echo ok 1; kill -SEGV $$'
sums "no plan" 1 "1 passed, 1 failed, 0 skipped" 'echo ok 1'
sums "nothing printed at all" 1 "0 passed, 1 failed, 0 skipped" ':'
sums "fewer tests than planned" 1 "1 passed, 1 failed, 0 skipped" 'echo 1..2; echo ok 1'
sums "more tests than planned" 1 "2 passed, 1 failed, 0 skipped" 'echo 1..1; echo ok 1; echo ok 2'
sums "a test that another's number hides" 1 "2 passed, 1 failed, 0 skipped" 'echo 1..2; echo ok 1; echo ok 1'
sums "bail out" 1 "0 passed, 2 failed, 0 skipped" 'echo 1..1; echo "Bail out! no disk"'
sums "TAP on stderr does not count" 1 "0 passed, 1 failed, 0 skipped" 'echo 1..1 >&2; echo ok 1 >&2'
sums "text that only looks like TAP" 0 "1 passed, 0 failed, 0 skipped" 'echo 1..1; echo okay; echo ok 1; echo "# not ok 7"'

sums "a skip" 0 "1 passed, 0 failed, 1 skipped" 'echo 1..2; echo ok 1 - a; echo "ok 2 - b # SKIP no such kernel"'
says "its reason is printed" "skipped: b: no such kernel"
sums "a skip as cmocka prints it" 0 "0 passed, 0 failed, 1 skipped" 'echo 1..1; echo "ok 1 # SKIP b"'
says "its name is printed" "skipped: b: no reason given"
sums "a program that skips as a whole" 0 "0 passed, 0 failed, 1 skipped" 'echo "1..0 # SKIP not here"'
says "it is named with its reason" "skipped: t/prog: not here"
sums "a failed test is not a skip" 1 "0 passed, 1 failed, 0 skipped" 'echo 1..1; echo "not ok 1 - a # SKIP no"'

sums "a program hears SIGINT" 0 "1 passed, 0 failed, 0 skipped" 'trap "echo ok 1; exit" INT; echo 1..1; kill -INT $$'

export CI=true
sums "CI fails a skip that is not listed" 1 "0 passed, 1 failed, 0 skipped" 'echo 1..1; echo "ok 1 - b # SKIP no"'
says "it says why" "FAILED: b: skipped, and not in tests/allowed-skips: no"
sums "CI takes a skip that is listed" 0 "0 passed, 0 failed, 1 skipped" \
	'echo 1..1; echo "ok 1 - needs hardware counters # SKIP no"'
sums "a reason is not a name" 1 "0 passed, 1 failed, 0 skipped" 'echo 1..1; echo "ok 1 - b # SKIP needs hardware"'
unset CI

export TEST_TIMEOUT=1
sums "a hanging program is ended" 1 "1 passed, 2 failed, 0 skipped" 'echo 1..2; echo ok 1; sleep 60'
says "and named" "FAILED: t/prog: took longer than 1 s"
unset TEST_TIMEOUT

program 'echo 1..1; echo ok 1'
run "$TMP/tree/tests/run" t nosuch
is "a directory without tests fails" "$RC: $(tail -1 "$TMP/out")" "1: 1 passed, 1 failed, 0 skipped"
cp "$TMP/tree/t/prog" "$TMP/tree/t/second"
echo 'not a program' >"$TMP/tree/t/data"
run "$TMP/tree/tests/run" t "$TMP/tree/t"
is "all programs of all directories are summed, other files left alone" \
	"$RC: $(tail -1 "$TMP/out")" "0: 4 passed, 0 failed, 0 skipped"

run "$TMP/tree/tests/run" t/second
is "one program alone" "$RC: $(tail -1 "$TMP/out")" "0: 1 passed, 0 failed, 0 skipped"

# Each of two waits for the other: they end only beside one another.
for name in one two; do
	mkdir -p "$TMP/tree/tests/unit"
	printf '#!/bin/sh\n%s\n' "echo 1..1; mkfifo $TMP/meet 2>/dev/null
		if [ $name = one ]; then echo >$TMP/meet; else read -r _ <$TMP/meet; fi; echo ok 1" \
		>"$TMP/tree/tests/unit/$name"
	chmod +x "$TMP/tree/tests/unit/$name"
done
TEST_TIMEOUT=20 JOBS=2 run "$TMP/tree/tests/run" tests/unit
is "programs run beside one another" "$RC: $(tail -1 "$TMP/out")" "0: 2 passed, 0 failed, 0 skipped"
program "# Alone: it measures.
echo 1..1; mkdir $TMP/machine && sleep 0.2 && rmdir $TMP/machine && echo ok 1"
cp "$TMP/tree/t/prog" "$TMP/tree/t/second"
JOBS=2 run "$TMP/tree/tests/run" t
is "one that says so runs alone" "$RC: $(tail -1 "$TMP/out")" "0: 2 passed, 0 failed, 0 skipped"
program 'echo 1..1; echo ok 1'

mkdir "$TMP/tree/a b"
cp "$TMP/tree/t/prog" "$TMP/tree/a b/"
run "$TMP/tree/tests/run" "a b"
is "a directory may have a blank in its name" "$RC: $(tail -1 "$TMP/out")" "0: 1 passed, 0 failed, 0 skipped"
mkdir -p "$TMP/perl/TAP"
echo 'die' >"$TMP/perl/TAP/Parser.pm"
PERL5LIB=$TMP/perl run "$TMP/tree/tests/run" t
ended "a perl without TAP::Parser is named" 3 "apt-get install perl"

# An interrupt reaches the program that runs.
program "trap 'echo ended >$TMP/ended; exit' TERM; echo 1..1; echo \$\$ >$TMP/started.new; mv $TMP/started.new $TMP/started; sleep 60 & wait"
"$TMP/tree/tests/run" t >"$TMP/out" 2>&1 &
runner=$!
while [ ! -e "$TMP/started" ]; do sleep 0.1; done
kill -TERM "$runner"
wait "$runner"
rc=$?
# The runner does not wait for it.
while [ ! -e "$TMP/ended" ] && kill -0 "$(cat "$TMP/started")" 2>/dev/null; do sleep 0.1; done
is "interrupted ends with 130 and ends the program" "$rc $(cat "$TMP/ended")" "130 ended"
done_testing
