#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# store.sh   how long the store and what reads all of it take, and how that grows.
#
# RUNS: blocks of one run, for compare (20 200 2000) · NIGHTS: nights of BLOCKS blocks, for series (100 1000
# 10000) · BLOCKS (6). Wall-clock seconds of this machine; nothing is checked, so run it where nothing else
# runs. The lab's root; 1 GB of disk below .build while it lasts.
set -eu
cd "$(dirname "$0")/../.."
RUNS=${RUNS-20 200 2000} NIGHTS=${NIGHTS-100 1000 10000} BLOCKS=${BLOCKS:-6}
B=.build/lab DIR=.build/lab/cost-store

harness/lab/chroot.sh make -s O=$B build tests
rm -rf $DIR
trap 'rm -rf $DIR' EXIT

# timed COMMAND ARGS...   the time of a command of the program, its output thrown away
timed() {
	# shellcheck disable=SC2016  # for the shell in there, so that getting there is not part of it
	ns=$(harness/lab/chroot.sh sh -euc 'from=$(date +%s%N); "$@" >/dev/null; echo $(($(date +%s%N) - from))' sh \
		"$B/scxbench" "$@" --results "$DIR")
	awk -v what="scxbench $1" -v ns="$ns" 'BEGIN { printf "  %-40s %8.3f s\n", what, ns / 1e9 }'
}

for blocks in $RUNS; do
	harness/lab/chroot.sh $B/tests/cost/store/store $DIR 2 "$blocks"
	timed compare night-00001 night-00002 --json
	rm -rf $DIR
done
for nights in $NIGHTS; do
	harness/lab/chroot.sh $B/tests/cost/store/store $DIR "$nights" "$BLOCKS"
	du -sh $DIR | sed 's/^/  /'
	rm -rf $DIR
done
