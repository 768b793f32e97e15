#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Every picture of odd_run.h, in each of its forms, says what it shows and of which run, and carries its marks and the
# label of its axis: long numbers push nothing out. A script's texts are looked for in what it drew.
. "$(dirname "$0")/../tap.sh"

OUT=.build/lab/tests/report/pictures
rm -rf "$OUT"
mkdir -p "$OUT"
harness/lab/chroot.sh .build/lab/tests/report/pages/pages "$OUT" >"$TMP/pages" 2>&1 || { cat "$TMP/pages" >&2; exit 1; }

# texts NARROW <SCRIPT   each line of a text that the picture must have, as an SVG has it
texts() {
	awk -F'"' -v narrow="$1" '
	function put(text, part, n, i) {
		gsub(/&/, "\\&amp;", text)
		gsub(/</, "\\&lt;", text)
		n = split(text, part, /\\n/)
		for (i = 1; i <= n; i++)
			print part[i]
	}
	/^(title|origin) = / && !narrow || /^(title|origin)_narrow = / && narrow || /^(marks_upright|label) = / { put($2) }
	/^y_tics = .*\(\047/ { split($2, tic, "\047"); put(tic[2]) }
	/^borders = / { print "over its policy\047s median" }
	/^Panel\[.*\] = / { put($2) }'
}

# lacking   what pictures lack, a line each
lacking() {
	for script in "$OUT"/*/fig/*-*.gp; do
		[ -e "${script%.gp}.svg" ] || continue
		for form in "" -dark -narrow -narrow-dark; do
			case $form in *narrow*) narrow=1 ;; *) narrow= ;; esac
			texts "$narrow" <"$script" | while IFS= read -r text; do
				grep -qF -- "$text" "${script%.gp}$form.svg" || echo "${script%.gp}$form.svg lacks: $text"
			done
		done
	done
}

# The graphs of lives: a title, the run, the mark of the lab.
lives_lacking() {
	for picture in "$OUT"/*/fig/life-*.svg; do
		for text in "Life of a task under" "\(block\|sample\)s\{0,1\}<" ">EMULATED<"; do
			grep -q -- "$text" "$picture" || echo "$picture lacks: $text"
		done
	done
}

{ lacking; lives_lacking; } >"$TMP/lacking"
check "there are pictures of every kind" \
	sh -c 'cd "$1" && ls real/fig/forest-*.svg real/fig/dots-*.svg real/fig/time-*.svg real/fig/latency-*.svg real/fig/life-*.svg \
		moved/fig/why-*.svg' \
	sh "$OUT"
is "every picture has its title, origin, marks, label and tics" "$(head -20 "$TMP/lacking")" ""
is "gnuplot finds no fault" "$(grep -v 'no valid points\|^$' "$OUT"/*/fig/gnuplot.log | head -20)" ""
done_testing
