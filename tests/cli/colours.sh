#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Verdicts on a terminal have colours, but not with NO_COLOR, in a file, or where the terminal knows none.
. "$(dirname "$0")/../tap.sh"
. "$(dirname "$0")/home.sh"
. "$(dirname "$0")/fake_runs.sh"

fake all 'fifo=1.10 vtime=0.95 locality=1 thrown=1' BAD='thrown:*=ejected'
R="--results '$TMP/results'"
ESC=$(printf '\033')

# on_terminal ARGS   what the program prints on one, as TERM and NO_COLOR are set
on_terminal() { script -qec "'$SCXBENCH' $1" /dev/null </dev/null | tr -d '\r' >"$TMP/seen"; }
# painted   the colours that were seen, each with its words
painted() { sed "s/$ESC\[\([0-9]*\)m/\n<\1>/g" "$TMP/seen" | sed -n 's/^<\([1-9][0-9]*\)>[^ ]* \(.*\)/\1 \2/p' | sort -u | tr '\n' ','; }

export TERM=xterm
on_terminal "report $R all"
is "each verdict has its colour, up to where its words end" "$(painted)" "1 not usable,33 slower,34 faster,"
sed "s/$ESC\[[0-9]*m//g" "$TMP/seen" >"$TMP/words"
on_terminal "compare $R all:fifo all:vtime"
is "so has a comparison" "$(painted)" "34 faster,"
on_terminal "kernels $R"
is "and kernels" "$(painted)" "1 not usable,33 slower,34 faster,"
export NO_COLOR=1
on_terminal "report $R all"
is "none with NO_COLOR" "$(painted)" ""
check "but all the words" cmp "$TMP/seen" "$TMP/words"
export NO_COLOR=''
on_terminal "report $R all"
is "an empty NO_COLOR is none" "$(painted)" "1 not usable,33 slower,34 faster,"
TERM=dumb on_terminal "report $R all"
is "none where the terminal knows none" "$(painted)" ""
run "$SCXBENCH" report --results "$TMP/results" all
is "nor in a file" "$(grep -c "$ESC" "$TMP/out")" 0
done_testing
