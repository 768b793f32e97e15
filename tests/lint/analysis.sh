#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What clang-tidy (.clang-tidy), but for its analyzer, and cppcheck find in the product. Only what changed since the last
# time is looked at again.
. "$(dirname "$0")/lint.sh"

# Its own cache knows what changed. All files at once: so it also finds what nothing calls.
cpp() {
	mkdir -p "$O/lint/cppcheck"
	find harness workloads schedulers/controllers -name '*.c' ! -name '*.bpf.c' | sort >"$TMP/sources"
	cppcheck -q -j"$(nproc)" --cppcheck-build-dir="$O/lint/cppcheck" --file-list="$TMP/sources" --std=c11 \
		--enable=warning,style,performance,portability,unusedFunction --inline-suppr \
		--suppressions-list=tests/lint/cppcheck-off --include=tests/lint/cppcheck.h \
		-Iharness -Ischedulers/include -D_GNU_SOURCE -D__x86_64__ \
		--template='{file}	{line}	-	{message} [{id}]' 2>&1
}

clean "clang-tidy finds nothing" tidy stamps tidy
clean "cppcheck finds nothing, and nothing that nobody calls" cppcheck cpp
done_testing
