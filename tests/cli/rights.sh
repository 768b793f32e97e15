#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Of root's capabilities the program keeps those of its list, and so does all that it starts.
. "$(dirname "$0")/../tap.sh"
. "$(dirname "$0")/home.sh"

[ "$(id -u)" = 0 ] || { echo "1..0 # SKIP only root has capabilities to give up"; exit 0; }
cat >"$TMP/bits.pl" <<'END'
my %number = map { /define (CAP_\w+)\s+(\d+)$/ ? ($1, $2) : () } `cat /usr/include/linux/capability.h`;
my $bits = 0;
open(F, "harness/util/caps.c");
for (<F>) { $bits |= 1 << $number{$1} if /ROW\((CAP_\w+), (\w+)/ && ($2 eq "FILES" || $ARGV[0] eq "all") }
printf "%016x\n", $bits;
END
ALL=$(perl "$TMP/bits.pl" all) SOME=$(perl "$TMP/bits.pl" files)
# What this root has itself, a container's perhaps.
mask() { printf '%016x\n' $((0x$1 & 0x$(sed -n 's/^CapBnd:\t//p' /proc/self/status))); }
ALL=$(mask "$ALL") SOME=$(mask "$SOME")
check "the list has some for files and more for a run" test "$ALL" != "$SOME"
# rights FILE   the bounding and the effective set that were noted there
rights() { sed -n 's/^Cap\(Bnd\|Eff\):\t//p' "$1" | sort -u | tr '\n' ' '; }

without_tools
printf '#!/bin/sh\ncat /proc/self/status >%s\n' "$TMP/tool" >"$TMP/bin/gnuplot"
workload quick "cat /proc/self/status >$TMP/job; echo 'metric time s lower 1.5' >&\$SCXB_RESULT_FD"
bench -s fair -s fifo -w quick --no-instrumented --run-id a
is "a run ends with 0" "$RC" 0
is "a workload of root's has what a run needs" "$(rights "$TMP/job")" "$ALL "
rm "$TMP/tool"
run "$SCXBENCH" report --results "$TMP/results" a
is "a report ends with 0" "$RC" 0
is "a tool that draws it has what files need" "$(rights "$TMP/tool")" "$SOME "

cat >"$TMP/hook" <<-END
	#!/bin/sh
	cat /proc/self/status >$TMP/hooked
END
chmod +x "$TMP/hook"
run "$SCXBENCH" nightly -o results="$TMP/nights" -o blocks=1 -o policy=fair -o policy=fifo -o workload=quick -o hook="$TMP/hook"
is "a hook of a night has what a run needs" "$(rights "$TMP/hooked")" "$ALL "
diag <"$TMP/err"

# What is missing is named before any sample, each by a line of its own.
mkdir -p "$SCXBENCH_ROOT/proc/self"
printf 'CapEff:\t000001ffffffffdd\n' >"$SCXBENCH_ROOT/proc/self/status"
rm -r "$TMP/results"
bench -s fair -w quick
is "without two of them no run is taken" "$RC $(ls "$TMP/results" 2>/dev/null)" "3 "
cp "$TMP/err" "$TMP/why"
run "$SCXBENCH" doctor --native
is "doctor ends alike" "$RC" 3
for cap in KILL DAC_OVERRIDE; do
	check "$cap is named, with its cure" grep -q "CAP_$cap is missing.*--cap-add=$cap" "$TMP/why"
	check "by doctor too" grep -q "CAP_$cap is missing" "$TMP/out"
done
rm "$SCXBENCH_ROOT/proc/self/status"
run setpriv --bounding-set=-setpcap,-kill "$SCXBENCH" report --results "$TMP/results"
check "who can't give up rights can read" test "$RC" != 3
done_testing
