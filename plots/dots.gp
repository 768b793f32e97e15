# SPDX-License-Identifier: GPL-2.0-or-later
# Every data point as a dot by policy, its median as a bar. NAME.dat: index 0 policy block value, 1 policy median.
data = name.".dat"
n = |Policy|
across(policy, block) = policy + 0.5 * (block - (blocks + 1) / 2.0) / (blocks < 2 ? 2 : blocks)
set xrange [0.4:n + 0.6]
set offsets 0, 0, graph 0.08, 0
set ylabel ylabel
unset key
longest = 0
do for [i = 1:n] { if (strlen(Policy[i]) > longest) { longest = strlen(Policy[i]) } }
if (longest * n > 70) { set xtics rotate by -20 }
set xtics scale 0 ("" 0)
do for [i = 1:n] { set xtics add (Policy[i] i) }
plot for [i = 1:n] data index 0 using (across($1, $2)):($1 == i ? $3 : NaN) \
	with points pointtype shape(i) pointsize 1.8 linecolor rgb colour(i), \
	data index 1 using ($1 - 0.32):2:(0.64):(0) with vectors nohead linewidth 2 linecolor rgb ink
