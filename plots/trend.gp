# SPDX-License-Identifier: GPL-2.0-or-later
# Series night by night; their levels as steps, each change marked. NAME.dat: two blocks for each series: time, value;
# time, level, change (1: the level changed here).
data = name.".dat"
n = |Policy|
set xdata time
set timefmt "%s"
set format x "%Y-%m-%d"
set xtics rotate by -30
set ylabel ylabel
set offsets 0, 0, graph 0.05, graph 0.05
eval set_key(n)
if (ratio) { set arrow from graph 0, first 1 to graph 1, first 1 nohead dashtype 3 linecolor rgb ink }
plot for [i = 1:n] data index (2 * i - 2) using 1:2 title Policy[i] \
	with points pointtype shape(i + 1) pointsize sized(0.8) linecolor rgb colour(i + 1), \
	for [i = 1:n] data index (2 * i - 1) using 1:2 notitle \
	with steps linewidth 1.5 linecolor rgb colour(i + 1), \
	for [i = 1:n] data index (2 * i - 1) using 1:($3 == 1 ? $2 : NaN) notitle \
	with points pointtype 8 pointsize sized(2.6) linewidth 1.5 linecolor rgb ink
