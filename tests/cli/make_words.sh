#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Variables of make are words of the program, whatever is in them; only ARGS is read by the shell.
. "$(dirname "$0")/../tap.sh"

# What make would run.
dry() { make --no-print-directory -n -o ready WHERE=lab "$@" 2>&1 | tr -s ' ' >"$TMP/out"; }

dry bench SEED='1;touch ran' SCHEDULERS="fair it's:x=1" PLAN='`touch ran`' WORKLOADS=a BLOCKS='$$(touch ran)' ARGS="-s 'cmd:a b'"
check "words are quoted" grep -qF -- "--plan '\`touch ran\`' --blocks '\$(touch ran)' --seed '1;touch ran' -s 'fair' -s 'it'\\''s:x=1' -w 'a' -s 'cmd:a b'" "$TMP/out"
dry report RUN='1;touch ran'
check "and those of runs" grep -qF "report '1;touch' 'ran'" "$TMP/out"
dry regress BASELINE='a|b' RUN=c ARGS=--bless
check "and baselines" grep -qF -- "regress --baseline 'a|b' --bless 'c'" "$TMP/out"
run make -n WHERE='x;touch ran' deps
check "a place" grep -q "WHERE=x;touch ran: give native or lab" "$TMP/err"
run make -n WHERE=lab O=.build/native build
check "a build for the lab is made in the lab's root" grep -q 'chroot.sh make .* O=.build/lab build$' "$TMP/out"
run make -n install PREFIX='/opt/my tools'
is "a prefix with a blank is refused" "$RC" 2
check "in words" grep -q "PREFIX='/opt/my tools' may hold no blank" "$TMP/err"

# Every variable that the help or the Makefile itself takes, as text that a shell or make would run if it were not quoted.
# What make would run is run, without any program: what is left are the shell's own commands.
make help | grep -oE '\<[A-Z_]+=' | tr -d = | LC_ALL=C sort -u | grep -vxE 'ARGS|WHERE' >"$TMP/help"
sed -n 's/^override BARE := //p' Makefile | tr ' ' '\n' >"$TMP/bare"
# evil TEXT WORDS...   make with the text as every variable of the words
evil() {
	text=$1; shift
	for name in $(grep -vxFf "$TMP/bare" "$TMP/help"); do set -- "$@" "$name=$text"; done
	make --no-print-directory -n -o ready -o build "$@" >"$TMP/recipe" 2>&1 || { echo "$target"; tail -n 3 "$TMP/recipe"; } >>"$TMP/refused"
	(cd "$TMP" && PATH=/nowhere /bin/sh "$TMP/recipe" >/dev/null 2>&1)
}
for text in 'x;: >ran;' "x';: >ran;'" 'x";: >ran;"' '`: >ran`' '$$(: >ran)' 'x|: >ran' 'x
: >ran'; do
	: >"$TMP/refused"
	for target in bench custody report regress history deps soak fuzz lab-image install; do
		evil "$text" WHERE=lab $target
	done
	is "as a variable make takes it" "$(cat "$TMP/refused" 2>&1)" ""
	check "and it is not run: $(echo "$text" | tr '\n' ' ')" test ! -e "$TMP/ran"
done
refused=0
for name in $(cat "$TMP/help" "$TMP/bare"); do
	make -n "$name=\$(shell : >$TMP/ran)" help >"$TMP/out" 2>&1 || refused=$((refused + 1))
done
is "make takes no function" "$refused" "$(cat "$TMP/help" "$TMP/bare" | wc -l)"
check "and runs none" test ! -e "$TMP/ran"
for name in $(cat "$TMP/bare"); do
	for text in 'x;y' "x'y" 'x`y' 'x"y'; do
		make -n "$name=$text" help >"$TMP/out" 2>&1 && echo "$name=$text"
	done
done >"$TMP/taken"
is "what stands in recipes as it is may hold nothing of a shell's" "$(cat "$TMP/taken")" ""
check "nothing of it was run" [ ! -e ran ]
done_testing
