# SPDX-License-Identifier: GPL-2.0-or-later
# A policy that can be steered, whose maps are files (doubles/maps.c), and a broker of hints. Sourced after home.sh.

export DOUBLE_MAPS=$TMP/maps HINT_SOCKET=$TMP/hint.sock
mkdir "$DOUBLE_MAPS"
ln -s /proc "$SCXBENCH_ROOT/proc"
SCX=$SCXBENCH_ROOT/sys/kernel/sched_ext
echo enabled >"$SCX/state"
echo double >"$SCX/root/ops"
echo 1 >"$SCX/enable_seq"
trap 'kill ${BROKER-} ${HINTER-} 2>/dev/null; rm -rf "$TMP"' EXIT

ctl() { run "$SCXBENCH" ctl "$@"; }

# shown   what is set, sorted: target, settings, and "hint" where it is one
shown() {
	"$SCXBENCH" ctl show | sed 's/  */ /g; s/ hint, [0-9].*/ hint/; s/ [0-9]* s ago.*//' | sort | tr '\n' ';'
}

# heeds HEX   another policy is attached, which heeds those settings
heeds() {
	rm -r "$DOUBLE_MAPS"
	mkdir "$DOUBLE_MAPS"
	export DOUBLE_HEEDS="$1"
	echo $(($(cat "$SCX/enable_seq") + 1)) >"$SCX/enable_seq"
	ctl show # which makes its maps
}

# broker GROUP   one that listens
broker() {
	"$SCXBENCH" hintd --group "$1" --socket "$HINT_SOCKET" 2>"$TMP/broker" &
	BROKER=$!
	until [ -S "$HINT_SOCKET" ] || ! kill -0 "$BROKER" 2>/dev/null; do sleep 0.02; done
}

# hinter   a process, $HINTER, that gives a hint of itself each time that "hint KIND" is called
hinter() {
	mkfifo "$TMP/kinds" "$TMP/answers"
	"$B/tests/vm/control/hint" - <"$TMP/kinds" >"$TMP/answers" &
	HINTER=$!
	exec 8>"$TMP/kinds" 9<"$TMP/answers"
}

hint() { echo "$1" >&8; read -r answer <&9; echo "$answer"; }
