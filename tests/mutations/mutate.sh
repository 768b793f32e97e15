# SPDX-License-Identifier: GPL-2.0-or-later
# mutate.sh O   in the chroot: builds a policy with each mutation of tests/mutations/mutations as O/N.bpf.o.
# O/list has a line each: N, policy, violation or -, and the mutation in words. A mutation that does not
# apply, or not just once, or does not compile, ends it.
set -eu

O=$1
HEADER=schedulers/include/custody.bpf.h
CLANG=$(find /usr/bin -name 'clang-[0-9]*' | sort -V | tail -1)

# mutant FUNCTION TEXT REPLACEMENT   the header with the text replaced, within the function
mutant() {
	awk -v RS='\001' -v name="$1" -v text="$2" -v new="$3" '{
		if (!match($0, "\nstatic [^\n;]*[ *]" name "\\("))
			{ print "no function " name | "cat >&2"; exit 1 }
		start = RSTART
		head = substr($0, 1, start - 1)
		body = substr($0, start)
		end = index(body, "\n}\n")
		tail = substr(body, end)
		body = substr(body, 1, end - 1)
		at = index(body, text)
		if (!at || index(substr(body, at + 1), text))
			{ print name " has not just one: " text | "cat >&2"; exit 1 }
		printf "%s%s%s%s%s", head, substr(body, 1, at - 1), new, substr(body, at + length(text)), tail
	}' $HEADER
}

mkdir -p "$O"
: >"$O/list"
n=0
TAB=$(printf '\t')
grep -v '^#' tests/mutations/mutations | while IFS=$TAB read -r policy function text new; do
	n=$((n + 1))
	kind=${policy#*:} policy=${policy%:*}
	[ "$kind" != "$policy" ] || kind=-
	mkdir -p "$O/$n"
	mutant "$function" "$text" "$new" >"$O/$n/new.h"
	cmp -s "$O/$n/new.h" "$O/$n/custody.bpf.h" || cp "$O/$n/new.h" "$O/$n/custody.bpf.h"
	make -s O="$O/$n" CLANG="$CLANG -I$O/$n -w" "$O/$n/tests/bpf/broken/$policy.bpf.o" 2>"$O/$n/log" ||
		{ cat "$O/$n/log" >&2; exit 1; }
	printf '%s\t%s\t%s\t%s\n' "$n" "$O/$n/tests/bpf/broken/$policy.bpf.o" "$kind" \
		"$function: $text -> $new" >>"$O/list"
done
