# SPDX-License-Identifier: GPL-2.0-or-later
# What all figures share. Loaded once for each picture, with "dark", "look", "name", "height", "tall" and "entries" set,
# and what the picture says of itself: "title", "origin", "marks".
# look: png; svg; narrow, an svg for the width of a phone, which is "tall" high where the others are "height", each
# below the head and, if narrow, the key.
reset
svg = look ne "png"
narrow = look eq "narrow"
wide = narrow ? 640 : 1280
ink = dark ? "#c9d1d9" : "#24292f"
grid = dark ? "#3a424c" : "#d0d7de"
paper = dark ? "#161b22" : "#ffffff"
band = dark ? "#262d36" : "#eaeef2"
faint = dark ? "#9aa4af" : "#57606a"
warning = dark ? "#62441f" : "#f0cda3"
face = svg ? "sans-serif" : "DejaVu Sans"
font(size) = sprintf(",%.0f", svg ? size : 0.75 * size)
bold(size) = face.(svg ? " bold" : ":Bold").font(size)

# The head, above what is drawn: lines of the title, and in small print where it is from.
title_size = narrow ? 22 : 24
origin_top = 22 + 1.25 * title_size * (narrow ? title_narrow_lines : title_lines)
head = origin_top + 21 * (narrow ? origin_narrow_lines : origin_lines)

# The longest name, and in a narrow picture the lines of a key, below the head.
longest = 4
if (exists("Policy")) {
	do for [i = 1:|Policy|] { if (strlen(Policy[i]) > longest) { longest = strlen(Policy[i]) } }
}
key_rows = !narrow ? 0 : longest > 15 ? entries : (entries + 1) / 2
high = (narrow ? tall + 36 * key_rows : height) + head
if (svg) {
	set terminal svg noenhanced size wide,high dynamic font face.",24" linewidth 2 background rgb paper
} else {
	set terminal pngcairo noenhanced size wide,high font face.",18" linewidth 2 background rgb paper
}
set encoding utf8
set output name.(narrow ? "-narrow" : "").(dark ? "-dark" : "").(svg ? ".svg" : ".png")
set label 1 narrow ? title_narrow : title at screen 20.0 / wide, 1 - (10 + 0.6 * title_size) / high left \
	font bold(title_size) textcolor rgb ink
set label 2 narrow ? origin_narrow : origin at screen 20.0 / wide, 1 - (origin_top + 8) / high left \
	font font(17) textcolor rgb faint
set tmargin at screen 1 - (head + 16.0 + 36 * key_rows) / high
set datafile missing "NaN"
set border 3 linecolor rgb ink
set tics nomirror out textcolor rgb ink
set grid linecolor rgb grid linetype 1 linewidth 0.5
set key textcolor rgb ink
set xlabel textcolor rgb ink
set ylabel textcolor rgb ink

# Okabe and Ito's colours, which colour-blind readers can distinguish; the baseline is grey, shapes differ as well.
array Light[8] = [0x6e7781, 0x0072b2, 0xd55e00, 0x009e73, 0xb3589a, 0xb07d00, 0x3a9bd1, 0x24292f]
array Dark[8] = [0x9aa4af, 0x56b4e9, 0xff8c42, 0x2bc79a, 0xe795c4, 0xf0e442, 0x8ec5ff, 0xe6edf3]
colour(i) = dark ? Dark[(int(i) - 1) % 8 + 1] : Light[(int(i) - 1) % 8 + 1]
array Shape[8] = [7, 5, 9, 11, 13, 6, 4, 8]
shape(i) = Shape[(int(i) - 1) % 8 + 1]

least(a, b) = a < b ? a : b

# The same point needs a different size in each terminal.
sized(x) = (svg ? 0.55 : 1.1) * x

# Left margins by what stands there, of so many characters: the terminals guess their width from the bytes, and badly.
margin(longest) = (38 + 14.7 * longest) / wide
names = least(0.48, margin(longest))
# Longer names are smaller there.
names_font = font(least(24, (names * wide - 24) / (0.6 * longest)))
# Numbers, and a label beside them.
numbers(longest) = margin(longest) + 48.0 / wide

# An axis as the script has it: its range, its tics and what stands at these.
set_axis(axis, name) = sprintf("set %srange [%s_from:%s_to]; set %stics scale 0.6 %s", axis, name, name, axis, \
	narrow && axis eq "x" ? value(name."_few") : value(name."_tics"))

# A key, if there are entries, beside the picture or, where that is narrow, above it.
right_end = narrow || !entries ? 1 - 38.0 / wide : 0.92 - (names < 0.23 ? 0.23 : names)
set_key = !entries ? "unset key" : !narrow ? "set key outside right top reverse Left samplen 2" : \
	sprintf("set key at screen %g, screen %g left top reverse Left samplen 1 width -1 maxrows %d", \
		30.0 / wide, 1 - (head + 4.0) / high, key_rows)

# Why it is not a result: as large as it fits behind what is drawn, so whoever cuts it off cuts the picture too. All in a
# line, or a line for each; where the picture is high, again and again.
mark_at = 0.5
in_line(width, room) = least(60, least(1.2 * width / strlen(marks), 0.8 * room))
in_lines(width, room) = least(60, least(1.2 * width / marks_longest, 0.8 * room / words(marks)))
set_mark(i, n, text, size) = i > n ? "" : sprintf("set label %d %s at graph 0.5, graph %g center back font '%s' " \
	."textcolor rgb warning; ", 2 + i, text, n == 1 ? mark_at : (i - 0.5) / n, bold(size)).set_mark(i + 1, n, text, size)
set_marks_in(width, room, n) = in_line(width, room / n) < in_lines(width, room / n) ? \
	set_mark(1, n, "marks_upright", in_lines(width, room / n)) : set_mark(1, n, "marks", in_line(width, room / n))
set_marks(width, room) = marks eq "" ? "" : set_marks_in(width, room, int(1 + room / 700.0))

# A row for each policy, the first on top.
rows = 0
row(i) = rows + 1 - i
