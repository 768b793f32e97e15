#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Help, version, and what a mistake in the command line is answered with; of every command that help lists.
. "$(dirname "$0")/../tap.sh"
. "$(dirname "$0")/home.sh"

scxbench() { run "$SCXBENCH" "$@"; }
columns() { awk -v most=80 'length > most' "$TMP/out" | wc -l; }

scxbench
is "without a command: the commands on stderr, exit 2" "$RC $(wc -c <"$TMP/out") $(grep -c '^Measure' "$TMP/err")" "2 0 1"
scxbench help
is "help is on stdout" "$RC $(wc -c <"$TMP/err") $(grep -c '^Measure' "$TMP/out") $(columns)" "0 0 1 0"
COMMANDS=$(sed -n 's/^  \([a-z]*\) .*/\1/p' "$TMP/out")
check "it lists bench" sh -c 'echo "$1" | grep -qx bench' sh "$COMMANDS"
mv "$TMP/out" "$TMP/overview"
scxbench --help
check "--help is the same" cmp "$TMP/overview" "$TMP/out"

for c in $COMMANDS; do
	scxbench help "$c"
	is "help $c: on stdout, no line over 80 columns" \
		"$RC $(wc -c <"$TMP/err") $(columns) $(head -1 "$TMP/out" | cut -d' ' -f1-3)" "0 0 0 Usage: scxbench $c"
	is "help $c: ends with exit codes and examples, indented" \
		"$(sed '1,/^Exit codes:$/d' "$TMP/out" | grep -v '^  ' | tr '\n' ' ') $(grep -c '^  scxbench ' "$TMP/out" | grep -c '[23]')" " Examples:  1"
	mv "$TMP/out" "$TMP/help"
	scxbench "$c" --help
	check "$c --help is the same" cmp "$TMP/help" "$TMP/out"
	scxbench "$c" --nosuch
	ended "$c --nosuch" 2 "scxbench $c: unknown option '--nosuch'. See 'scxbench $c --help'"
	scxbench "$c" --hepl
	ended "$c --hepl" 2 "did you mean --help?"
	scxbench "$c" -Z
	ended "$c -Z" 2 "unknown option '-Z'"
	scxbench "$c" --help=x
	ended "$c --help=x" 2 "takes no value"
	is "$c: nothing on stdout" "$(cat "$TMP/out")" ""
done

scxbench benhc
ended "a slip in a command" 2 "unknown command 'benhc': did you mean bench? 'scxbench help' lists them"
scxbench nosuch
ended "an unknown command" 2 "unknown command 'nosuch': 'scxbench help' lists them"
is "nothing on stdout" "$(cat "$TMP/out")" ""
scxbench help benhc
ended "help of a slip" 2 "did you mean bench?"
scxbench --nosuch
ended "an option without a command" 2 "unknown command '--nosuch'"
scxbench list --name
ended "an option is not cut short" 2 "unknown option '--name': did you mean --names?"
scxbench list --names
ended "an option without its value" 2 "option --names needs a value: --names KIND"
scxbench list --names polices
ended "a value that is not one of a few" 2 "--names polices is not one of policies, workloads, plans, kernel-commands: did you mean policies?"
scxbench list --names plans
is "names, a line each" "$RC $(tr '\n' ' ' <"$TMP/out")" "0 quick demo decide nightly exact "

scxbench --version
is "--version" "$RC $(wc -c <"$TMP/err") $(grep -cE '^scxbench [0-9.]+ \(.+\)$' "$TMP/out")" "0 0 1"
mv "$TMP/out" "$TMP/version"
scxbench version
check "version is the same" cmp "$TMP/version" "$TMP/out"
is "it has the commit that was built" "$(sed 's/.*(\(.*\))/\1/' "$TMP/out")" "$(cat "$B/commit")"

VERSION=$(sed 's/^scxbench //' "$TMP/version")
bench -s fair -s fifo -w quick --no-instrumented --run-id versioned
check "a run has it in its environment" grep -qF "\"scxbench.version\":\"$VERSION\"" "$TMP/results/runs/versioned/run.json"
check "its page says it" grep -qF ", by scxbench $VERSION" "$TMP/results/report/versioned/index.html"
check "so do its results for programs" grep -qF "\"version\": \"$VERSION\"" "$TMP/results/report/versioned/results.json"
done_testing
