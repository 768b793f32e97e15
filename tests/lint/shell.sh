#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Shell scripts: shellcheck, as POSIX sh.
. "$(dirname "$0")/lint.sh"

scripts() {
	{ grep -rlI '^#!/bin/sh' harness schedulers workloads tests; find harness tests -name '*.sh' -o -name '*.guest'; } | sort -u
}

findings() {
	scripts | xargs shellcheck -s sh -S warning -x -f gcc |
		sed -n 's/^\([^:]*\):\([0-9]*\):[0-9]*: \(.*\)/\1\t\2\t-\t\3/p'
}

clean "shellcheck finds nothing in any script" shellcheck findings
done_testing
