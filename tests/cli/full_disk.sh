#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A disk that is full, over its quota or broken, from any call on that needs a block of it (tests/doubles/moments.c):
# the command says so in one line, leaves nothing half-written, and does its work when there is room again.
# STEPS=all takes every call, else every seventh.
. "$(dirname "$0")/../tap.sh"
. "$(dirname "$0")/home.sh"

STEP=7
[ "${STEPS:-}" != all ] || STEP=1
without_tools
R=$TMP/results
mkdir -p "$SCXBENCH_ROOT/sys/kernel/mm/transparent_hugepage"
THP=$SCXBENCH_ROOT/sys/kernel/mm/transparent_hugepage/enabled
echo always >"$THP"

take() {
	: >"$DOUBLE_TRACE"
	run "$SCXBENCH" bench --results "$R" --seed 1 -b 1 -s fair -s fifo -w quick --run-id a
}
resume() { run "$SCXBENCH" bench --results "$R" --resume a; }
set_of() { grep -ohE '"(seq|block|boot|policy|workload|warmup|instrumented|status|nr)":[^,]*' "$R"/runs/a/sample-*.json; }
halves() { find "$TMP" -name '*.tmp*'; }

# note LIST CMD...   adds the call at which the disk failed to the list when the command fails
note() {
	list=$1; shift
	"$@" || eval "$list=\"\$$list \$at\""
}
# said   one line says what the disk has
said() {
	[ "$(grep -c 'No space left\|disk is full\|the disk full\|quota\|Input/output error\|disk I/O' "$TMP/err")" = 1 ] ||
		{ sed "s,^,# $at: ," "$TMP/err"; false; }
}
# intact   the store lists what the files have, and is sound
intact() {
	[ "$(sqlite3 "$R/scxbench.db" 'PRAGMA integrity_check')" = ok ] &&
		[ "$(sqlite3 "$R/scxbench.db" 'SELECT count(*) FROM sample')" = "$(find "$R/runs" -name 'sample-*.json' | wc -l)" ]
}
# errors   the calls of the last command, a step apart, and what each fails with, in turn: CALL:ERRNO
errors() {
	awk -v max="$(cat "$TMP/calls")" -v step="$STEP" 'BEGIN {
		split("28 122 5", errno)
		for (call = 1 + max % step; call <= max; call += step) print call ":" errno[1 + i++ % 3] }'
}
# on_sound_disk CMD...   counts its calls
on_sound_disk() { DOUBLE_DISK_CALLS=$TMP/calls; export DOUBLE_DISK_CALLS; "$@"; unset DOUBLE_DISK_CALLS; }

on_sound_disk take
is "a run on a sound disk" "$RC" 0
WHOLE=$(set_of)
code='' words='' undone='' half='' again='' other='' store=''
for at in $(errors); do
	rm -rf "$R"
	DOUBLE_DISK=$at take
	if [ "$RC" = 0 ]; then
		note other [ "$(set_of)" = "$WHOLE" ]
	else
		note code [ "$RC" = 3 ]
		note words said
	fi
	note undone [ "$(cat "$THP")" = always ]
	note undone [ ! -e "$SCXBENCH_ROOT/run/scxbench/host-restore" ]
	note half [ -z "$(halves)" ]
	if [ -d "$R/runs/a" ]; then resume; else take; fi
	note again [ "$RC" = 0 ]
	note other [ "$(set_of)" = "$WHOLE" ]
	note store intact
done
is "bench: it ends with 3" "$code" ""
is "bench: and one line that says what the disk has" "$words" ""
is "bench: the machine's settings are as before" "$undone" ""
is "bench: nothing half-written is left" "$half" ""
is "bench: with room again it goes on, or begins" "$again" ""
is "bench: and has all samples" "$other" ""
is "bench: the store too" "$store" ""

# What a command left: its files, what programs read of them, and the store.
made() {
	(cd "$TMP/work" && find . -type f ! -name 'scxbench.db-*' | sort && find . -name results.json -exec cksum {} +)
	"$SCXBENCH" store --results "$R" --list --json
}
# fails NAME WORDS...   the command on each broken disk, and again on a sound one
fails() {
	name=$1; shift
	on_sound_disk once "$@"
	is "$name on a sound disk" "$RC" 0
	good=$(made)
	code='' words='' half='' again='' other=''
	for at in $(errors); do
		DOUBLE_DISK=$at once "$@"
		case $RC in
		0) ;;
		*) note code [ "$RC" = 3 ]; note words said ;;
		esac
		note half [ -z "$(halves)" ]
		# What failed at its very end is done.
		[ "$(made)" = "$good" ] || run_again "$@"
		note other [ "$(made)" = "$good" ]
	done
	is "$name: it ends with 3" "$code" ""
	is "$name: and one line that says what the disk has" "$words" ""
	is "$name: nothing half-written is left" "$half" ""
	is "$name: with room again it goes well" "$again" ""
	is "$name: and all is there" "$other" ""
}
run_again() { run "$SCXBENCH" "$@"; note again [ "$RC" = 0 ]; }
# once WORDS...   on the results as they were before
once() {
	rm -rf "$TMP/work"
	cp -a "$TMP/before" "$TMP/work"
	run "$SCXBENCH" "$@"
}
R=$TMP/before/results
mkdir "$TMP/before"
take
"$SCXBENCH" export --results "$R" "$TMP/before/taken.scxb"
cp -r "$R/runs/a" "$TMP/before/b"
sed -i 's/"id":"a"/"id":"b"/' "$TMP/before/b/run.json"
R=$TMP/work/results
fails report report --results "$R" a
fails history history --results "$R"
fails export export --results "$R" "$TMP/work/new.scxb"
fails import import --results "$TMP/work/fleet" "$TMP/work/taken.scxb"
fails store store --results "$R" "$TMP/work/b"
fails tag store --results "$R" --tag good a
fails removal store --results "$R" --remove a
done_testing
