#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Shell scripts: shellcheck, as POSIX sh; and a test that tests/run would pass over.
. "$(dirname "$0")/lint.sh"

scripts() {
	{ grep -rlI '^#!/bin/sh' harness schedulers workloads tests; find harness tests -name '*.sh' -o -name '*.guest'; } | sort -u
}

findings() {
	scripts | xargs shellcheck -s sh -S warning -x -f gcc |
		sed -n 's/^\([^:]*\):\([0-9]*\):[0-9]*: \(.*\)/\1\t\2\t-\t\3/p'
}

# A program of a test folder; what only another one includes has no such first line.
not_run() {
	for script in tests/*/*.sh; do
		[ "$(head -c 2 "$script")" != "#!" ] || [ -x "$script" ] ||
			printf '%s\t1\t-\tis not executable, so it is never run\n' "$script"
	done
}

clean "shellcheck finds nothing in any script" shellcheck findings
clean "every test is executable" executable not_run
done_testing
