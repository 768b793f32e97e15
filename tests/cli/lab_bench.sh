#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A run in the lab continues in another guest: after one that died, and for each share of --restarts. The lab's
# own script, with the double of the program in place of a guest.
. "$(dirname "$0")/../tap.sh"
. "$(dirname "$0")/home.sh"

LAB=$TMP/src/harness/lab
mkdir -p "$LAB" "$SCXBENCH_ROOT/proc/sys/kernel/random"
cp harness/lab/bench.sh harness/lab/lib.sh "$LAB"
export SCXBENCH LAB_RUN GUESTS="$TMP/guests" LAB_RESULTS="$TMP/lab, R&D"
# A guest: another boot each time. $DIES has a line per guest: where it dies, as DOUBLE_AT has it, or nothing.
cat >"$LAB/run.sh" <<'END'
#!/bin/sh
echo "$*" >>"$GUESTS"
n=$(wc -l <"$GUESTS")
echo "boot-$n" >"$SCXBENCH_ROOT/proc/sys/kernel/random/boot_id"
DOUBLE_AT=$(echo "$DIES" | sed -n "${n}p")
export DOUBLE_AT
shift 2
kill -USR1 "$PPID" # whoever asks for a table ends nothing
[ "$DOUBLE_AT" != never ] || exit 70
"$SCXBENCH" bench --results "$LAB_RESULTS" "$@"
rc=$?
[ $rc != 137 ] || rc=70
exit $rc
END
cat >"$LAB/chroot.sh" <<'END'
#!/bin/sh
shift
command=$1
shift 3
[ "$command" != store ] || set -- "$LAB_RESULTS/runs/${1##*/}"
exec "$SCXBENCH" "$command" --results "$LAB_RESULTS" "$@"
END
cat >"$LAB/exact.sh" <<'END'
#!/bin/sh
echo "exact $SEEDS${LAB_RUN:+ in $LAB_RUN} $*" >>"$GUESTS"
exit "${EXACT:-0}"
END
cat >"$LAB/accel.sh" <<'END'
#!/bin/sh
echo "${ACCEL:-tcg}"
END
chmod +x "$LAB"/*.sh
mkdir -p "$TMP/src/schedulers/mine"
: >"$TMP/src/schedulers/mine/mine.bpf.c"

# lab RUN DIES ARGS...   a run of fair and fifo
lab() {
	LAB_RUN=$1
	: >"$GUESTS"
	export DIES="$2"
	shift 2
	run "$LAB/bench.sh" --seed 5 -s fair -s fifo -w quick "$@"
}
# each RUN MEMBERS...   a line per sample, in order: the members of its file
each() {
	dir=$LAB_RESULTS/runs/$1; shift
	for file in "$dir"/sample-*.json; do
		for member; do grep -o "\"$member\":[^,]*" "$file" | cut -d: -f2; done | tr -d '"' | tr '\n' ' '
		echo
	done
}
guests() { wc -l <"$GUESTS"; }
timed() { each "$1" block warmup boot policy | grep -v ' true '; }

lab whole "" -b 4 --no-aa --no-instrumented
is "a run ends in the first guest if that survives" "$RC $(guests)" "0 1"
is "with a warm-up and its blocks" "$(each whole warmup | sort | uniq -c | tr -s ' \n' ' ')" " 8 false 1 true "

lab died "attach:4:kill
beat:3:kill" -b 4 --no-aa --no-instrumented
is "two guests die, the third ends the run" "$RC $(guests)" "0 3"
is "the timed samples are those of a run without a death" "$(each died block policy | grep -v '^0')" "$(each whole block policy | grep -v '^0')"
is "each boot began with a warm-up" "$(each died boot warmup | grep -c true)" 3
is "each sample has its boot" "$(each died boot | uniq | tr -d ' ' | tr '\n' ' ')" "1 2 3 "
check "each new boot is reported" grep -q 'run died goes on in another boot' "$TMP/err"
check "the result is on stdout, with the page, at its place" grep -qF "$LAB_RESULTS/report/died/index.html" "$TMP/out"

for option in "--run-id named" "--run-id=named-too"; do
	# shellcheck disable=SC2086  # words
	lab "" "attach:2:kill" -b 1 --no-aa --no-instrumented $option
	is "a run that is named by $option goes on by that name, and has a page" \
		"$RC $(guests) $(grep -cF "$LAB_RESULTS/report/${option#--run-id?}/index.html" "$TMP/out")" "0 2 1"
done

lab early "never" -b 1 --no-aa --no-instrumented
is "a guest that dies before the run begins is followed by one that begins it" "$RC $(guests)" "0 2"

lab always "attach:2:kill
attach:2:kill
attach:2:kill
attach:2:kill" -b 4 --no-aa --no-instrumented
is "guests that die at the same sample: it gives up" "$RC $(guests)" "1 3"
check "and says that this is not an accident" grep -q 'not an accident' "$TMP/err"
check "and how to go on" grep -q -- '--resume always' "$TMP/err"
check "what there is says that it is an interim state" grep -qi 'interim' "$TMP/out"

lab boots "" -b 5 --restarts 3 --aa --no-instrumented
is "three boots for three shares" "$RC $(guests)" "0 3"
is "whole blocks in each" "$(timed boots | cut -d' ' -f1,3 | uniq -c | tr -s ' ' | tr '\n' ';')" " 3 1 1; 3 2 1; 3 3 2; 3 4 2; 3 5 3;"
is "a warm-up in each" "$(each boots boot warmup | grep true | tr '\n' ';')" "1 true ;2 true ;3 true ;"
check "the run knows its boots" grep -q '"restarts":3' "$LAB_RESULTS/runs/boots/run.json"

lab boots-died "
detach:5:kill" -b 4 --restarts 2 --no-aa --no-instrumented
is "a guest that dies in the second share: three boots" "$RC $(guests)" "0 3"
is "each block where it belongs" "$(timed boots-died | cut -d' ' -f1,3 | uniq -c | tr -s ' ' | tr '\n' ';')" \
	" 2 1 1; 2 2 1; 2 3 2; 1 4 2; 1 4 3;"

lab failing "load:2:fail" -b 1 --no-aa --no-instrumented
is "a failed sample ends with 1, in one guest" "$RC $(guests)" "1 1"
lab failed-share "load:2:fail" -b 2 --restarts 2 --no-aa --no-instrumented
is "a failed sample of the first share: the second is taken, and the exit code is 1" "$RC $(guests)" "1 2"

lab int "attach:3:int" -b 2 --no-aa
is "interrupted: no other guest, exit 130" "$RC $(guests)" "130 1"
run "$LAB/bench.sh" --resume int
is "and resumed as it says" "$RC $(each int boot | uniq | tr -d ' ' | tr '\n' ' ')" "0 1 2 "
# first OPTIONS...   a bench whose guest does not come up; what ran before it
first() {
	LAB_RUN=none DIES='never
never
never
never'
	export DIES
	: >"$GUESTS"
	run "$LAB/bench.sh" "$@"
	head -n 1 "$GUESTS" | grep ^exact
}
COUNTED="-w exact-pipe -w exact-timer -w exact-yield-10"
is "of a bench in an emulated machine, the exact lab is first: fair and all policies" "$(first)" "exact 1 -s fair -s mine $COUNTED"
is "or those that were chosen" "$(first -s fifo --policy 'a b' --policy=c)" "exact 1 -s fair -s fifo -s a b -s c $COUNTED"
is "of which fair may be one" "$(first -s c -s fair)" "exact 1 -s c -s fair $COUNTED"
is "not where anything else was chosen" "$(first -s fifo --blocks 2; first -w quick; first --plan=quick)" ""
is "nor where CPUs are not emulated" "$(export ACCEL=kvm; first)" ""
is "an exact lab that fails does not end the bench" "$(export EXACT=1; first >"$TMP/x"; wc -l <"$GUESTS")" 4
is "one that is interrupted does" "$(export EXACT=130; first >"$TMP/x"; echo "$RC" "$(wc -l <"$GUESTS")")" "130 1"
done_testing
