# SPDX-License-Identifier: GPL-2.0-or-later
# The machine itself changes in the middle of a sample.

CPU1=/sys/devices/system/cpu/cpu1/online
# during NAME STATUS WORDS RUN
during() {
	echo "$4" >"$TMP/run"
	take
	ends "$([ "$2" = ok ]; echo $?)"
	is_booked "$2" "$3"
	calm
	whole
	verdict "$1"
	echo "$BRIEF" >"$TMP/run"
}
if [ -w $CPU1 ]; then
	during "a CPU goes offline and comes back" ok '' "echo 0 >$CPU1; $BRIEF; echo 1 >$CPU1; $BRIEF"
else
	skip "a CPU goes offline and comes back" "only one CPU"
fi

# A workload has no right to do that.
echo "until [ -e $TMP/behind ]; do sleep 0.1; done; $BRIEF" >"$TMP/run"
begin
until_true 60 at_step measure || broken "it measures"
for step in '+1 day' '-2 days'; do date -s "$step" >"$TMP/date" || broken "the clock steps"; done
: >"$TMP/behind"
await
ends 0
is_booked ok ''
calm
whole
verdict "the clock is a day ahead, then a day behind"
date -s '+1 day' >"$TMP/date"
echo "$BRIEF" >"$TMP/run"

if grep -qs freeze /sys/power/state && [ -e /dev/rtc0 ] && rtcwake -m freeze -s 2 >"$TMP/suspend" 2>&1; then
	during "the machine is suspended" void "suspended" "rtcwake -m freeze -s 3 >&2; $BRIEF"
else
	skip "the machine is suspended" "it can't be, or does not wake by its clock"
fi

# The kernel kills us and the holder for want of memory.
OOM=/sys/fs/cgroup/oom
mkdir $OOM
echo 'sleep 1000' >"$TMP/run"
begin
until_true 60 at_step measure || broken "it measures"
for pid in $PID $(pgrep -x scxbench-holder); do echo "$pid" >$OOM/cgroup.procs; done
echo 1 >$OOM/memory.oom.group
echo 0 >$OOM/memory.swap.max 2>/dev/null
echo 0 >$OOM/memory.max
until_true 20 ended "$PID"
holds "it is killed for want of memory" grep -q 'oom_kill [1-9]' $OOM/memory.events
kill -9 "$PID" 2>/dev/null
wait "$PID"
echo "$BRIEF" >"$TMP/run"
calm
until_true 5 rmdir $OOM
resume
whole
verdict "the kernel kills us and the holder for want of memory"
