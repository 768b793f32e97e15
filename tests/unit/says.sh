#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What a policy says of itself, SCXB_SAYS(), stands in the head of its file and in the README in the same words.
cd "$(dirname "$0")/../.." && . tests/tap.sh

# words FILE...   in one line, without the marks of comments
words() { sed 's/^ \* *//' "$@" | tr '\n\t' '  ' | tr -s ' '; }

for file in schedulers/*/*.bpf.c; do
	policy=${file##*/} policy=${policy%.bpf.c}
	says=$(words "$file" | sed -n 's/.*SCXB_SAYS(\([^;]*\));.*/\1/p' | sed 's/" *"//g; s/^"//; s/"$//')
	check "$policy says whether a cgroup's share grows" grep -q "A cgroup's share [a-z ]*grows* with its number of tasks" <<-END
		$says
	END
	check "and so does its head" grep -qF "$says" <<-END
		$(words "$file" | sed 's/SCXB_SAYS(.*//')
	END
	check "and the README" grep -qF "\`$policy\`: $says" <<-END
		$(words schedulers/README.md)
	END
done
done_testing
