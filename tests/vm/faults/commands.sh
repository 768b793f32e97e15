# SPDX-License-Identifier: GPL-2.0-or-later
# A command that brings its own policy, and does not stay in its place.

LINKED=$B/tests/vm/faults/stalls.bpf.o PIN=/sys/fs/bpf/pin
LOADER="exec sh /src/tests/vm/foreign/loader $BARE"
SLEEPS='sleep 1000 & exec sleep 1000'
DEAF="sh -c 'trap \"\" INT TERM; $SLEEPS'"

# leaves NAME COMMAND   a command that is ended whole, and a sound sample
leaves() {
	take -s "cmd:$2"
	ends 0
	calm
	whole
	verdict "$1"
}
leaves "a command that leaves its process group, with children" "setsid $DEAF & $LOADER"
if [ "$STEPS" = all ]; then
	leaves "a command that daemonises" "setsid -f $DEAF; $LOADER"

	echo 'pkill -9 -x scxbench-holder; sleep 3' >"$TMP/run"
	take -s "cmd:setsid -f $DEAF; $LOADER"
	ends 1
	is_booked void "the process that holds it was killed"
	calm
	whole
	verdict "a command that daemonises, when its holder is killed"
	echo "$BRIEF" >"$TMP/run"
fi

take -s "cmd:mkdir -p $PIN; bpftool struct_ops register $LINKED $PIN; exec sleep 1000" -s fifo
ends 1
is_booked failed "the scheduler 'stalls' did not end with its command, pinned at $PIN/stalls_ops"
is_booked ok ''
rmdir $PIN || broken "the pin is removed"
calm
whole
verdict "a command that pins its scheduler"

bpftool struct_ops register $LINKED $PIN
take
ends 3
holds "a pin of before is named" grep -qF "it is pinned: 'rm $PIN/stalls_ops' detaches it" "$TMP/err"
holds "and stays" [ -e $PIN/stalls_ops ]
rm -r $PIN
calm
verdict "a pinned scheduler from outside"
