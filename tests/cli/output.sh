#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A stdout that takes nothing: every command that prints says so in one line and ends with 3. Streams that are closed.
. "$(dirname "$0")/../tap.sh"
. "$(dirname "$0")/home.sh"

without_tools
bench -s fair -s fifo -w quick --no-instrumented --run-id a
is "there is a run" "$RC" 0
cd "$TMP" || exit 1

cat >"$TMP/calls" <<'END'
version
--version
help
help bench
help --completion bash
list
list --names policies
bench --dry-run -s fair -w quick
bench --list-plans
report
report --list
compare a a
compare --json a a
regress --baseline a a
history
store
store --list
store --list --json
nightly --check
END
"$SCXBENCH" help | sed -n 's/^  \([a-z]*\)  .*/\1 --help/p' >>"$TMP/calls"
check "it is every command" [ "$(grep -c -- '--help$' "$TMP/calls")" -gt 15 ]

silent='' bad=''
while read -r words; do
	# shellcheck disable=SC2086  # is a list
	run "$SCXBENCH" $words </dev/null
	[ "$RC" = 2 ] && continue # this call is not one that the program has
	[ -s "$TMP/out" ] || { silent="$silent$words, "; continue; }
	before=$(wc -l <"$TMP/err")
	for way in full closed; do
		code=0
		# shellcheck disable=SC2086
		if [ $way = full ]; then
			"$SCXBENCH" $words </dev/null >/dev/full 2>"$TMP/err" || code=$?
		else
			"$SCXBENCH" $words </dev/null >&- 2>"$TMP/err" || code=$?
		fi
		[ "$code $(($(wc -l <"$TMP/err") - before)) $(grep -c "stdout can't be written" "$TMP/err")" = "3 1 1" ] ||
			bad="$bad$words ($way: $code), "
	done
done <"$TMP/calls"
is "each says that its output was lost, and ends with 3" "$bad" ""
diag <<END
without output: $silent
END

# on_terminal TERM CMD...   what it prints there
on_terminal() { TERM=$1 script -qec "$2" /dev/null </dev/null | tr -d '\r' >"$TMP/seen"; }
on_terminal xterm "'$SCXBENCH' report"
check "on a terminal the page's path is a link to it" grep -qxF \
	"$(printf '\033]8;;file://%s%s/results/report/a/index.html\033\\results/report/a/index.html\033]8;;\033\\' "$(uname -n)" "$(pwd -P)")" "$TMP/seen"
on_terminal dumb "'$SCXBENCH' report"
check "... and on one that has none it is plain" grep -qx 'results/report/a/index.html' "$TMP/seen"

cp results/scxbench.db "$TMP/before.db"
"$SCXBENCH" report <&- >&- 2>&-
is "with every stream closed" "$?" 3
run "$SCXBENCH" store --list
is "the store is whole" "$RC $(grep -c '^a ' "$TMP/out")" "0 1"
run "$SCXBENCH" report <&-
is "without stdin nothing is missing" "$RC" 0
"$SCXBENCH" bench --results "$TMP/closed" --blocks 1 --no-aa --no-warmup --no-instrumented -s fair -w quick --run-id b >&- 2>"$TMP/err"
is "a run whose report nobody gets is whole" "$? $("$SCXBENCH" store --results "$TMP/closed" --list | grep -c '^b ')" "3 1"
done_testing
