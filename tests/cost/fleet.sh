#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# fleet.sh   how long one store of many machines takes: to import their runs of a night, to answer, to compare, over time.
# The first import makes the rows of all runs that are there, the second what a night costs.
#
# HOSTS: machines (10 100 1000) · NIGHTS: of each (365; at least 3). The runs are drawn, and say that they are simulated.
# Wall-clock seconds of this machine; nothing is checked, so run it where nothing else runs. About 6 kB of disk a run below
# .build while it lasts, and a minute of CPU for 10,000 runs: 1000 machines x 365 nights take an hour to make.
set -eu
cd "$(dirname "$0")/../.."
HOSTS=${HOSTS-10 100 1000} NIGHTS=${NIGHTS:-365}
B=.build/lab DIR=.build/lab/cost-fleet

harness/lab/chroot.sh make -s O=$B build tests
rm -rf $DIR
trap 'rm -rf $DIR' EXIT

# timed WHAT COMMAND ARGS...   the time of a command of the program, and of its CPU, its output thrown away
timed() {
	what=$1; shift
	# shellcheck disable=SC2016  # for the shell in there, so that getting there is not part of it
	harness/lab/chroot.sh sh -euc 'from=$(date +%s%N); "$@" >/dev/null; echo $(($(date +%s%N) - from)); times' sh "$@" |
		tr '\n' ' ' | awk -F'[ ms]+' -v what="$what" '{
			printf "  %-44s %8.2f s, %8.2f s of CPU\n", what, $1 / 1e9, 60 * $6 + $7 + 60 * $8 + $9 }'
}

# night N   the runs of that night, as $DIR/night.db
night() {
	rm -rf $DIR/night*
	harness/lab/chroot.sh $B/tests/cost/fleet/fleet $DIR/night "$hosts" 1 "$1"
	harness/lab/chroot.sh $B/scxbench export $DIR/night.db --results $DIR/night >/dev/null
}

for hosts in $HOSTS; do
	echo "$hosts machines x $NIGHTS nights (simulated)"
	timed "make the store" $B/tests/cost/fleet/fleet $DIR/all "$hosts" $((NIGHTS - 2))
	night $((NIGHTS - 1))
	timed "import a night of all, and make all rows" $B/scxbench import $DIR/night.db --results $DIR/all
	harness/lab/chroot.sh $B/scxbench fleet gate --bless --results $DIR/all >/dev/null 2>&1 || [ $? = 4 ]
	night "$NIGHTS"
	timed "import a night of all" $B/scxbench import $DIR/night.db --results $DIR/all
	du -sh $DIR/all | sed 's/^/  /'
	timed "fleet answer" $B/scxbench fleet answer --json --results $DIR/all
	timed "fleet answer, with its page" $B/scxbench fleet answer --results $DIR/all
	timed "fleet gate" sh -c '"$@" || [ $? = 4 ]' sh $B/scxbench fleet gate --json --results $DIR/all
	timed "fleet history" $B/scxbench fleet history --json --results $DIR/all
	timed "compare two runs of one machine" $B/scxbench compare --json "$(printf 'simulated-%05u-00001' $((NIGHTS - 1)))" \
		"$(printf 'simulated-%05u-00001' "$NIGHTS")" --results $DIR/all
	timed "history of one machine" $B/scxbench history --json --host 0000000000000001 --results $DIR/all
	timed "history of all" $B/scxbench history --json --results $DIR/all
	rm -rf $DIR
done
