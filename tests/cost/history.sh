#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# history.sh   CPU time of change points and of a whole history of 240 series, and how it grows with the nights.
#
# NIGHTS (100 1000 10000) of BLOCKS (6). Nothing is checked. The lab's root; about 3 GB of disk below .build while
# it lasts.
#
# Measured on a 2-core machine, busy beside it, in CPU seconds: change points of 240 series by themselves 0.03, 0.18 and
# 2.1 for 100, 1,000 and 10,000 nights; the whole history 0.06 and 0.58 with 6 blocks a night, and 6.9 for 10,000
# nights of one block, with the environments of some 2,000 chance points loaded.
set -eu
cd "$(dirname "$0")/../.."
NIGHTS=${NIGHTS:-100 1000 10000} BLOCKS=${BLOCKS:-6}
B=.build/lab DIR=.build/lab/cost-history

harness/lab/chroot.sh make -s O=$B build tests
rm -rf $DIR
trap 'rm -rf $DIR' EXIT
for nights in $NIGHTS; do
	harness/lab/chroot.sh $B/tests/cost/history/history $DIR "$nights" "$BLOCKS"
	rm -rf $DIR
done
