# SPDX-License-Identifier: GPL-2.0-or-later
# Samples in the order in which they were taken, each over its own policy's median; a line between blocks.
# NAME.dat: index 0 place, value over median, policy; index 1 place of a border between blocks, 1 between boots; index 2
# place of a block's middle, its median; index 3 place of a sample that is not a data point.
data = name.".dat"
n = |Policy|
eval set_axis("x", "x")
eval set_axis("y", "y")
set xlabel "samples in the order of time".(narrow ? "" : "; upright lines: ".borders)
set ylabel "over its policy's median"
set grid noxtics ytics
set lmargin at screen numbers(y_long)
set rmargin at screen right_end
eval set_key
# Between so many points it could not be read, so there is room above them.
if (last > 400) { mark_at = 0.92 }
eval set_marks(wide * (right_end - numbers(y_long)), last > 400 ? 60 : high - head - 200)
plot data index 1 using 1:(y_from):(0):(y_to - y_from) notitle \
		with vectors nohead linewidth 0.4 linecolor rgb faint, \
	data index 1 using (int($2) ? $1 : NaN):(y_from):(0):(y_to - y_from) notitle \
		with vectors nohead linewidth 2 linecolor rgb ink, \
	data index 0 using 1:2:(shape($3)):(colour($3)) notitle with points pointtype variable \
		pointsize sized(last > 400 ? 0.6 : 1.4) linecolor rgb variable, \
	data index 2 using 1:2 title narrow ? "median" : "block's median" with lines linewidth 1.5 linecolor rgb ink, \
	data index 3 using 1:(y_from) title narrow ? "no point" : "no data point" \
		with points pointtype 2 pointsize sized(1.4) linecolor rgb ink, \
	for [i = 1:n] NaN title Policy[i] \
		with points pointtype shape(i) pointsize sized(1.4) linecolor rgb colour(i)
