# SPDX-License-Identifier: GPL-2.0-or-later
# Internal figures, a panel for each: medians with their intervals, a row for each policy.
# NAME.dat: a block for each panel: policy, median, low, high.
data = name.".dat"
rows = |Policy|
across = narrow ? 1 : (|Panel| < 3 ? |Panel| : 3)
down = (|Panel| + across - 1) / across
unset tmargin
set multiplot layout down, across margins names, 0.98, 84.0 / high, 1 - (head + 60.0) / high spacing 0.04, 140.0 / high
eval set_marks(wide * ((0.98 - names) / across - 0.04), high / down - 140)
set yrange [0.4:rows + 0.6]
set grid noytics xtics
set border 1
unset key
do for [k = 1:|Panel|] {
	set title Panel[k] textcolor rgb ink font font(20) offset 0, -0.4
	set ytics () scale 0 font names_font
	do for [i = 1:rows] { set ytics add (((k - 1) % across ? "" : Policy[i]) row(i)) }
	eval set_axis("x", sprintf("panel%d", k))
	set xtics font font(20)
	plot data index (k - 1) using 3:(row($1)):($4 - $3):(0):(colour($1)) \
			with vectors nohead linewidth 2 linecolor rgb variable, \
		data index (k - 1) using 2:(row($1)):(shape($1)):(colour($1)) \
			with points pointtype variable pointsize sized(1.7) linecolor rgb variable
	unset label 1
	unset label 2
}
unset multiplot
