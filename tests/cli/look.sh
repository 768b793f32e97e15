#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# SIGUSR1 to a bench: a table of the samples so far, on stderr, once, between two samples; the run goes on as it was.
. "$(dirname "$0")/../tap.sh"
. "$(dirname "$0")/home.sh"

# Each sample says that it runs, and ends when the test has looked.
mkfifo "$TMP/go" "$TMP/started"
workload waiting "echo 'metric time s lower 1.5' >&\$SCXB_RESULT_FD; echo >$TMP/started; read -r _ <$TMP/go"
"$SCXBENCH" bench --results "$TMP/results" -s fair -s fifo -w waiting -b 1 --no-warmup --no-instrumented --no-aa --run-id looked \
	>"$TMP/out" 2>"$TMP/err" &
BENCH=$!
read -r _ <"$TMP/started"
kill -USR1 $BENCH
kill -USR1 $BENCH
echo >"$TMP/go"
read -r _ <"$TMP/started"
is "while the second sample runs the first one was shown" "$(grep -c 'Interim: 1 of 2 samples are taken' "$TMP/err")" 1
check "as a table" grep -q '^ratio to fair' "$TMP/err"
is "stdout is for the result" "$(cat "$TMP/out")" ""
echo >"$TMP/go"
RC=0
wait $BENCH || RC=$?
is "the run ends as it would have" "$RC" 0
check "with its result" grep -q '^This is a demonstration' "$TMP/out"
is "two signals are one look" "$(grep -c Interim "$TMP/err")" 1
done_testing
