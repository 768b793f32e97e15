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
	is_booked void "the policy was detached before the workload ended"
	calm
	whole
	verdict "a command that daemonises, when its holder is killed"
	echo "$BRIEF" >"$TMP/run"
fi

take -s "cmd:mkdir -p $PIN; bpftool struct_ops register $LINKED $PIN; exec sleep 1000" -s fifo
ends 3
holds "the pin is named" grep -qF "the command pinned its scheduler 'stalls': 'rm $PIN/stalls_ops' detaches it" "$TMP/err"
holds "again at the end" sh -c "tail -n 1 '$TMP/err' | grep -qF 'rm $PIN/stalls_ops'"
take
ends 3
holds "and by the next run" grep -qF "it is pinned: 'rm $PIN/stalls_ops' detaches it" "$TMP/err"
rm -r $PIN
calm
take
ends 0
whole
verdict "a command that pins its scheduler"
