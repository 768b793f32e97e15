# SPDX-License-Identifier: GPL-2.0-or-later
# Latency by percentile, a line for each policy. NAME.dat: for each policy a block with the number of nines and the
# latency there; then for each policy a block with the number of nines, the latency and its interval; then a block with
# each policy and its maximum.
data = name.".dat"
n = |Policy|
end = nines + 0.7
set xrange [0.2:end + 0.2]
set logscale y
eval set_axis("y", "y")
set xlabel "percent of wakeups"
set ylabel label
set xtics ("50" 0.30103, "max" end)
do for [i = 1:int(nines + 0.05)] { set xtics add (narrow && i > 4 ? "" : word("90 99 99.9 99.99 99.999", i) i) }
set grid xtics ytics
set lmargin at screen numbers(y_long)
set rmargin at screen right_end
eval set_key
eval set_marks(wide * (right_end - numbers(y_long)), high - head - 200)
beside(i) = 0.03 * (i - (n + 1) / 2.0) * (n > 8 ? 8.0 / n : 1)
plot for [i = 1:n] data index (i - 1) using 1:2 title Policy[i] \
		with linespoints pointtype shape(i) pointsize sized(1.4) pointinterval -20 linewidth 1.5 linecolor rgb colour(i), \
	for [i = 1:n] data index (n + i - 1) using ($1 + beside(i)):3:(0):($4 - $3) notitle \
		with vectors heads size graph 0.006, 90 linewidth 1.5 linecolor rgb colour(i), \
	for [i = 1:n] data index (2 * n) using ($1 == i ? end + beside(i) : NaN):2 notitle \
		with points pointtype shape(i) pointsize sized(1.7) linecolor rgb colour(i)
