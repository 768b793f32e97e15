#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# history.sh   CPU time, text and memory of a whole history of 240 series, and how they grow with the nights.
#
# NIGHTS (100 1000) of BLOCKS (6), in two shapes: 1 workload, 5 policies beside fair and 40 metrics; and 16, 15 and 1,
# which has 40 times the samples. Nothing is checked. The lab's root; about 1 GB of disk below .build while it lasts.
#
# Measured on a 2-core machine, busy beside it, for 1,000 nights, in CPU seconds: change points of 240 series by
# themselves 0.4. The first shape: the history 0.8, the page 0.02 (0.6 MB), JSON 0.4 (27 MB), 49 MB of memory at most. The
# second: 5.4, nearly all of it the store's, 0.02 (0.7 MB), 0.4 (29 MB), 126 MB.
set -eu
cd "$(dirname "$0")/../.."
NIGHTS=${NIGHTS:-100 1000} BLOCKS=${BLOCKS:-6}
B=.build/lab DIR=.build/lab/cost-history

harness/lab/chroot.sh make -s O=$B build tests
rm -rf $DIR
trap 'rm -rf $DIR' EXIT
for nights in $NIGHTS; do
	for shape in "1 5 40" "16 15 1"; do
		# shellcheck disable=SC2086  # three words
		harness/lab/chroot.sh $B/tests/cost/history/history $DIR "$nights" "$BLOCKS" $shape
		rm -rf $DIR
	done
done
