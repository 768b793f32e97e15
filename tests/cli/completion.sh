#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Man pages and completion, which the program makes from its commands.
. "$(dirname "$0")/../tap.sh"
. "$(dirname "$0")/home.sh"

run "$SCXBENCH" help --man "$TMP/man"
is "man pages are written" "$RC $(cat "$TMP/out" "$TMP/err")" "0 "
COMMANDS=$("$SCXBENCH" help | sed -n 's/^  \([a-z]*\) .*/\1/p')
for c in $COMMANDS; do
	page=$TMP/man/scxbench-$c.1
	is "$c.1 has its sections" "$(sed -n 's/^\.SH //p' "$page" | grep -vx KEYS | tr '\n' ',')" \
		"NAME,SYNOPSIS,DESCRIPTION,OPTIONS,EXIT STATUS,EXAMPLES,SEE ALSO,"
	is "$c.1 has each option of its help" \
		"$(sed -n '/^\.SH OPTIONS/,/^\.SH EXIT/{ /^\.TP/{ n; s/.*\\-\\-\([a-z\\-]*\)\\f.*/\1/p } }' "$page" | tr -d '\\' | sort)" \
		"$("$SCXBENCH" help "$c" | sed -n 's/^ \{2,6\}\(-[a-z], \)\{0,1\}--\([a-z-]*\).*/\2/p' | sort)"
	check "scxbench.1 names $c" grep -qF "scxbench\\-$c (1)" "$TMP/man/scxbench.1"
done
is "no line begins what roff would take for a request, but ours" \
	"$(cat "$TMP"/man/*.1 | grep "^[.']" | sed 's/ .*//' | sort -u | tr '\n' ' ')" ".BR .PP .SH .SS .TH .TP .fi .nf "
touch "$TMP/plain"
run "$SCXBENCH" help --man "$TMP/plain"
is "a directory that can't be made" "$(test "$RC" != 0 && wc -l <"$TMP/err")" 1

for shell in bash zsh fish; do
	run "$SCXBENCH" help --completion $shell
	is "completion for $shell" "$RC $(wc -c <"$TMP/err") $(grep -c nightly "$TMP/out" | grep -c '[1-9]')" "0 0 1"
	cp "$TMP/out" "$TMP/$shell"
done
run "$SCXBENCH" help --completion fihs
ended "a shell that is not known" 2 "--completion fihs is not one of bash, zsh, fish: did you mean fish?"

# words WORD...   what bash offers for the last of the words behind scxbench
words() {
	bash -c '. "$1"; shift; COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)); _scxbench 2>/dev/null
		printf "%s\n" "${COMPREPLY[@]}"' bash "$TMP/bash" "$SCXBENCH" "$@" | sort | tr '\n' ' '
}
check "bash takes it" bash -n "$TMP/bash"
is "a command" "$(words re)" "regress report "
is "an option of it" "$(words bench --pl)" "--plan "
is "a policy" "$(words bench -s f)" "fair fifo "
is "a workload" "$(words bench --workload q)" "quick "
is "a plan, behind =" "$(words bench --plan = de)" "decide demo "
is "nothing is before nothing behind =" "$(words bench --plan =)" "decide demo exact nightly quick "
is "a value that nobody knows" "$(words bench --blocks '')" " "
is "a view" "$(words top --view c)" "cgroups cpus custody "
is "a verb" "$(words ctl s)" "set show "
is "a key of nightly" "$(words nightly -o keep)" "keep-bytes= keep-days= "
is "a command to be helped with" "$(words help be)" "bench "
is "a policy to run" "$(words run v)" "vtime "
is "a program to run" "$(words run vtime -- bas | tr ' ' '\n' | grep -x bash | sort -u)" "bash"
touch "$TMP/one.scxb"
is "a file" "$(words import "$TMP/one")" "$TMP/one.scxb "
done_testing
