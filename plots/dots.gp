# SPDX-License-Identifier: GPL-2.0-or-later
# Every data point as a dot, a row for each policy, the blocks from top to bottom; the median as a bar with its interval.
# NAME.dat: index 0 policy, block, value; index 1 policy, median, low, high.
data = name.".dat"
rows = |Policy|
down(block) = 0.5 * ((blocks + 1) / 2.0 - block) / (blocks < 2 ? 2 : blocks)
set lmargin at screen names
set rmargin at screen 1 - 38.0 / wide
eval set_axis("x", "x")
set yrange [0.4:rows + 0.6]
set xlabel label
set ytics () scale 0 font names_font
do for [i = 1:rows] { set ytics add (Policy[i] row(i)) }
set grid noytics xtics
set border 1
unset key
eval set_marks(wide * (1 - names) - 38, high - head - 120)
plot data index 1 using 3:(row($1)):($4 - $3):(0) with vectors nohead linewidth 1.5 linecolor rgb faint, \
	data index 0 using 3:(row($1) + down($2)):(shape($1)):(colour($1)) with points pointtype variable \
		pointsize sized(blocks > 60 ? 0.7 : 1.4) linecolor rgb variable, \
	data index 1 using 2:(row($1) - 0.34):(0):(0.68) with vectors nohead linewidth 2 linecolor rgb ink
