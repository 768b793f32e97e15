# SPDX-License-Identifier: GPL-2.0-or-later
# Every way in which a command or an object ends its stay in the kernel, or does not: a status and a sentence each, and
# nothing is left. Sourced in a guest. All in $ENDS are arms of one run.

V=$B/tests/vm/foreign GO=$TMP/go WAIT=$TMP/wait
LOADER="exec sh /src/tests/vm/foreign/loader $BARE"
ENABLED='until grep -q enabled /sys/kernel/sched_ext/state; do sleep 0.1; done'
cp "$(command -v sleep)" "$TMP/victim"

# Its tasks come when the policy is in; it goes on as long as the command wants to act.
cat >"$SCXBENCH_HOME/workloads/acted" <<-END
	#!/bin/sh
	case \$1 in
	--describe) printf '%s\n' 'summary a test' 'primary time' 'typical_s 1' 'timeout_s 30' 'settle_s 0.1' 'needs root' ;;
	prepare) rm -f $GO $WAIT ;;
	run)
		: >$GO
		timeout 0.2 sh -c 'while :; do :; done'
		$TMP/victim 0.01
		while [ -e $WAIT ]; do sleep 0.1; done ;;
	esac
END
chmod +x "$SCXBENCH_HOME/workloads/acted"

# A service manager: starts a scheduler in no relation to who asks for it.
serve() {
	SERVED=
	trap 'kill $SERVED; exit' TERM
	while :; do
		[ ! -e "$TMP/ask" ] || { rm "$TMP/ask"; $V/command $BARE & SERVED="$SERVED $!"; }
		sleep 0.1
	done
}
serve >/dev/null 2>&1 &
SERVICE=$!

: >"$TMP/cases"
# ends STATUS WORDS NAME POLICY   what becomes of an arm; $at in WORDS is a time
ends() {
	case $ENDS in *" all "* | *" $3 "*) ;; *) return ;; esac
	printf '%s|%s|%s\n' "$1" "$2" "$3" >>"$TMP/cases"
	ARMS="$ARMS $3"
	eval "ARM_$3=\$4"
}
# acts ARGS...   the command that waits for the workload
acts() { echo "touch $WAIT; exec $V/command $1 $GO $2"; }
at='[0-9.]+(e[-+][0-9]+)? s'
ARMS=

ends failed 'the command ended with exit code 0 and attached no scheduler' nothing 'cmd:true'
ends failed 'the command ended with exit code 3 and attached no scheduler; its last line: oh no' refuses \
	'cmd:echo well; echo oh no >&2; exit 3'
ends failed 'the command ended with exit code 127 and attached no scheduler; its last line: .*not found' missing \
	'cmd:/no/such/scheduler'
ends failed 'the command was ended by signal 9 \(Killed\) before it attached a scheduler' dead 'cmd:kill -9 $$'
ends failed 'the command attached no scheduler within 20 s \(--attach-limit\); its last line: any time' late \
	'cmd:echo any time; exec sleep 1000'
ends failed 'the command ended with exit code 5 and attached no scheduler; its last line: that is all' talks \
	"cmd:yes $(head -c 1000 /dev/zero | tr '\\0' x) | head -n 100000; echo that is all; exit 5"
ends failed "the command ended and left its scheduler 'bare' in(, registered without a link)?: it must stay in the foreground" client \
	"cmd:setsid sh -c '$LOADER' </dev/null >/dev/null 2>&1 & $ENABLED"
ends failed "the command ended and left its scheduler 'bare' in, held by a process of another program" \
	asks "cmd:touch $TMP/ask; $ENABLED"
ends failed "the scheduler 'bare' did not end with its command, held by a process of another program" \
	asks_on "cmd:touch $TMP/ask; exec sleep 1000"
ends failed "the command ended and left its scheduler 'bare_linked' in, pinned at /sys/fs/bpf/pin/" pins \
	"cmd:mkdir -p /sys/fs/bpf/pin; exec bpftool struct_ops register $V/linked.bpf.o /sys/fs/bpf/pin"
ends failed "the scheduler 'bare_linked' did not end with its command, pinned at /sys/fs/bpf/pin/" pins_on \
	"cmd:mkdir -p /sys/fs/bpf/pin; bpftool struct_ops register $V/linked.bpf.o /sys/fs/bpf/pin; exec sleep 1000"
ends failed "the command took its scheduler out by itself after $at, and ran on" withdraws "cmd:$(acts $BARE out)"
ends failed "the command ended by itself after $at with exit code 0, and its scheduler with it; its last line: I have had enough" \
	quits "cmd:$(acts $BARE 0)"
ends failed "the command ended by itself after $at with exit code 7" fails "cmd:$(acts $BARE 7)"
ends failed "the command was ended by signal 9 \\(Killed\\) after $at, and its scheduler with it" killed \
	"cmd:$(acts $BARE kill)"
ends void "the command attached its scheduler again after $at" again "cmd:$(acts $BARE again)"
ends void "the command replaced its scheduler 'bare' after $at \\(in is 'bare_linked'\\)" replaces \
	"cmd:$(acts $BARE $V/linked.bpf.o)"
ends failed "the scheduler went out by itself after $at: exit code 42: a victim came" leaves_cmd \
	"cmd:touch $WAIT; exec $V/command $V/leaves.bpf.o"
ends failed "the scheduler went out by itself after $at: exit code 42: a victim came" leaves "$V/leaves.bpf.o"
ends ejected 'scx_bpf_error: not in the mood' dies_cmd "cmd:exec $V/command $V/dies.bpf.o"
ends ejected 'scx_bpf_error: not in the mood' dies "$V/dies.bpf.o"
ends ejected 'scx_bpf_error: a victim came' errs "$B/tests/vm/faults/errs.bpf.o"
ends ejected 'scx_bpf_error: a victim came' errs_cmd "cmd:touch $WAIT; exec $V/command $B/tests/vm/faults/errs.bpf.o"
# Its last line is no text.
ends failed 'the command ended with exit code 4 and attached no scheduler; its last line: ' binary \
	'cmd:printf "well\n\377\376\033[31m\000bad\n"; exit 4'
ends ok '' here 'cmd:./start "a b"'
ends ok '' partial_cmd "cmd:exec $V/command $B/tests/vm/forms/partial.bpf.o"
ends ok '' pins_map "cmd:bpftool map create /sys/fs/bpf/kept type array key 4 value 8 entries 1 name kept; $LOADER"
ends ok '' terminal "cmd:read line </dev/tty; read line; echo read; $LOADER"
ends ok '' leaves_more "cmd:(echo 0 >/sys/fs/cgroup/cgroup.procs; exec setsid sleep 1000) & setsid sleep 1000 & $LOADER"

set --
for arm in $ARMS; do
	eval "set -- \"\$@\" -s \"$arm=\$ARM_$arm\""
done
printf '#!/bin/sh\n[ "$1" = "a b" ] || exit\n%s\n' "$LOADER" >"$TMP/start"
chmod +x "$TMP/start"
cd "$TMP" || exit
bench ends "$@" -w acted --attach-limit 20s --no-aa
cd /src || exit
is "the run goes on whatever its commands do, and ends with 1" "$RC" 1
kill $SERVICE
wait $SERVICE
while IFS='|' read -r status words name; do
	is "$name is $status" "$(status "$name")" "$status"
	why=$(sed -n 's/.*"why":"\([^"]*\)".*/\1/p' "$(of "$name")")
	[ -z "$words" ] || { echo "$why" | grep -qE "^$words" && why=$words; is "... $words" "$why" "$words"; }
done <"$TMP/cases"
for arm in $ARMS; do
	case $arm in
	dies | dies_cmd | errs | errs_cmd)
		check "$arm has its kind" grep -q '"kind":1025' "$(of $arm)"
		check "... and its dump" grep -q '"dump":"[^"]*triggered exit kind 1025' "$(of $arm)" ;;
	leaves | leaves_cmd) check "$arm has its code" grep -q '"kind":65,"code":42' "$(of $arm)" ;;
	pins_map)
		check "a map that a command pinned is told" grep -q \
			'"check":"after detach: left of the command","found":"nothing but what is pinned: /sys/fs/bpf/kept","holds":true' "$(of $arm)" ;;
	esac
done
grep -ho '"policy":"[^"]*"\|"why":"[^"]*"\|"ejection":{"kind":[^,]*,"code":[^,]*' "$RESULTS"/runs/*/sample-*.json | diag
check "what is no text is in no file" python3 -c 'import json, sys; [json.load(open(f, encoding="utf-8")) for f in sys.argv[1:]]' \
	"$RESULTS"/runs/*/*.json
check "what is printed without end is not all kept" [ -n "$(find "$RESULTS"/runs -name '*-policy.log' -size +0 -size -40000k)" ]
is "... in no log" "$(find "$RESULTS"/runs -name '*-policy.log' -size +40000k)" ""
rm -f /sys/fs/bpf/kept
is "the fair class is back" "$(cat /sys/kernel/sched_ext/state)" disabled
is "no pin is left" "$(find /sys/fs/bpf -mindepth 1 -not -name pin)" ""
is "no cgroup is left" "$(find /sys/fs/cgroup -name 'scxbench-command*')" ""
is "no process is left" "$(pgrep -f 'sleep 1000|foreign/(command|loader)')" ""
check "each end has the kernel's log" grep -q 'kernel: .*sched_ext: .*disabled' "$RESULTS"/runs/*/logs/*-policy.log


# As in a kernel that can't be watched: an object's own record has what the kernel's log lacks.
WATCHED=$SCXBENCH_HOME
export SCXBENCH_HOME=$TMP/unwatched
mkdir -p "$SCXBENCH_HOME/harness"
ln -s $B/schedulers $B/plots "$WATCHED/workloads" "$SCXBENCH_HOME"
ln -s $B/harness/collect "$SCXBENCH_HOME/harness"
bench unwatched -s "leaves=$V/leaves.bpf.o" -s "errs=$B/tests/vm/faults/errs.bpf.o" -w acted --no-aa
check "an object's own record is read" grep -qE "by itself after $at: exit code 42: a victim came" "$(of leaves)"
check "the kernel's log is" grep -qF '"why":"scx_bpf_error: a victim came' "$(of errs)"
is "... and has the kind" "$(grep -o '"ejection":{"kind":[0-9]*' "$(of errs)")" '"ejection":{"kind":1025'
export SCXBENCH_HOME=$WATCHED
