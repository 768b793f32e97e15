#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# compare --html and regress --html: a page with the numbers of the terminal, an outcome before any speed.
. "$(dirname "$0")/../tap.sh"
. "$(dirname "$0")/home.sh"
. "$(dirname "$0")/fake_runs.sh"

# lacking   cells of the terminal's table on stdin that the page $1 does not have in the row of that policy
lacking() {
	python3 -c '
import html, re, sys
page, seen, work = open(sys.argv[1], encoding="utf-8").read(), {}, None
for row in re.findall(r"<tr.*?</tr>", page, re.S):
    cells = [html.unescape(re.sub("<[^>]*>", " ", c)).strip() for c in re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.S)]
    if "rowgroup" in row:
        work = cells[0]
    elif len(cells) > 1:
        seen.setdefault((work, cells[0]), cells)
rows = 0
for line in sys.stdin:
    cells = re.split("  +", line.strip("\n").strip())
    if not line.startswith(" "):
        work = line.strip()
    elif len(cells) == 7 and cells[0] != "A / its fair":
        rows += 1
        for cell in cells[1:]:
            if not any(cell == c or cell in c for c in seen.get((work, cells[0]), [])):
                print(work, cells[0], cell)
print(rows, "rows")' "$1"
}
# before PAGE FIRST SECOND   the page has both texts, in that order
before() {
	awk -v first="$2" -v second="$3" 'index($0, first) && !f { f = NR } index($0, second) { s = NR } END { exit !(f && f < s) }' "$1"
}

for i in 1 2 3 4 5 6 7 8; do fake before$i 'fifo=1.10 vtime=0.95' STARTED=1; done
fake old 'fifo=1.10 vtime=0.95' STARTED=1
fake new 'fifo=1.25 vtime=0.95' STARTED=2 KERNEL=7.3.5 BAD='vtime:2=ejected vtime:5=void'
compare old new
cp "$TMP/out" "$TMP/text"
compare old new --html -o "$TMP/two.html"
is "the page is written, and its place said" "$RC $(cat "$TMP/out")" "0 $TMP/two.html"
is "it has every cell of the terminal's table" "$(lacking "$TMP/two.html" <"$TMP/text")" "6 rows"
grep -E '^(vtime|fifo) in B|^B against A|^Two runs' "$TMP/text" >"$TMP/lines"
is "and every sentence" "$(python3 -c 'import html, sys
page = html.unescape(open(sys.argv[1]).read())
print(sum(line.strip() in page for line in open(sys.argv[2])))' "$TMP/two.html" "$TMP/lines")" "$(wc -l <"$TMP/lines")"
check "environments come first, then outcomes, then ratios" before "$TMP/two.html" 'What differs besides the samples' 'Samples that are data points'
check "an outcome comes before any speed" before "$TMP/text" 'vtime in B was ejected' 'fifo in B, against fair'
check "a dot says its sample and its log" grep -q '<title>sample [0-9]*, block 1: .* of its fair, runs/new/logs/[0-9]*-workload.log</title>' "$TMP/two.html"
check "the command repeats it" grep -qF "scxbench compare --results $TMP/results --html -o $TMP/two.html old new" "$TMP/two.html"
check "it is small" test "$(wc -c <"$TMP/two.html")" -lt 100000
compare old:fifo old:vtime --html
is "without a file it goes to stdout" "$RC $(head -1 "$TMP/out")" "0 <!DOCTYPE html>"
compare old new -o "$TMP/two.html"
ended "a file without a page" 2 "add --html"
compare old new --html --json
ended "two forms at once" 2 "choose one"
compare old new --html -o "$TMP/nowhere/two.html"
ended "a folder that is not there" 2 "nowhere"

fake ema 'fifo=1.10 vtime=0.95' STARTED=3 EMULATED=true
fake emb 'fifo=1.30 vtime=0.95' STARTED=4 EMULATED=true BLOCKS=3
compare ema emb --html
check "an emulated run is called so" has "Measured under emulation: ratios only, never speed"
check "so is a demonstration" has "EMULATED DEMONSTRATION"
is "and nothing is faster or slower" "$(grep -cE 'faster|slower' "$TMP/out")" 0
fake other 'fifo=1.10 vtime=0.95' HOST=host-two
compare --anyway old other --html
check "what is not comparable says so first" has "<strong>Not comparable:</strong>"

"$SCXBENCH" store --results "$TMP/results" --tag last-good old
"$SCXBENCH" store --results "$TMP/results" --tag anchor before3
regress new
cp "$TMP/out" "$TMP/text"
regress new --html -o "$TMP/gate.html"
is "the gate's page: its exit code stays" "$RC" 1
check "the judgement is its answer" grep -qF "<strong>$(head -1 "$TMP/text")</strong>" "$TMP/gate.html"
check "with limit, ruling and reason" grep -qF '! regression</span><small class="note">even the better end' "$TMP/gate.html"
check "and the anchor" grep -qF 'Since the anchor before3' "$TMP/gate.html"
regress --nights 5 new --html
is "nights have a page, too" "$RC $(grep -c 'nights' "$TMP/out" | sed 's/[1-9][0-9]*/some/')" "1 some"

# A run's page has the run before, where the two can be compared.
report() { run "$SCXBENCH" report --results "$TMP/results" "$@"; }
PAGE=$TMP/results/report
report before1
check "the first run has none before it" grep -qF 'no earlier run that it can be compared with' "$PAGE/before1/index.html"
report other
check "nor has one of another machine" grep -qF 'no earlier run that it can be compared with' "$PAGE/other/index.html"
fake renewed 'fifo=1.10 vtime=0.95' IDENTITY=files=20
report renewed
check "nor has one of other work" grep -qF 'no earlier run that it can be compared with' "$PAGE/renewed/index.html"
check "and there is no page for two" test ! -e "$PAGE/renewed/before.html"
report new
check "what the terminal says of the two is on the page" \
	grep -qF 'fifo in B, against fair, finishes build in 15.2 % more time than fifo in A' "$PAGE/new/index.html"
check "with a link to the page for two" grep -qF '<a href="before.html">' "$PAGE/new/index.html"
compare old new
is "which has the same numbers" "$(lacking "$PAGE/new/before.html" <"$TMP/out")" "6 rows"
report ema
grep -o '<tr><th.*' "$PAGE/runs.html" >"$TMP/runs"
row() { grep ">$1<" "$TMP/runs"; }
check "the list of runs has the answer of each page" grep -q 'new/index.html.*vtime was ejected by the kernel in 2 of 30 samples: not usable' "$TMP/runs"
check "how many verdicts there are of each" sh -c 'echo "$1" | grep -qF "2 not usable, 2 worse"' sh "$(row new)"
check "and what was lost" sh -c 'echo "$1" | grep -qF "2 ejected, 2 void"' sh "$(row new)"
check "an emulated run is called so" sh -c 'echo "$1" | grep -qF EMULATED' sh "$(row ema)"
check "tags are there" sh -c 'echo "$1" | grep -qF "<td>last-good</td>"' sh "$(row old)"
report --baseline fifo new
check "against another baseline it is not compared with another run" \
	grep -qF 'no earlier run that it can be compared with' "$PAGE/new/index.html"
done_testing
