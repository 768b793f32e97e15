# SPDX-License-Identifier: GPL-2.0-or-later
# Who ran where: a strip for each CPU, below the name of each policy.
# NAME.dat: x, y, and how far from there. index 0 to 5 tasks of the workload, by colour; 6 other tasks; 7 not known; 8 how
# many wait, a line; 9 tasks that came from another CPU. Row: from the top, names of policies and of CPUs.
data = name.".dat"
set lmargin at screen margin(7)
set rmargin at screen 1 - 38.0 / wide
eval set_axis("x", "x")
rows = |Row|
set yrange [0:rows]
set xlabel label
set ytics () scale 0 font font(18)
do for [i = 1:rows] {
	if (IsName[i]) {
		set label 100 + i Row[i] at graph 0, first row(i) - 0.6 left font bold(20) textcolor rgb ink
	} else {
		set ytics add (Row[i] row(i) - 0.5)
	}
}
set grid noytics xtics
set border 1
unset key
eval set_marks(wide * (1 - margin(7)) - 38, high - head - 120)
plot for [i = 0:5] data index i using 1:2:3:4 with vectors nohead linewidth 9 linecolor rgb colour(i + 2), \
	data index 6 using 1:2:3:4 with vectors nohead linewidth 9 linecolor rgb faint, \
	data index 7 using 1:2:3:4 with vectors nohead linewidth 9 linecolor rgb band, \
	data index 8 using 1:2 with steps linewidth 0.6 linecolor rgb ink, \
	data index 9 using 1:2:3:4 with vectors nohead linewidth 0.6 linecolor rgb ink
