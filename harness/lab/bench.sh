#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# bench.sh [OPTIONS of scxbench bench]   a run in the lab: boot, bench, store the files, report. scxbench.sh has
# checked the options.
#
# The guest leaves each sample as a file in results/runs/<id>. A guest that died (emulation now and then loses a
# patch of running code) is followed by another one, which continues where it stopped; so does each boot of
# --restarts. Their files are stored and reported even when the run could not be completed.
#
# Where CPUs are emulated, a bench of which nothing but policies was chosen begins with a run of the exact lab (exact.sh), of
# one seed: instructions are true there, times are not.
#   LAB_RUN=ID     names the run (default: date, time, a random number); so does --run-id
#   LAB_RESULTS    another results/
. "$(dirname "$0")/lib.sh"

DEATHS=3 # in a row without a new sample: that is not an accident
ID=$(new_run)
asked=""
for arg in "$@"; do
	case $asked in --resume | --run-id) ID=$arg ;; esac
	case $arg in --resume=* | --run-id=*) ID=${arg#*=} ;; esac
	asked=$arg
done
RUN=$RESULTS/runs/$ID

# boot OPTIONS...   the bench in a guest, from power on to power off
boot() { LAB_RESTARTS=0 "$LAB_DIR/run.sh" /src/.build/lab/scxbench bench --files-only "$@" >/dev/null; }

# exact_first OPTIONS...
exact_first() {
	chosen=$(counted_policies "$@") && [ "$("$LAB_DIR/accel.sh")" = tcg ] || return 0
	say "first what a switch, a wakeup and a yield cost in instructions, counted exactly; then a run whose times are emulated"
	eval "set -- $chosen $COUNTED"
	LAB_RUN='' SEEDS=1 CPUS=1 PROFILE='' "$LAB_DIR/exact.sh" "$@"
}

ended() { grep -q '"ended": *"' "$RUN/run.json" 2>/dev/null; }
# Warm-ups are not progress: every boot takes them.
samples() { find "$RUN" -name 'sample-*.json' -exec grep -lE '"warmup": *false' {} + 2>/dev/null | wc -l; }

trap '' USR1 # asks a native run for a table; it would end this one
exact_first "$@" || { [ $? != 130 ] || exit 130; say "without the exact lab"; }
STOP='' rc=0 deaths=0 had=$(samples)
trap 'STOP=1' INT TERM HUP
case " $* " in *" --resume"*) boot "$@" || rc=$? ;; *) boot --where lab --run-id "$ID" "$@" || rc=$? ;; esac
while [ -z "$STOP" ] && ! ended; do
	now=$(samples)
	deaths=$((rc == 70 ? now == had ? deaths + 1 : 1 : 0))
	# This boot took its share of the blocks, or the guest died. Anything else ends the run.
	case $rc in
	0 | 1) [ "$now" -gt "$had" ] || break ;;
	70) [ "$deaths" -lt "$DEATHS" ] || { say "$deaths guests died without a new sample between them: that is not an accident"; break; } ;;
	*) break ;;
	esac
	had=$now rc=0
	say "run $ID goes on in another boot"
	if [ -f "$RUN/run.json" ]; then
		boot --resume "$ID" || rc=$?
	else
		rmdir "$RUN/logs" "$RUN" 2>/dev/null || true
		boot --where lab --run-id "$ID" "$@" || rc=$?
	fi
done
trap - INT TERM HUP
[ -z "$STOP" ] || rc=130
[ "$rc" != 70 ] || rc=1

[ -f "$RUN/run.json" ] || exit "$rc"
ended || say "the run has not ended: make bench WHERE=lab ARGS=\"--resume $ID\" goes on"
on_host store "/tmp/results/runs/$ID" && report=$(on_host report "$ID") || exit 1
printf '%s\n' "$report" | shown
exit "$rc"
