#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Workloads that measure beside a load.
. "$(dirname "$0")/../tap.sh"
. "$(dirname "$0")/sample.sh"

# Frames of 40 ms of work can't be done within a tick, on no machine.
export FRAMES_SECONDS=1 FRAMES_WORK_MS=40
sample frames alone
is_from "each tick of the display is in the latency, also where there was no frame" "$(binned latency)" 120 100000
is "each frame is in the frame times" "$RC $(binned frame)" "0 $(value work_done)"
is_from "... of which there are fewer" "$(value work_done)" 2 50
is_from "frames of three ticks miss two of three" "$(value missed | cut -d. -f1)" 66 99
# The first frame of a loop is none where its tick came on time: the one before it is taken to have done as well.
is_from "... are stutters, an hour of two loops" "$(value stutters | cut -d. -f1)" $((($(value work_done) - 2) * 1800)) \
	$(($(value work_done) * 1800))
is_from "... and as slow as that (us)" "$(quantile frame 0.5)" 39000 10000000
is "a hundredth of few frames is too few" "$(value low_1)" "too few frames are a hundredth of all"
is "so is a tail" "$(value frame_p99)" "too few values beyond it"
FRAMES_WORK_MS=1 sample frames loaded
is_from "beside a load" "$RC$(binned latency)" 0120 0100000
sample frames build
is "beside a build" "$RC $WHY" "0 "
# What is killed takes a moment to be gone.
until ! readlink /proc/[0-9]*/cwd 2>/dev/null | grep -qF "$TMP/scratch"; do :; done
ok "... of which nothing is left"
(cd "$TMP/scratch" && BUILD_SRC=/none SCXB_VARIANT=build "$WORKLOADS/frames" run) 3>/dev/null >"$TMP/log" 2>&1
is "a load that ends by itself is no load" "$? $(tail -n 1 "$TMP/log")" "1 the load ended before the measurement did"

sample iowake pipe
is "each read of a pipe has a latency" "$RC $(binned latency)" "0 $(value work_done)"
is_from "... of two readers" "$(value work_done)" 20 2002
is_from "... beside a load that works" "$(value load_work | cut -d. -f1)" 1 1000000000000
# The program's own file may be in memory here.
sample iowake read
is "direct reads have a latency each, or it says what is wrong" \
	"$([ "$RC" = 1 ] && echo "${WHY##*IO_FILE= must name }" || echo "$(binned latency) of $(value work_done)")" \
	"$([ "$RC" = 1 ] && echo "a file on a disk" || echo "$(value work_done) of $(value work_done)")"
head -c 100000 /dev/zero >"$TMP/memory"
IO_FILE=$TMP/memory sample iowake read
is "a file in memory is refused" "$RC $(echo "$WHY" | grep -c 'IO_FILE= must name a file')" "1 1"
IO_FILE=$TMP/none sample iowake read
is "a file that is not there too" "$RC ${WHY%%:*}" "1 $TMP/none can't be read directly (No such file or directory)"
done_testing
