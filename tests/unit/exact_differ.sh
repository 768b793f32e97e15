#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# How figures of the exact lab are compared.
. "$(dirname "$0")/../tap.sh"

# differ OLD NEW   figures with a comma between lines
differ() {
	echo "$1" | tr ',' '\n' >"$TMP/old"
	echo "$2" | tr ',' '\n' >"$TMP/new"
	run awk -v allow=1 -f harness/lab/exact/differ.awk "$TMP/old" "$TMP/new"
}
differ '# kernel 1,pipe fifo 7405.25' '# kernel 2,pipe fifo 7405.25'
is "the same figures" "$RC" 0
is "are not printed" "$(cat "$TMP/out")" ""
differ 'pipe fifo 7405.25' 'pipe fifo 7405.30'
is "a last digit" "$RC" 0
check "is printed" grep -q 'pipe *fifo *7,405.2 -> *7,405.3 instructions: +0.00 %$' "$TMP/out"
differ 'pipe fifo 7405.25' 'pipe fifo 7500'
is "more than is allowed" "$RC" 1
check "is printed as that" grep -q '+1.28 %, more than the 1 % allowed' "$TMP/out"
differ 'exact-fork fifo 1000,exact-timer fifo 1000' 'exact-fork fifo 1019,exact-timer fifo 1019'
is "a fork and a timer may need twice that" "$RC" 0
differ 'exact-fork fifo 1000' 'exact-fork fifo 1021'
is "and no more" "$RC" 1
differ 'pipe fifo 7405.25' 'pipe fifo 7000'
is "fewer" "$RC" 0
differ 'pipe fifo 7405.25,yield fifo 4000' 'pipe fifo 7405.25'
is "a figure that is gone" "$RC" 1
differ 'pipe fifo 1234567.1' 'pipe fifo 1234567.1,yield fifo 4000'
is "a new figure" "$RC" 0
check "is printed as new" grep -q 'yield *fifo *4,000.0 instructions: new' "$TMP/out"
done_testing
