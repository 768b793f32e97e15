# SPDX-License-Identifier: GPL-2.0-or-later
# differ.awk OLD NEW   what differs between two files of figures ("WORKLOAD POLICY INSTRUCTIONS" a line, and comments), a line
# each. Ends with 1 if anything needs more than "allow" percent more than in OLD, or has no figure any more. A wakeup by a
# timer and a fork are allowed twice that: they go through the kernel's idle loop and RCU, and move by 1 % with the image.
function allowed(workload) { return workload ~ /^exact-(timer|fork)$/ ? 2 * allow : allow }
function grouped(n,   text) {
	text = sprintf("%.1f", n)
	while (match(text, /[0-9][0-9][0-9][0-9][.,]/))
		text = substr(text, 1, RSTART) "," substr(text, RSTART + 1)
	return text
}
/^#/ || NF < 3 { next }
NR == FNR { old[$1 " " $2] = $3; order[++nr] = $1 " " $2; next }
{ new[$1 " " $2] = $3 }
!(($1 " " $2) in old) { printf "%-16s %-10s %28s instructions: new\n", $1, $2, grouped($3) }
END {
	for (i = 1; i <= nr; i++) {
		key = order[i]
		split(key, name, " ")
		if (!(key in new)) {
			printf "%-16s %-10s %28s\n", name[1], name[2], "no figure any more"
			bad = 1
		} else if (new[key] != old[key]) {
			percent = 100 * (new[key] / old[key] - 1)
			printf "%-16s %-10s %12s -> %12s instructions: %+.2f %%%s\n", name[1], name[2], grouped(old[key]),
				grouped(new[key]), percent, (percent > allowed(name[1])) ? ", more than the " allowed(name[1]) " % allowed" : ""
			bad = bad || percent > allowed(name[1])
		}
	}
	exit bad + 0
}
