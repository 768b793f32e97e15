#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# scxbench share: picture, table, text and archive of a run say what its report, its exports and the terminal say.
. "$(dirname "$0")/../tap.sh"
. "$(dirname "$0")/home.sh"
. "$(dirname "$0")/fake_runs.sh"

share() { run "$SCXBENCH" share --results "$TMP/results" "$@"; }
S=$TMP/results/report/full/share
BAD='locality:1=void fifo:3=ejected'
fake full 'fifo=1.10 vtime=0.95 locality=1.003 slow=1.2' STARTED=1790100000 BAD="$BAD" \
	COMMAND="scxbench bench -s 'fifo:slice_us=20000' -s 'vtime:slice_us=20000' --blocks 15 --seed 7 --note 'two words  and \\\\\\\" a mark'"

share full
is "exit 0, and the folder on stdout" "$RC $(cat "$TMP/out" "$TMP/err")" "0 $S"
is "a picture in two forms, a table, a text, an archive" "$(cd "$S" && echo *)" \
	"fig scxbench-full.tar.gz summary.md summary.png summary.svg summary.txt"
is "the archive has them in a folder of its own" "$(tar -tzf "$S/scxbench-full.tar.gz")" "scxbench-full/summary.md
scxbench-full/summary.png
scxbench-full/summary.svg
scxbench-full/summary.txt"
is "the picture is as wide as others" "$(od -An -tu1 -j16 -N4 "$S/summary.png" | tr -s ' ')" " 0 0 5 0"

# The report's numbers, a line a cell: workload, policy, and its effect as people read it.
"$SCXBENCH" report --results "$TMP/results" full >"$TMP/terminal"
awk '
/"(workload|policy|verdict)": / { split($0, part, "\""); cell[part[2]] = part[4] }
/"(ratio|low|high)": / { split($0, part, "\""); value = part[3]; gsub(/[:, ]/, "", value); cell[part[2]] = value
	if (part[2] == "high" && cell["policy"] != "fair")
		if (cell["verdict"] == "unusable") print cell["workload"] "\t" cell["policy"] "\t✗ not usable"
		else printf "%s\t%s\t%.3f [%.3f, %.3f]\n", cell["workload"], cell["policy"], cell["ratio"], cell["low"], cell["high"] }
' "$S/../results.json" | sort >"$TMP/cells"
is "the report has all cells, one policy of them ejected" "$(wc -l <"$TMP/cells") $(grep -c not "$TMP/cells")" "8 2"

# effects   of rows "POLICY EFFECT ...", below a row "WORKLOAD: ...", as in that list
effects() {
	awk -v OFS='\t' '/lower is better/ { work = $1; sub(/:$/, "", work) }
	!NF { work = "" }
	work && match($0, /✗ not usable|[0-9.]+ \[[0-9.]+, [0-9.]+\]/) {
		print work, $1, substr($0, RSTART, RLENGTH) }' | sort
}
same() { is "$1" "$(cat)" "$(cat "$TMP/cells")"; }
effects <"$S/summary.txt" >"$TMP/text"
same "the text has the report's numbers" <"$TMP/text"
tr -d '|*\\' <"$S/summary.md" | effects >"$TMP/table"
same "so has the table" <"$TMP/table"
# Words of the picture, in the order of its rows: a workload, then its policies, then what stands beside each.
awk -F'"' '/^Group\[.*"[^"]/ { print $2 } /^Name\[.*"[^"]/ { name = $2 } /^Word\[.*"[^"]/ { gsub(/\\n/, " "); print name, $2 }' \
	"$S"/fig/summary-full.gp | effects >"$TMP/drawn"
same "so has the picture's script" <"$TMP/drawn"
lacking() { # FILE   effects of the report that it does not have
	cut -f3 "$TMP/cells" | while IFS= read -r text; do grep -qF -- "$text" "$1" || echo "$text"; done
}
is "the picture shows them" "$(lacking "$S/summary.svg")" ""
is "the terminal too" "$(lacking "$TMP/terminal")" ""
# The page has them in more than one place; the matrix has each once.
is "and the page's matrix, each once" "$(sed -n "/<caption><span>Ratio to fair/,/<\/table>/p" "$S/../index.html" |
	sed -nE 's,^<td[^>]*><b>([^<]*)</b> <span class="word">[^b<][^<]*</span><small>([^<]*)</small>.*,\1 \2,p;
		s,^<td class="unusable"><span class="word">([^<]*)</span>.*,\1,p' | sort)" "$(cut -f3 "$TMP/cells" | sort)"
is "and the exported gauges" "$(awk '/^scxbench_run_ratio\{/ { split($0, part, "\""); printf "%s\t%s\t%.3f\n", part[6], part[10], $NF }' \
	"$S/../metrics.prom" | grep -v "	fair	" | sort)" "$(grep -v not "$TMP/cells" | sed 's/ .*//')"
is "a mark is drawn where the report has a ratio, and none of what is not usable" \
	"$(awk '!/^#/ && $2 != "NaN" { printf "%.3f [%.3f, %.3f]\n", $2, $3, $4 }' "$S/fig/summary-full.dat" | sort)" \
	"$(grep -v not "$TMP/cells" | cut -f3 | sort)"

for form in txt md svg; do
	check "$form says what came before speed" grep -q 'fifo was ejected by the kernel in 2 of 30 samples: not usable' "$S/summary.$form"
	check "$form says where and when" grep -q 'Linux 7.3.4; 2026-09-22; run full; 15 blocks' "$S/summary.$form"
	check "$form says what is lost" grep -q '1 void' "$S/summary.$form"
done
is "the text is for a mail" "$(LC_ALL=C.UTF-8 wc -L <"$S/summary.txt")" 72
sed -n '/^This repeats it:/,$p' "$S/summary.txt" | sed 1d | sed 's/^  scxbench/printf "<%s>"/' | sh >"$TMP/words"
is "the command reads as it was, over several lines" "$(cat "$TMP/words")" \
	"<bench><-s><fifo:slice_us=20000><-s><vtime:slice_us=20000><--blocks><15><--seed><7><--note><two words  and \\\" a mark>"

is "a row is a line, and totals that agree with a ratio are none" "$(grep -cE '^  [a-z]+ +[0-9.]+ \[.* of 15' "$S/summary.txt") $(grep -c totals "$S/summary.txt")" "6 0"
share full -o "$TMP/again"
is "again, elsewhere: the same bytes" "$RC $(cmp "$S/scxbench-full.tar.gz" "$TMP/again/scxbench-full.tar.gz" && echo same)" "0 same"

share full vtime -o "$TMP/part"
is "a part has the verdicts of the whole" "$RC $(effects <"$TMP/part/summary.txt")" "0 $(grep '	vtime	' "$TMP/cells")"
check "and what it compares" grep -q '^sched_ext scheduler vtime compared with fair, ' "$TMP/part/summary.txt"
check "and says that it is a part" grep -q 'A part of the run, 2 of its 5 schedulers' "$TMP/part/summary.txt"
share full vtim
ended "a slip in a policy's name" 2 "run full has no policy 'vtim': did you mean vtime?"
share nope
ended "a run that does not exist" 2 "no run or tag 'nope'"

fake demo 'fifo=1.10' EMULATED=true BLOCKS=3
share demo
for form in txt md svg; do
	check "$form of a demonstration under emulation says both" sh -c 'tr "<>" "\n\n" <"$1" | grep -q "^[* ]*EMULATED\( DEMONSTRATION\|$\)"' \
		sh "$TMP/results/report/demo/share/summary.$form"
done
is "and has no ratio" "$(effects <"$TMP/results/report/demo/share/summary.txt")" ""
fake lost 'fifo=1.10' BAD='fair:*=void fifo:*=void'
share lost
is "where nothing was measured, no direction of it is named" "$(grep -c ' is better' "$TMP/results/report/lost/share/summary.txt")" 0
fake crowd 'fifo=1.10 vtime=0.95 locality=1.003 prioq=1.3 slow=1.9' EMULATED=true BLOCKS=6 BAD='fifo:3=void' \
	WORKS='a=1 b=1 c=1 d=1 e=1 f=1 g=1 h=1 i=1 j=1 k=1 l=1'
share crowd
check "a picture of 60 rows can still be looked at: no row is as high as the highest" \
	test "$(od -An -tu4 --endian=big -j20 -N4 "$TMP/results/report/crowd/share/summary.png")" -lt 3400
fake going 'fifo=1.10' TAKEN=40
share going
check "a run that goes on says so" grep -q INTERIM "$TMP/results/report/going/share/summary.svg"
fake alone ''
share alone
ended "a run of fair alone" 2 "run alone has nothing to compare with fair"
fake begun 'fifo=1.10' TAKEN=0
share begun
ended "a run without a sample" 2 "run begun has no sample yet"
fake odd 'we|ird<b>_@x=1.10' WORKS='build=10'
share odd
is "a name is no markup of a forge" "$(grep -F '| we\|ird' "$TMP/results/report/odd/share/summary.md" | cut -d' ' -f2 | head -1)" \
	'we\|ird&#60;b&#62;\_&#64;x'

mkdir "$TMP/bin"
for tool in tar gzip; do ln -s "$(command -v $tool)" "$TMP/bin"; done
with_path() { path=$1; shift; run env PATH="$path" "$SCXBENCH" share --results "$TMP/results" "$@"; }
with_path "$TMP/bin" full
ended "without gnuplot all else is made" 0 "no pictures are made: gnuplot is not installed"
is "and no picture of before is left" "$(cd "$S" && echo summary.*) $(tar -tzf "$S/scxbench-full.tar.gz" | wc -l)" \
	"summary.md summary.txt 2"
ln -s /bin/true "$TMP/bin/gnuplot"
rm -r "$S/fig"
with_path "$TMP/bin" full
ended "nor with a gnuplot that draws nothing" 0 "no pictures are made: gnuplot drew nothing"
rm "$TMP/bin/tar"
with_path "$TMP/bin" full
check "without tar, too" grep -q 'no archive is made: tar is not installed' "$TMP/err"
is "and no archive of before is left" "$RC $(cd "$S" && echo *)" "0 fig summary.md summary.txt"
done_testing
