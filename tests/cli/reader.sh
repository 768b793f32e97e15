#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# An object from anywhere: what it does to libbpf happens to a process that has no rights.
. "$(dirname "$0")/../tap.sh"
. "$(dirname "$0")/home.sh"

GOOD=$B/schedulers/fifo.bpf.o
O=$TMP/foreign.bpf.o
# taken   the exit code of a plan with it, and how many lines it says
taken() {
	run "$SCXBENCH" bench -n -s fair -s "$O" -w quick --results "$TMP/results"
	echo "$RC $(wc -l <"$TMP/err")"
}
cp "$GOOD" "$O"
is "a sound object is taken" "$(taken)" "0 0"
for how in "crash:the reader died by signal 6" "hang:the reader took more than 10 s"; do
	export DOUBLE_READER="${how%%:*}"
	taken >"$TMP/code"
	ended "one that makes it $DOUBLE_READER" 2 "$O can't be read as an object: ${how#*:}"
done
DOUBLE_READER=eat
taken >"$TMP/code"
ended "one that makes it eat all memory" 2 "$O is not a BPF object that can be opened: Cannot allocate memory"
unset DOUBLE_READER

truncate -s 65M "$O"
taken >"$TMP/code"
ended "a huge one" 2 "$O can't be read as an object: it has more than 64 MiB"
rm "$O" && mkfifo "$O"
taken >"$TMP/code"
ended "a fifo is not waited for" 2 "it is not a regular file"
rm "$O"

# Cut off, and with a byte changed: taken, or refused in a line. Never a crash, which is another exit code.
size=$(stat -c %s "$GOOD")
for i in 1 3 5; do
	head -c $((size * i / 7)) "$GOOD" >"$O"
	echo "cut $(taken)"
	cp "$GOOD" "$O"
	printf '\377' | dd of="$O" bs=1 seek=$((i < 4 ? i * 8 : size - i * 31)) conv=notrunc 2>/dev/null
	echo "flipped $(taken)"
done >"$TMP/all"
is "damaged ones are taken, or refused in a line" "$(grep -vxE '(cut|flipped) (0 0|2 1)' "$TMP/all" | sort | uniq -c)" ""
check "and most are refused" [ "$(grep -c ' 2 1' "$TMP/all")" -ge 3 ]
done_testing
