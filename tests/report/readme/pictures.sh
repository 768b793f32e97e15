#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# pictures.sh REPORT   the two pictures of the READMEs, plots/example.png and plots/example-figures.png, from the
# page of a run, REPORT/index.html. The first shows the page's first screen, the second three figures of the workload
# that has most to say: one with a verdict of difference if there is one. The browser is that of browser.sh.
set -eu
cd "$(dirname "$0")/../../.."
REPORT=$1
WIDTH=880 # of the second
OUT=.build/lab/tests/report/readme
[ -f "$REPORT/index.html" ] || { echo "there is no page $REPORT/index.html" >&2; exit 2; }
rm -rf "$OUT"
mkdir -p "$OUT"
cp -r "$REPORT/index.html" "$REPORT/fig" "$OUT"

# A workload has the figure "why" where a difference is shown.
work=$(cd "$OUT/fig" && for f in why-*.svg forest-*.svg; do echo "$f"; done | grep -v -e '-narrow\|-dark\|\*' | sed -n '1s/^[a-z]*-\(.*\)\.svg/\1/p')
[ -n "$work" ] || { echo "$REPORT has no figure of a workload" >&2; exit 3; }

{
	echo '<!DOCTYPE html><meta charset="utf-8"><style>body { margin: 0; background: #fff } img { display: block; width: 100% }</style>'
	for kind in forest dots why; do
		svg=$OUT/fig/$kind-$work.svg
		[ -f "$svg" ] || continue
		echo "<img src=\"fig/$kind-$work.svg\" alt=\"\">"
		# viewBox="0 0 WIDE HIGH"
		sed -n "s/.*viewBox=\"0 0 \([0-9.]*\) \([0-9.]*\)\".*/\1 \2/p;T;q" "$svg" >>"$OUT/sizes"
	done
} >"$OUT/figures.html"
high=$(awk -v wide="$WIDTH" '{ sum += $2 * wide / $1 } END { printf "%d", sum + 0.5 }' "$OUT/sizes")

# shot PAGE SIZE PICTURE
shot() {
	LAB_LIST=packages.browser harness/lab/chroot.sh chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --no-first-run \
		--user-data-dir=/tmp/profile --window-size="$2" --screenshot="$OUT/$3" "file:///src/$OUT/$1" >"$OUT.log" 2>&1 &&
		[ -s "$OUT/$3" ] || { cat "$OUT.log" >&2; exit 1; }
}
shot index.html 1280,1000 example.png
shot figures.html "$WIDTH,$high" example-figures.png
mv "$OUT/example.png" "$OUT/example-figures.png" plots
echo "plots/example.png and plots/example-figures.png are now of $REPORT"
