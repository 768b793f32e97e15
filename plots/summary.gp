# SPDX-License-Identifier: GPL-2.0-or-later
# A whole run: a row for each workload, its group, below it one for each policy, with ratio, interval and words, each in
# its own height. It is also looked at at half its size, so nothing is written smaller than 22. Down is in pixels.
# NAME.dat: as of forest.gp.
data = name.".dat"
small = 22
step = 28
rows = |Name|
array Verdict[7] = [colour(1), colour(1), colour(2), colour(3), colour(8), colour(1), colour(1)]
array Mark[7] = [7, 7, 9, 11, 5, 2, 13]

# From the top: title, headline, origin; where rows are many, tics; rows; tics and label; how to read it.
title_step = 34
headline_top = 22 + title_step * title_lines
origin_top = headline_top + 6 + step * headline_lines
head = origin_top + 8 + step * origin_lines + (many ? 44 : 0)
foot = 112 + step * how_lines
high = head + rows_high + foot
if (svg) {
	set terminal svg noenhanced size wide,high dynamic font face.",24" linewidth 2 background rgb paper
} else {
	set terminal pngcairo noenhanced size wide,high font face.",18" linewidth 2 background rgb paper
}
down(y) = 1 - 1.0 * y / high
at_left = 20.0 / wide
set label 1 title at screen at_left, screen down(28) left font bold(26) textcolor rgb ink
set label 2 headline at screen at_left, screen down(headline_top + 10) left font font(small) textcolor rgb ink
set label 51 origin at screen at_left, screen down(origin_top + 10) left font font(small) textcolor rgb faint
set label 52 how at screen at_left, screen down(high - foot + 116) left font font(small) textcolor rgb faint
set tmargin at screen down(head)
set bmargin at screen down(high - foot)
set lmargin at screen left
set rmargin at screen right
set logscale x
eval set_axis("x", "x")
set xtics font font(small)
set xlabel label font font(small) offset 0, 0.2
if (many) {
	set logscale x2
	eval set_axis("x2", "x")
	set x2tics font font(small)
}
set yrange [rows_high:0]
unset ytics
unset grid
set border many ? 5 : 1
unset key
eval set_marks(wide * (right - left), rows_high)

above(i) = Middle[i] - High[i] / 2.0
below(i) = Middle[i] + High[i] / 2.0

# What a row says, and in a workload's rows the band of equivalence and the line of 1.
do for [i = 1:rows] {
	if (Group[i] ne "") {
		set label 100 + 2 * i Group[i] at screen at_left, first Middle[i] left font bold(small) textcolor rgb ink front
		set arrow 100 + i from screen at_left, first above(i) to screen 1 - at_left, first above(i) \
			nohead back linecolor rgb grid linewidth 0.5
	} else {
		set object 100 + i rectangle from first 1 / (1 + margin), first below(i) to first 1 + margin, first above(i) \
			back fillcolor rgb band fillstyle solid noborder
		set arrow 100 + i from first 1, first below(i) to first 1, first above(i) \
			nohead back linecolor rgb ink linewidth 0.7
		set label 100 + 2 * i Name[i] at screen 2.2 * at_left, first Middle[i] left font font(24) textcolor rgb ink
		set label 101 + 2 * i Word[i] at screen right + 0.016, first Middle[i] - 13.0 * (Lines[i] - 1) \
			left font font(small) textcolor rgb ink
	}
}
plot data using 3:(Middle[int($1)]):($4 - $3):(0):(Verdict[int($5) + 1]) \
		with vectors nohead linewidth 2 linecolor rgb variable, \
	data using 2:(Middle[int($1)]):(Mark[int($5) + 1]):(Verdict[int($5) + 1]) \
		with points pointtype variable pointsize sized(1.9) linecolor rgb variable
