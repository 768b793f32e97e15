#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Reading the store: by anybody who can read it, beside a run, many at once; and a store where SQLite's WAL can't be.
. "$(dirname "$0")/../tap.sh"
. "$(dirname "$0")/home.sh"

R=$TMP/results
chmod 755 "$TMP"
nobody() { run setpriv --reuid=65534 --regid=65534 --clear-groups "$SCXBENCH" "$@"; }
stored() { sqlite3 "$R/scxbench.db" 'SELECT count(*) FROM sample'; }

# readers NAME CMD...   every command that only reads ends well and says nothing wrong
readers() {
	name=$1; shift
	failed=
	for words in "store --list" "report --list" "compare one two" "regress two --baseline one" \
		"history --json" "custody --show" "report two --output $TMP/pages-$name"; do
		# shellcheck disable=SC2086
		"$@" $words --results "$R"
		case $words:$RC in
		regress*:[14] | custody*:2 | *:0) ;;
		*) failed="$failed $words: $RC, $(cat "$TMP/err");" ;;
		esac
		grep -q "lock\|held" "$TMP/err" && failed="$failed $words: $(cat "$TMP/err")"
	done
	"$@" export --results "$R" "$TMP/out-$name/runs.scxb"
	[ "$RC" = 0 ] || failed="$failed export: $RC, $(cat "$TMP/err")"
	is "all that only reads works: $name" "$failed" ""
}
anybody() { run "$SCXBENCH" "$@"; }

for id in one two; do
	bench -s fair -s fifo -w quick --no-instrumented --run-id $id
done
store_files() { (cd "$R" && ls scxbench.db* && cksum scxbench.db scxbench.db-wal scxbench.db.lock); }

before=$(store_files)
for name in user nobody copy beside; do
	mkdir -m 777 "$TMP/out-$name" "$TMP/pages-$name"
done
readers user anybody
is "nothing of the store was written" "$(store_files)" "$before"
readers nobody nobody
is "nor by another user" "$(store_files)" "$before"
nobody report --results "$R" two
ended "without a folder to write to there is the comparison" 0 "scxbench report --output DIR"
check "on the terminal" grep -q fifo "$TMP/out"
nobody history --results "$R"
ended "and the history" 0 "no page is written"
nobody store --results "$R" --tag good two
is "who can't write tags nothing" "$RC" 3

# A copy has none of the files beside the database, and its folder is not the reader's.
mkdir "$TMP/copy"
cp "$R/scxbench.db" "$TMP/copy"
R=$TMP/copy
readers copy nobody
is "and nothing is made beside it" "$(ls "$TMP/copy")" scxbench.db
R=$TMP/results

# The run is stopped while its workload runs.
mkfifo "$TMP/go" "$TMP/started"
workload waiting "echo >$TMP/started; read -r _ <$TMP/go; echo 'metric time s lower 1' >&\$SCXB_RESULT_FD"
"$SCXBENCH" bench --results "$R" -s fair -w waiting -b 1 --no-warmup --no-aa --no-instrumented --run-id held \
	>"$TMP/held" 2>&1 &
HOLDER=$!
read -r _ <"$TMP/started"
readers beside nobody
for i in 1 2 3 4; do
	"$SCXBENCH" report --results "$R" two >"$TMP/out$i" 2>"$TMP/err$i" & eval "P$i=$!"
done
codes=
for i in 1 2 3 4; do
	eval "wait \$P$i"
	codes="$codes$? $(cat "$TMP/err$i")"
done
is "four reports at once" "$codes" "0 0 0 0 "
echo >"$TMP/go"
wait $HOLDER
is "the run ends as if nobody had read, and is in the store" "$? $(stored)" "0 5"

# Left by a writer that was killed, with rows in the files beside the database.
sqlite3 "$R/scxbench.db" "PRAGMA wal_autocheckpoint=0" "UPDATE run SET plan = 'late' WHERE id = 'two'" \
	".shell kill -9 \$PPID" >/dev/null 2>&1
check "what a killed writer left is not in the database yet" test -s "$R/scxbench.db-wal"
nobody store --list --results "$R"
is "but is read by any user" "$RC $(grep -c late "$TMP/out")" "0 1"
rm "$R/scxbench.db-shm"
nobody store --list --results "$R"
ended "without the file that is shared only by one who can write" 3 "completes it"
anybody store --list --results "$R"
is "who then completes it" "$RC $(grep -c late "$TMP/out")" "0 1"

# An old database is brought up to date by a writer; for a reader it is enough in memory.
mkdir "$TMP/old"
sqlite3 "$TMP/old/scxbench.db" <tests/unit/data/store-v1.sql
nobody store --list --results "$TMP/old"
is "a database of version 1 is read by another user" "$RC $(grep -c 20261001 "$TMP/out")" "0 1"
is "and stays what it is" "$(sqlite3 "$TMP/old/scxbench.db" 'PRAGMA user_version')" 1

# A file system that can't share memory: 9p, NFS, some virtiofs.
cat >"$TMP/no_shm.c" <<'END'
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>
void *mmap(void *at, size_t len, int prot, int flags, int fd, off_t from)
{
	char link[64], name[512] = "";
	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	if (fd >= 0 && readlink(link, name, sizeof(name) - 1) > 4 && !strcmp(name + strlen(name) - 4, "-shm"))
		return errno = EINVAL, MAP_FAILED;
	return (void *)syscall(SYS_mmap, at, len, prot, flags, fd, from);
}
void *mmap64(void *at, size_t len, int prot, int flags, int fd, off_t from)
{
	return mmap(at, len, prot, flags, fd, from);
}
END
cc -shared -fPIC -o "$TMP/no_shm.so" "$TMP/no_shm.c"
export LD_PRELOAD="$TMP/no_shm.so"
mode() { LD_PRELOAD='' sqlite3 "$1/scxbench.db" 'PRAGMA journal_mode'; }
said() { grep -c "WAL is not used" "$TMP/err"; }

R=$TMP/ninep
run "$SCXBENCH" bench --results "$R" -s fair -w quick -b 1 --no-warmup --no-aa --no-instrumented --run-id one
is "there a run is stored with another journal, which is said once" "$RC $(said) $(mode "$R")" "0 1 delete"
run "$SCXBENCH" bench --results "$R" -s fair -w quick -b 1 --no-warmup --no-aa --no-instrumented --run-id two
is "and not again" "$RC $(said)" "0 0"
anybody store --list --results "$R"
is "both are there" "$RC $(wc -l <"$TMP/out")" "0 3"
nobody store --list --results "$TMP/results"
is "a reader needs no shared memory" "$RC" 0
run "$SCXBENCH" store --results "$TMP/results" --tag moved one
is "a store that came from elsewhere is converted" "$RC $(said) $(mode "$TMP/results")" "0 1 delete"
unset LD_PRELOAD

# What can't be made leaves nothing.
mkdir "$TMP/none"
run sh -c 'trap "" XFSZ; exec prlimit --fsize=1000 "$@"' sh "$SCXBENCH" import --results "$TMP/none" "$TMP/out-nobody/runs.scxb"
is "after a refusal no empty database is left" "$((RC != 0)) $(ls "$TMP/none")" "1 scxbench.db.lock"
done_testing
