#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# history.sh   CPU time of change points and of a whole history of 240 series, and how it grows with the nights.
#
# NIGHTS (100 1000 10000) of BLOCKS (6). Nothing is checked. The lab's root; about 3 GB of disk below .build while
# it lasts.
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
