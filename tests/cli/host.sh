#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The machine's settings: as the run asks while it lasts, as they were after it, however it ends.
. "$(dirname "$0")/../tap.sh"
. "$(dirname "$0")/home.sh"

AUTOGROUP=$SCXBENCH_ROOT/proc/sys/kernel/sched_autogroup_enabled
CPUFREQ=$SCXBENCH_ROOT/sys/devices/system/cpu/cpufreq
THP=$SCXBENCH_ROOT/sys/kernel/mm/transparent_hugepage/enabled
RESTORE=$SCXBENCH_ROOT/run/scxbench/host-restore
mkdir -p "${AUTOGROUP%/*}" "$CPUFREQ/policy0" "$CPUFREQ/policy1" "${THP%/*}"
ALL=governor=performance,turbo=off,thp=never
FIFO="-s fifo -w looks --no-instrumented --files-only"

machine() {
	echo 1 >"$AUTOGROUP"
	echo powersave >"$CPUFREQ/policy0/scaling_governor"
	echo schedutil >"$CPUFREQ/policy1/scaling_governor"
	echo 1 >"$CPUFREQ/boost"
	echo 'always [madvise] never' >"$THP"
}
# The word in brackets, or the whole line.
cat >"$TMP/settings" <<END
for f in $AUTOGROUP $CPUFREQ/policy?/scaling_governor $CPUFREQ/boost $THP; do
	printf '%s ' "\$(sed 's/.*\[\(.*\)\].*/\1/' "\$f")"
done
END
settings() { sh "$TMP/settings"; }
AS_BEFORE="1 powersave schedutil 1 madvise "
IN_A_RUN="0 powersave schedutil 1 madvise "
AS_ASKED="0 performance performance 0 never "

workload looks "sh $TMP/settings >$TMP/seen; echo 'metric time s lower 1.5' >&\$SCXB_RESULT_FD"

machine
bench $FIFO --run-id plain
is "without --host only autogroup is off in a run" "$RC $(cat "$TMP/seen")" "0 $IN_A_RUN"
is "and as it was after it" "$(settings)" "$AS_BEFORE"

bench $FIFO --run-id asked --host $ALL
is "with --host every setting is as asked" "$RC $(cat "$TMP/seen")" "0 $AS_ASKED"
is "and as it was after it" "$(settings)" "$AS_BEFORE"
check "nothing is left to restore" test ! -e "$RESTORE"
check "the run's environment has the settings as they were in the run" \
	grep -q '"kernel.thp": *"never"' "$TMP/results/runs/asked/run.json"
check "the command that repeats it asks for them too" grep -q -- "--host $ALL" \
	"$TMP/results/runs/asked/run.json"

# Five settings are made, then put back: killed before each of the ten.
for k in 1 2 3 4 5 6 7 8 9 10; do
	machine
	DOUBLE_AT=change:$k:kill bench $FIFO --run-id "kill-$k" --host $ALL
	check "killed at change $k: the restore file is there" test -s "$RESTORE"
	bench $FIFO --run-id "after-$k"
	is "killed at change $k: the next start puts all back first" "$RC $(cat "$TMP/seen")" "0 $IN_A_RUN"
	is "and says so" "$(grep -c 'put back' "$TMP/err")" 1
	is "killed at change $k: all is as before" "$(settings)" "$AS_BEFORE"
done
machine
DOUBLE_AT=attach:1:kill bench $FIFO --run-id kill-mid --host $ALL
is "killed in a sample: the settings are still as asked" "$(settings)" "$AS_ASKED"
bench $FIFO --run-id after-mid
is "and put back by the next start" "$RC $(settings)" "0 $AS_BEFORE"


machine
DOUBLE_AT=attach:2:kill bench $FIFO -s vtime --run-id again --host $ALL
rm "$TMP/seen"
run "$SCXBENCH" bench --results "$TMP/results" --files-only --resume again
is "a killed run goes on with the settings that it asked for" "$RC $(cat "$TMP/seen")" "0 $AS_ASKED"
is "and leaves them as they were before it was killed" "$(settings)" "$AS_BEFORE"

machine
DOUBLE_AT=change:3:fail bench $FIFO --run-id refused --host $ALL
ended "a setting that the kernel refuses ends the run" 3 "can't be set to 'performance'"
is "those before it are put back" "$(settings)" "$AS_BEFORE"

# A driver alters more than it is asked for: the double's governor "performance" forces the energy preference and
# refuses another one meanwhile; its boost sets the limits of every policy.
driver() {
	machine
	echo balance_performance >"$CPUFREQ/policy0/energy_performance_preference"
	echo power >"$CPUFREQ/policy1/energy_performance_preference"
	echo 4000000 >"$CPUFREQ/policy0/scaling_max_freq"
	echo 3000000 >"$CPUFREQ/policy1/scaling_max_freq"
	echo 1 >"$CPUFREQ/policy0/boost"
	echo 0 >"$CPUFREQ/policy1/boost"
}
altered() {
	for f in energy_performance_preference scaling_max_freq boost; do
		printf '%s ' "$(cat "$CPUFREQ/policy0/$f")" "$(cat "$CPUFREQ/policy1/$f")"
	done
}
UNALTERED="balance_performance power 4000000 3000000 1 0 "
driver
bench $FIFO --run-id driver --host $ALL
is "what a driver alters with a setting is as before after the run" "$RC $(settings)$(altered)" "0 $AS_BEFORE$UNALTERED"
is "without a warning" "$(grep -c "can't be put back" "$TMP/err")" 0
for k in 3 4 5 6 7 8 9 10 11 12 13 14; do
	driver
	DOUBLE_AT=change:$k:kill bench $FIFO --run-id "driver-$k" --host $ALL
	bench $FIFO --run-id "driver-after-$k"
	is "killed at change $k: the next start puts that back too" "$(settings)$(altered)" "$AS_BEFORE$UNALTERED"
done

echo balance_performance power >"$CPUFREQ/policy0/energy_performance_available_preferences"
driver
workload epp "cat $CPUFREQ/policy0/energy_performance_preference >$TMP/seen; echo 'metric time s lower 1.5' >&\$SCXB_RESULT_FD"
EPP="-s fifo -w epp --no-instrumented --files-only"
bench $EPP --run-id epp --host epp=power
is "the energy preference is as asked, and as before after the run" "$RC $(cat "$TMP/seen") $(altered)" "0 power $UNALTERED"
for k in 0 3 4 5 6 7 8; do
	driver
	DOUBLE_AT=change:$k:kill bench $EPP --run-id "epp-$k" --host governor=powersave,epp=power
	bench $EPP --run-id "epp-after-$k"
	is "killed at change $k: the governor and the preference are put back" "$(settings)$(altered)" "$AS_BEFORE$UNALTERED"
done
driver
mkdir "${CPUFREQ%/*}/cpu0"
ln -s ../cpufreq/policy0 "${CPUFREQ%/*}/cpu0/cpufreq"
DOUBLE_AT=attach:2:kill bench $EPP -s vtime --run-id epp-again --host epp=power
rm "$TMP/seen"
run "$SCXBENCH" bench --results "$TMP/results" --files-only --resume epp-again
is "a killed run goes on with the preference that it asked for" "$RC $(cat "$TMP/seen") $(altered)" "0 power $UNALTERED"
rm -r "${CPUFREQ%/*}/cpu0"
driver
echo performance >"$CPUFREQ/policy0/scaling_governor"
bench $EPP --run-id epp-refused --host epp=power
ended "a preference that the governor refuses" 3 "energy_performance_preference can't be set to 'power': Device or resource busy"
bench $EPP --host epp=fast
ended "one that is not offered" 2 "this machine has no energy performance preference 'fast': it offers balance_performance power"
rm "$CPUFREQ/policy0/energy_performance_available_preferences"

machine
printf '1\t/sys/power/state\n' >"$RESTORE"
bench $FIFO --run-id foreign
ended "a restore file with a setting that is not ours is not applied" 3 "$RESTORE"
rm "$RESTORE"

# A cpuset of our own, which the workload's cgroup is not below.
workload asks "sed -n 's/^Cpus_allowed_list:.//p' /proc/self/status >$TMP/seen; echo 'metric time s lower 1.5' >&\$SCXB_RESULT_FD"
FIRST=$(sed -n 's/^Cpus_allowed_list:.//p' /proc/self/status | sed 's/[-,].*//')
DOUBLE_CPUSET=1 run taskset -c "$FIRST" "$SCXBENCH" bench --results "$TMP/results" --seed 1 --blocks 1 --no-aa --no-warmup \
	-s fifo -w asks --no-instrumented --files-only --run-id cpuset
is "the workload may use no CPU that scxbench may not" "$RC $(cat "$TMP/seen")" "0 $FIRST"

rm -r "$CPUFREQ"
bench $FIFO --run-id lacks --host governor=performance,turbo=off
is "a machine that lacks a setting runs all the same" "$RC" 0
is "and each is named" "$(grep -c 'this machine has no .* is left as it is' "$TMP/err")" 2

bench $FIFO --host turbo=maybe
ended "an unknown value" 2 "turbo=maybe"
bench $FIFO --host color=red
ended "an unknown setting" 2 "color=red"
printf 'rubbish\n' >"$RESTORE"
bench $FIFO --run-id damaged
ended "a damaged restore file is named and not removed" 3 "$RESTORE"
check "it is still there" test -s "$RESTORE"
rm "$RESTORE"
mkdir -p "$SCXBENCH_ROOT/proc/sys/kernel"
echo 1 >"$SCXBENCH_ROOT/proc/sys/kernel/sched_bore"
bench -s fair -s fifo -w looks --no-instrumented --run-id bore
check "a kernel with BORE is not called EEVDF" grep -q '"fair":"BORE (.* with sched_bore=1)"' "$TMP/results/runs/bore/run.json"
check "nor in the results" grep -q '"fair": "BORE (.* with sched_bore=1)"' "$TMP/results/report/bore/results.json"
done_testing
