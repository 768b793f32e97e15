#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What the workload cyclictest makes of cyclictest's result: each case is a result as cyclictest writes it, with 4
# threads whose windows have 4,000 wakeups.
. "$(dirname "$0")/../tap.sh"

WORKLOAD=$PWD/.build/lab/workloads/cyclictest HACKBENCH=$PWD/.build/lab/workloads/hackbench
mkdir "$TMP/bin"
cat >"$TMP/bin/cyclictest" <<'END'
#!/bin/sh
echo "$LC_ALL" >"$RESULT.locale"
echo "$@" >"$RESULT.arguments"
for a; do case $a in --json=*) cp "$RESULT" "${a#--json=}" ;; esac; done
END
chmod +x "$TMP/bin/cyclictest"
export PATH="$TMP/bin:$PATH" RESULT=$TMP/result SCXB_CPUS=4 SCXB_SCALE=2 LC_ALL=de_DE.UTF-8
cd "$TMP" || exit 1

# thread CYCLES MIN MAX BIN:COUNT...   appends a thread to the result
thread() {
	cycles=$1 min=$2 max=$3 bins=''
	shift 3
	for bin; do bins="$bins\"${bin%:*}\": ${bin#*:},
"; done
	printf '"%s": {\n"histogram": {\n%s\n},\n"cycles": %s,\n"min": %s,\n"max": %s,\n"cpu": 0\n},\n' \
		"$((NR += 1))" "${bins%,*}" "$cycles" "$min" "$max" >>"$RESULT"
}
good() { for _ in $(seq "$1"); do thread 4000 10 20 10:2000 15:1800 20:200; done; }
# sample CMD...   the workload's results, of the threads that follow
sample() {
	RC=0
	"$WORKLOAD" run >"$TMP/out" 2>"$TMP/err" || RC=$?
	: >"$RESULT"
	NR=0
}
# value NAME   its value, or why it is absent; of a quantile the lower edge of its bin
value() {
	sed -nE "s/^(metric $1 [^ ]+ [a-z]+|absent $1 [^ ]+) //p" "$TMP/out"
	awk -v name="$1" '$1 == "hist" { line = $0; n = $4; for (i = 5; i <= NF; i++) { split($i, b, ":"); n += b[3] } }
		$1 == "quantile" && $2 == name {
			nr = split(line, bin, " ")
			for (i = 5; i <= nr && below < $5 * n; i++) { split(bin[i], b, ":"); below += b[3] }
			print b[1]
		}' "$TMP/out"
}
# holds NAME METRIC=VALUE...
holds() {
	what=$1 got='' wanted=''
	shift
	for pair; do
		got="$got ${pair%%=*}=$(value "${pair%%=*}")"
		wanted="$wanted $pair"
	done
	is "$what" "$got" "$wanted"
}
# binned   how many wakeups the histogram holds, and those beyond it
binned() { sed -n 's/^hist latency us //p' "$TMP/out" | tr ' ' '\n' | awk -F: 'NF == 1 { o = $1 } { n += $3 } END { print n + 0, o + 0 }'; }
CLOCK="the clock went back: late and early wakeups can't be told apart"
UNKNOWN='too many wakeups are unaccounted for'
: >"$RESULT"
NR=0

good 4; sample
holds "all are on time" p50=10 p99=20 max=20 cycles_expected=16000 cycles_actual=16000 cycles_missed=0 \
	cycles_early=0 cycles_unaccounted=0
is "... and in the histogram" "$(binned)" "16000 0"

check "the threads begin together, each a quarter of the period after the one before" \
	grep -q -- '-t 4 --aligned=250 -i 1000 ' "$RESULT.arguments"
is "... of a cyclictest whose numbers have a point" "$(cat "$RESULT.locale")" C

good 3; thread 4000 -3 20 10:2000 15:1800 20:199; sample
holds "an early wakeup" p50=10 p99=20 max=20 cycles_missed=0 cycles_early=1 cycles_unaccounted=0
is "... is not in the histogram" "$(binned)" "15999 0"

for wrapped in -965 18446744073709550651 4294966331; do
	good 3; thread 4000 10 $wrapped 10:2000 15:1800 20:199; sample
	holds "a greatest value of $wrapped" p99=20 max=20 cycles_missed=0 cycles_early=1
done

good 3; thread 4000 10 20 -3:2 10:2000 15:1800 20:198; sample
holds "a bin of early wakeups" p99=20 cycles_early=2 cycles_missed=0

good 3; thread 3000 10 -965 10:2900 15:99; sample
holds "the clock went back, and wakeups lack" p50="$CLOCK" p99="$CLOCK" max="$CLOCK" cycles_missed="$CLOCK"
is "... there is no histogram" "$(binned)" "0 0"
good 3; thread 2801 -3 1200500 10:2799; sample
holds "early beside beyond the histogram's end" p99="$CLOCK" max="$CLOCK"
good 3; thread 4000 -3 20 10:2000 15:1800; sample
holds "more than 1 % are early" p99="$CLOCK" cycles_early=200

good 3; thread 3990 10 10500 10:3900 20:89 10500:1; sample
holds "a stall of 10 ms" p99=20 max=10500 cycles_missed=10 cycles_unaccounted=0
good 3; thread 4000 10 500000 10:3999 500000:1; sample
holds "a late wakeup that skipped none" p99=20 max=500000 cycles_missed=0 cycles_unaccounted=0
good 3; thread 3800 10 500000 10:3799 500000:1; sample
holds "a stall beyond the window's end" cycles_missed=200 cycles_unaccounted=0 p99=340000
good 3; thread 2801 10 1200500 10:2800; sample
holds "a stall beyond the histogram's end" p99="beyond the histogram's end" cycles_missed=1199 max=1200500
is "... of which nothing is lost" "$(binned)" "15800 200"

printf '"1": {\n"cycles": 99000000,\n' >"$RESULT"
seq 10000 999999 | sed 's/.*/"&": 100,/' >>"$RESULT"
SCXB_CPUS=1 sample
is "stalls of each length, as on a big machine, are kept" "$(binned)" "99000000 0"
is "... in a few bins" "$(sed -n 's/^hist latency us //p' "$TMP/out" | wc -w)" "$((1 + 9000 + 9000))"

good 3; thread 4000 10 20 10:2000 15:1800 20:150; sample
holds "cycles without a bin that are neither" p99=20 cycles_unaccounted=50 cycles_early=0 cycles_missed=0
is "... are not in the histogram" "$(binned)" "15950 0"
good 3; thread 4000 10 20 10:2000 15:1800; sample
holds "more than 1 % of them" p50=10 p99="$UNKNOWN"
thread 4000 10 20 10:3900 20:100; SCXB_CPUS=1 sample
holds "four wakeups beyond a quantile" p99=20 p99.9="too few wakeups beyond it"
good 3; thread 3000 10 20 10:1500 20:1500; sample
holds "a thread that ended early" p50=10 p99="$UNKNOWN" cycles_unaccounted=1000 cycles_missed=0
good 3; sample
holds "a thread that is missing" p50=10 p99="$UNKNOWN" cycles_unaccounted=4000
good 2; thread 4100 10 20 10:2000 20:2100; thread 3900 10 20 10:2000 20:1900; sample
holds "unequal threads do not make up for each other" p99="$UNKNOWN" cycles_unaccounted=200
good 3; thread 0 1000000 0; sample
holds "a thread without a cycle" p50=10 p99="$UNKNOWN" cycles_unaccounted=4000

thread 10 10 10 10:11; sample
is "more in bins than cycles is refused" "$RC $(cat "$TMP/err")" "1 cyclictest counted 10 cycles and binned 11"
sample
is "so is a result without threads" "$RC $(cat "$TMP/err")" "1 cyclictest counted no cycles"
# What hackbench says last is in the reason. Its double is stopped until cyclictest's threads run.
cat >"$TMP/bin/cyclictest" <<'END'
#!/bin/sh
for load in $(cat "/proc/$PPID/task/$PPID/children"); do
	[ "$load" != $$ ] || continue
	kill -CONT "$load"
	until grep -q '^State:.Z' "/proc/$load/status"; do :; done
done
END
cat >"$TMP/bin/hackbench" <<'END'
#!/bin/sh
printf 'Running\nCreating fdpair: Too many open files\n\n' >&2
exit 1
END
chmod +x "$TMP/bin/hackbench"
SCXB_VARIANT=loaded sample
is "why the load ended is in the last line" "$RC $(tail -n 1 "$TMP/err")" \
	"1 the load ended before the measurement did: Creating fdpair: Too many open files"
SCXB_VARIANT=pipe run "$HACKBENCH" run
is "... and why hackbench alone did" "$RC $(tail -n 1 "$TMP/err")" \
	"1 hackbench failed: Creating fdpair: Too many open files"
(SCXB_VARIANT=pipe exec "$HACKBENCH" run) >"$TMP/log" 2>&1
is "... which is the last line where both streams are its log" "$(tail -n 1 "$TMP/log")" \
	"hackbench failed: Creating fdpair: Too many open files"
printf '#!/bin/sh\necho no timer >&2; exit 3\n' >"$TMP/bin/cyclictest"
sample
is "... and why cyclictest did" "$RC $(tail -n 1 "$TMP/err")" "1 cyclictest failed (status 0x300): no timer"
done_testing
