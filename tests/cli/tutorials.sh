#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The tutorials of the READMEs hold: their workload runs, their commands and options exist, their verdict is what is printed.
. "$(dirname "$0")/../tap.sh"
. "$(dirname "$0")/home.sh"
. "$(dirname "$0")/fake_runs.sh"

# section FILE HEADING   its text
section() { sed -n "/^## $2\$/,/^## /p" "$1" | sed '$d'; }
# code   the indented lines of it, without their indent
code() { sed -n 's/^    //p'; }

tutorials() {
	section schedulers/README.md "Your scheduler against EEVDF in 10 minutes"
	section schedulers/README.md "A policy from nothing"
	section workloads/README.md "A workload from nothing"
	section harness/install/README.md "A nightly job with mail"
	section results/README.md "Reading a verdict"
}
tutorials >"$TMP/text"
is "all five are there" "$(grep -c '^## ' "$TMP/text")" 5

# What a line of code, or a word in backticks, asks of the program.
code <"$TMP/text" | sed 's/ #.*//' | grep -o 'scxbench [a-z].*' >"$TMP/commands"
check "they use the program" [ "$(wc -l <"$TMP/commands")" -ge 12 ]
while read -r _ command words; do
	"$SCXBENCH" "$command" --help >"$TMP/help" 2>/dev/null || echo "no command $command"
	echo "$words" | sed "s/'[^']*'//g" | tr ' ' '\n' | grep '^-' | sed 's/=.*//' | while read -r option; do
		grep -qE -- "(^|[ ,])$option([ =,]|\$)" "$TMP/help" || echo "$command has no option $option"
	done
done <"$TMP/commands" >"$TMP/wrong"
is "every command and option that they use exists" "$(cat "$TMP/wrong")" ""
code <"$TMP/text" | grep -oE '(^|&& |\(|sudo )make [a-z]+' | sed 's/.*make //' | sort -u | while read -r target; do
	grep -qE "^[a-z -]*\b$target\b[a-z -]*:" Makefile || echo "make has no target $target"
done >"$TMP/wrong"
is "and every target of make" "$(cat "$TMP/wrong")" ""
check "the file that becomes a policy is there" sh -c 'grep -o "[.]\./tests/[a-z/.]*\.c" "$1" | sed "s,^\.\./,," | xargs ls' - "$TMP/text"

export SCXBENCH_WORKLOADS=$TMP/mine/workloads
mkdir -p "$SCXBENCH_WORKLOADS"
section workloads/README.md "A workload from nothing" | code | sed -n '/^#!/,/^esac/p' | sed 's/200000 |/200 |/' >"$SCXBENCH_WORKLOADS/sorting"
chmod +x "$SCXBENCH_WORKLOADS/sorting"
chmod 755 "$TMP/mine" "$SCXBENCH_WORKLOADS"
bench -s fair -s vtime -w sorting --no-instrumented --blocks 2
is "the workload is taken and runs" "$RC $(cat "$TMP"/results/runs/*/sample-*.json | grep -o '"status": *"ok"' | wc -l)" "0 4"
check "with what it reports" grep -q '"work_done"' "$TMP"/results/runs/*/sample-0003.json
check "and its row" grep -q '^sorting time' "$TMP/out"
rm -rf "$TMP/results"

section harness/install/README.md "A nightly job with mail" | code | grep '^hook' >"$TMP/hook"
check "the line for the mail is one of the settings as installed" sh -c 'grep -qxF -- "#$(cat "$1")" harness/install/nightly.conf' - "$TMP/hook"

fake example 'fifo=1.003 vtime=0.95 prioq=1.02' ENDED='"all 15 blocks are taken"'
run "$SCXBENCH" report --results "$TMP/results" example
section results/README.md "Reading a verdict" | code | while read -r line; do
	grep -qxF -- "$line" "$TMP/out" || echo "$line"
done >"$TMP/wrong"
is "the verdict is what the report of such a run prints" "$(cat "$TMP/wrong")" ""
done_testing
