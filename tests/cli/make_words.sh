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
run make -n install PREFIX='/opt/my tools'
is "a prefix with a blank is refused" "$RC" 2
check "in words" grep -q "PREFIX='/opt/my tools' may hold no blank" "$TMP/err"
check "nothing of it was run" [ ! -e ran ]
done_testing
