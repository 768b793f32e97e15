#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What another user of the machine can do to a run of root's: nothing.
. "$(dirname "$0")/../tap.sh"
. "$(dirname "$0")/home.sh"

chmod 755 "$TMP"
STATE=$SCXBENCH_ROOT/run/scxbench
as_nobody() { setpriv --reuid=65534 --regid=65534 --clear-groups "$@"; }

# locked_by_nobody FILE CMD...   runs it while nobody tries to hold a reader's lock on the file
locked_by_nobody() {
	file=$1; shift
	mkfifo "$TMP/locked"
	as_nobody perl -MFcntl -e '
		$| = 1;
		open(F, "<", $ARGV[0]) and fcntl(F, F_SETLK, pack("s s x![l!] l! l! i", F_RDLCK, SEEK_SET, 0, 0, 0));
		print "x\n"; sleep 60' "$file" >"$TMP/locked" &
	pid=$!
	read -r _ <"$TMP/locked"
	"$@"
	kill $pid
	wait $pid 2>/dev/null
	rm "$TMP/locked"
}

# The folder of the machine's state, its lock, and the lock of the store: of a careless umask and of an earlier program.
mkdir -p "$SCXBENCH_ROOT/run"
(umask 0; mkdir "$STATE"; : >"$STATE/lock"; mkdir -m 755 "$TMP/results"; : >"$TMP/results/scxbench.db.lock")
umask 0
run "$SCXBENCH" nightly --restore
is "with nothing to restore" "$RC" 0
is "only root writes in the folder of the state" "$(stat -c %a "$STATE")" 755
locked_by_nobody "$STATE/lock" run "$SCXBENCH" nightly --restore
is "nobody's lock does not keep the machine's settings from coming back" "$RC" 0
bench -s fair -s fifo -w quick --no-instrumented --run-id first
is "a run with umask 0" "$RC" 0
umask 022
locked_by_nobody "$STATE/lock" bench -s fair -w quick --no-instrumented --run-id second
is "nobody's lock does not keep a run from starting" "$RC" 0
locked_by_nobody "$TMP/results/scxbench.db.lock" bench -s fair -w quick --no-instrumented --run-id third
is "nor from its store" "$RC" 0

# What root restores was written by root.
mkdir -p "$SCXBENCH_ROOT/sys/kernel/mm/transparent_hugepage"
THP=$SCXBENCH_ROOT/sys/kernel/mm/transparent_hugepage/enabled
# restores NAME VALUE   after `nightly --restore` the setting has the value
restores() {
	echo never >"$THP"
	run "$SCXBENCH" nightly --restore
	is "$1" "$(cat "$THP")" "$2"
}
file=$STATE/host-restore
line="always	/sys/kernel/mm/transparent_hugepage/enabled"
echo "$line" >"$file"
restores "root's file is applied" always
echo "$line" >"$file"; chmod 666 "$file"
restores "one that others can write is not" never
ended "and it says so" 3 "not a file that only root can write"
rm "$file"; echo "$line" >"$file"; chown nobody "$file"
restores "nor one of another user" never
rm "$file"; echo "$line" >"$TMP/elsewhere"; ln -s "$TMP/elsewhere" "$file"
restores "nor one that a link leads to" never
rm "$file"; echo "1	/proc/sys/.." >"$file"
restores "nor what is not a setting" never
rm "$file"
chown nobody "$STATE"
run "$SCXBENCH" nightly --restore
ended "a folder of another user's is not used" 3 "belongs to user"
chown 0 "$STATE"

# Results in a folder of another user's: root writes there as that user, and what it writes is theirs.
R=$TMP/theirs
secret=$TMP/secret
mkdir "$R" "$secret"
chown nobody:nogroup "$R"
echo root >"$secret/file"
chmod 700 "$secret"; chmod 600 "$secret/file"
bench_theirs() { bench --results "$R" -s fair -s fifo -w quick --no-instrumented "$@"; }
# unharmed NAME   nothing of root's was written to
unharmed() { is "$1" "$(ls "$secret") $(cat "$secret/file")" "file root"; }

bench_theirs --run-id a
is "root takes a run in it" "$RC" 0
run "$SCXBENCH" report --results "$R" a
is "and makes its report" "$RC" 0
is "all of it is the other user's" "$(find "$R" ! -user nobody)" ""
as_nobody ln -sf "$secret/file" "$R/report/a/fig/gnuplot.log"
as_nobody ln -sf "$secret/file" "$R/report/a/fig/dot.log"
as_nobody ln -sf "$secret/file" "$R/report/a/index.html"
run "$SCXBENCH" report --results "$R" a
unharmed "links for files of a report are not followed"
as_nobody rm -r "$R/report/a"
as_nobody ln -s "$secret" "$R/report/a"
run "$SCXBENCH" report --results "$R" a
ended "nor one for its folder" 3 "$R/report/a"
unharmed "which stays empty"
as_nobody rm "$R/report/a"
as_nobody mkdir -p "$R/runs/b"
as_nobody ln -s "$secret" "$R/runs/b/logs"
bench_theirs --run-id b
unharmed "nor one for the folder of a run"
as_nobody mv "$R/runs" "$R/away"
as_nobody ln -s "$secret" "$R/runs"
bench_theirs --run-id c
ended "nor for that of all runs" 3 "can't be written"
unharmed "where no run is taken"
as_nobody rm "$R/runs"
as_nobody mv "$R/scxbench.db" "$R/away.db"
as_nobody ln -s "$secret/new.db" "$R/scxbench.db"
bench_theirs --run-id d
unharmed "nor for the store"
as_nobody rm "$R/scxbench.db"
as_nobody mv "$R/away.db" "$R/scxbench.db"
chown 0:0 "$R/scxbench.db.lock"
bench_theirs --run-id e
ended "what is root's in it is named, with the cure" 3 "chown -R --reference=$R $R"

# The last line of a log is part of a sample, which is the other user's to read.
mkdir "$TMP/leak" && chown nobody "$TMP/leak"
workload failing "for log in $TMP/leak/runs/a/logs/*; do ln -sf $secret/file \$log; done; exit 1"
bench --results "$TMP/leak" -s fair -w failing --no-instrumented --run-id a
check "the sample says how its workload failed" grep -q "exited with 1" "$TMP/leak/runs/a/sample-0001.json"
check "and nothing of what a link leads to" sh -c '! grep -q "exited with 1: root" "$1"' sh "$TMP/leak/runs/a/sample-0001.json"

# What a night's settings name is root's alone: it runs as root, or root writes there.
mkdir "$TMP/web" "$TMP/pub" "$TMP/mine"
chown nobody "$TMP/web"
chmod 1777 "$TMP/pub"
for file in hook log policy.bpf.o; do : >"$TMP/web/$file"; done
: >"$TMP/pub/root"
: >"$TMP/mine/open" && chmod 666 "$TMP/mine/open"
ln -s "$TMP/web" "$TMP/mine/link"
night_check() { run "$SCXBENCH" nightly --check "$@"; }
while read -r setting; do
	night_check -o "$setting"
	ended "${setting##*"$TMP/"} is refused" 3 "not only root can change"
done <<END
publish = $TMP/web
publish = $TMP/web/new
publish = $TMP/pub
publish = $TMP/pub/new
publish = $TMP/mine/link/new
hook = $TMP/web/hook
hook = sh '$TMP/web/hook' >/dev/null
hook = echo >>$TMP/web/log
hook = echo >$TMP/pub/new
hook = cat <"$TMP/mine/open"
policy = $TMP/web/policy.bpf.o
policy = x=cmd:$TMP/web/hook -v
END
chown nobody "$TMP/mine/open"
night_check --config "$TMP/mine/open"
ended "settings of another user's too" 3 "not only root can change $TMP/mine/open"
while read -r setting; do
	night_check -o "$setting"
	check "${setting##*"$TMP/"} is taken" sh -c '! grep -q "not only root" "$1"' sh "$TMP/err"
done <<END
publish = $TMP/mine/new
hook = echo >>$TMP/pub/root 2>/dev/null
hook = rsync -a "\$SCXBENCH_REPORT" reports:scxbench/
hook = /usr/bin/env true
END

# A link in a report of the other user's is not written through when it is published.
mkdir "$TMP/draws"
cat >"$TMP/draws/gnuplot" <<-END
	#!/bin/sh
	for dir in "$TMP"/nights/report/*/; do
		for name in regress.txt regress.xml; do ln -sf "$secret/file" "\$dir\$name"; done
	done
END
chmod +x "$TMP/draws/gnuplot"
mkdir "$TMP/nights" && chown nobody "$TMP/nights"
for _ in 1 2; do
	PATH=$TMP/draws:$PATH run "$SCXBENCH" nightly -o results="$TMP/nights" -o blocks=1 -o policy=fair -o policy=fifo -o workload=quick \
		-o publish="$TMP/mine/out"
done
check "a night is published" test -s "$TMP/mine/out/latest/index.html"
unharmed "no link of it is written through"

# What root finds by PATH was put there by root.
mkdir "$TMP/tools" "$TMP/open"
chmod 777 "$TMP/open"
for dir in tools open; do
	printf '#!/bin/sh\n: >%s/ran\n' "$TMP/open" >"$TMP/$dir/gnuplot"
	chmod +x "$TMP/$dir/gnuplot"
done
chown nobody "$TMP/tools"
for dir in "$TMP/tools" "$TMP/open" ""; do
	(PATH=$dir:$PATH; cd "$TMP/tools" && run "$SCXBENCH" report --results "$R" a; echo "$RC" >"$TMP/rc"; cp "$TMP/err" "$TMP/warned")
	check "a tool in '${dir#"$TMP/"}' is not run" test ! -e "$TMP/open/ran"
	check "which is said" grep -q "is left out of PATH" "$TMP/warned"
done

export SUDO_UID=65534 SUDO_GID=65534
bench --results "$TMP/asked" -s fair -w quick --no-instrumented --run-id a
unset SUDO_UID SUDO_GID
is "results that are new under sudo" "$RC" 0
is "belong to the user who asked" "$(find "$TMP/asked" ! -user nobody)" ""
done_testing
