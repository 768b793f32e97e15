#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# harness/stats against R: the same cases to both, the same numbers from both. R has a root of its own, made
# once (harness/lab/packages.r), so that the lab's stays as it is.
set -eu
cd "$(dirname "$0")/../.."
OUT=.build/lab/tests/stats
harness/lab/chroot.sh $OUT/r/cases >$OUT/cases
LAB_LIST=packages.r exec harness/lab/chroot.sh Rscript --vanilla tests/stats/r/compare.R $OUT/cases
