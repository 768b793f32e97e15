# SPDX-License-Identifier: GPL-2.0-or-later
# Ratios to fair with their intervals, a row for each policy; the band is the margin of equivalence.
# NAME.dat: row, ratio, low, high (of the blocks, where these are too few for a ratio), verdict (0 none, 1 inconclusive,
# 2 better, 3 worse, 4 equivalent, 5 not usable, 6 different under emulation, so neither good nor bad).
data = name.".dat"
rows = |Row|
array Verdict[7] = [colour(1), colour(1), colour(2), colour(3), colour(8), colour(1), colour(1)]
array Mark[7] = [7, 7, 9, 11, 5, 2, 13]
set lmargin at screen names
set rmargin at screen narrow ? 0.94 : right
set logscale x
eval set_axis("x", "x")
set yrange [0.4:rows + 0.6]
set xlabel label
set ytics () scale 0 font names_font
do for [i = 1:rows] { set ytics add (Row[i] row(i)) }
if (!narrow) {
	set y2range [0.4:rows + 0.6]
	set y2tics () scale 0 font font(20)
	do for [i = 1:rows] { set y2tics add (Word[i] row(i)) }
}
set grid noytics xtics
set border 1
unset key
eval set_marks(wide * ((narrow ? 0.94 : right) - names), high - head - 120)
set object rectangle from 1 / (1 + margin), graph 0 to 1 + margin, graph 1 back \
	fillcolor rgb band fillstyle solid noborder
set arrow from 1, graph 0 to 1, graph 1 nohead back linecolor rgb ink linewidth 1
plot data using 3:(row($1)):($4 - $3):(0):(Verdict[int($5) + 1]) \
		with vectors nohead linewidth 2 linecolor rgb variable, \
	data using 2:(row($1)):(Mark[int($5) + 1]):(Verdict[int($5) + 1]) \
		with points pointtype variable pointsize sized(1.9) linecolor rgb variable
