#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What killed runs and tools left in memory, /dev/shm: the next run removes it, and nothing that is in use.
. "$(dirname "$0")/../tap.sh"
. "$(dirname "$0")/home.sh"

SHM=/dev/shm
DEAD=$SHM/scxbench.dead$$ LIVING=$SHM/scxbench.living$$ FOREIGN=$SHM/scxbench.file$$
trap 'rm -rf "$TMP" "$DEAD" "$LIVING" "$FOREIGN" "$SHM/cyclictest$$" "$SHM/$$"' EXIT
sh -c 'echo $$' >"$TMP/ended"
ENDED=$(cat "$TMP/ended")
workload full "mkdir -p deep/er; : >deep/er/file; pwd >$TMP/where; echo 'metric time s lower 1.5' >&\$SCXB_RESULT_FD"

mkdir -p "$DEAD/deep" "$SHM/$$"
: >"$DEAD/deep/file" && : >"$FOREIGN"
ln -s /etc "$DEAD/deep/link"
: >"$SHM/cyclictest$ENDED" && : >"$SHM/cyclictest$$"
# Locked before it has its name, so that no other run on this machine can remove it.
exec 8<"$SHM/$$"
flock 8
mv "$SHM/$$" "$LIVING"

bench -s fair -w full --no-instrumented --run-id a
is "a run" "$RC" 0
check "what no process holds is gone" test ! -e "$DEAD"
check "but nothing that a link in it leads to" test -d /etc
check "so is what a cyclictest that has ended left" test ! -e "$SHM/cyclictest$ENDED"
check "the directory of a run that lives stays" test -d "$LIVING"
check "so does what a living process has" test -e "$SHM/cyclictest$$"
check "and what is not a directory" test -e "$FOREIGN"
check "of its own it leaves nothing" test ! -e "$(cat "$TMP/where")"
exec 8<&-
bench -s fair -w full --no-instrumented --run-id b
check "when it has ended its directory goes too" test ! -e "$LIVING"

# Killed in the middle of a sample.
workload killer "pwd >$TMP/where; kill -9 \$(cat $TMP/harness); exec sleep 60"
sh -c 'echo $$ >"$1"; shift; exec "$@"' sh "$TMP/harness" "$SCXBENCH" bench --results "$TMP/results" --seed 1 \
	--blocks 1 --no-aa --no-warmup -s fair -w killer --no-instrumented --run-id c >"$TMP/out" 2>&1
is "one is killed" $? 137
LEFT=$(cat "$TMP/where")
# Its keeper may still be at work; then the directory is in use.
[ ! -d "$LEFT" ] || timeout 60 flock "$LEFT" true
bench -s fair -w full --no-instrumented --run-id d
is "the next one" "$RC" 0
check "removes what it left" test ! -e "$LEFT"
done_testing
