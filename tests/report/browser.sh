#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The pages in a real browser: three widths, light and dark, nothing said on its console, nothing asked for from
# outside, links, headings, tables, contrast, and the numbers of results.json. The browser has a root of its own
# (harness/lab/packages.browser), so that the lab's stays as it is.
set -eu
cd "$(dirname "$0")/../.."
OUT=.build/lab/tests/report/out
rm -rf "$OUT"
mkdir -p "$OUT"
harness/lab/chroot.sh .build/lab/tests/report/pages/pages "$OUT" >"$OUT.log" 2>&1 || { cat "$OUT.log" >&2; exit 1; }
LAB_LIST=packages.browser exec harness/lab/chroot.sh python3 tests/report/browser/check.py "$OUT"
