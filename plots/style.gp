# SPDX-License-Identifier: GPL-2.0-or-later
# What all figures share. Loaded once for the light and once for the dark picture, with "dark" and "name" set.
reset
ink = dark ? "#c9d1d9" : "#24292f"
grid = dark ? "#3a424c" : "#d0d7de"
paper = dark ? "#161b22" : "#ffffff"
set terminal pngcairo noenhanced size 1280,680 font "DejaVu Sans,20" linewidth 2 background rgb paper
set encoding utf8
set output name.(dark ? "-dark" : "").".png"
set datafile missing "NaN"
set border 3 linecolor rgb ink
set tics nomirror out textcolor rgb ink
set grid ytics linecolor rgb grid linetype 1 linewidth 0.5
set key textcolor rgb ink
set xlabel textcolor rgb ink
set ylabel textcolor rgb ink

# Okabe and Ito's colours, told apart by colour-blind readers too; the baseline is grey, shapes differ as well.
array Light[8] = ["#6e7781", "#0072b2", "#d55e00", "#009e73", "#b3589a", "#b07d00", "#3a9bd1", "#24292f"]
array Dark[8] = ["#9aa4af", "#56b4e9", "#ff8c42", "#2bc79a", "#e795c4", "#f0e442", "#8ec5ff", "#e6edf3"]
colour(i) = dark ? Dark[(i - 1) % 8 + 1] : Light[(i - 1) % 8 + 1]
array Shape[8] = [7, 5, 9, 11, 13, 6, 4, 8]
shape(i) = Shape[(i - 1) % 8 + 1]
