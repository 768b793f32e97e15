# SPDX-License-Identifier: GPL-2.0-or-later
# The length of the critical path under each policy, a bar of what it is made of.
# NAME.dat: index 0 running, 1 waiting, 2 asleep, 3 unknown: where it begins, row, how long. Row: policies from the top;
# State: what the indices are called.
data = name.".dat"
rows = |Row|
array Fill[4] = [colour(2), colour(3), faint, band]
set lmargin at screen names
set rmargin at screen right_end
eval set_axis("x", "x")
set yrange [0.4:rows + 0.6]
set xlabel label
set ytics () scale 0 font names_font
do for [i = 1:rows] { set ytics add (Row[i] row(i)) }
set grid noytics xtics
set border 1
eval set_key
eval set_marks(wide * (right_end - names), high - head - 120)
plot for [i = 0:3] data index i using 1:(row($2)):3:(0) title State[i + 1] \
	with vectors nohead linewidth 14 linecolor rgb Fill[i + 1]
