# SPDX-License-Identifier: GPL-2.0-or-later
# Latency by percentile, one line a policy. NAME.dat: a block a policy, how many nines and the latency there.
data = name.".dat"
n = |Policy|
set xrange [0.3:5]
set logscale y
set xlabel "percent of wakeups"
set ylabel "latency, ".unit
set xtics ("50" 0.30103, "90" 1, "99" 2, "99.9" 3, "99.99" 4, "99.999" 5)
set grid xtics
set key top left
plot for [i = 1:n] data index (i - 1) using 1:2 title Policy[i] \
	with linespoints pointtype shape(i) pointsize 1.5 pointinterval -20 linewidth 1.5 linecolor rgb colour(i)
