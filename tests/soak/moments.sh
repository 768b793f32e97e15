#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# moments.sh [MOMENTS]   a run beside a load is hit at random moments, until there were so many of them (1000000), or
# HOURS= have passed. SEED= repeats what is drawn. `make test-faults MOMENTS=` and `make soak HOURS=` run it.
cd "$(dirname "$0")/../.." || exit
for number in "${1:-1}" "${HOURS:-1}" "${SEED:-1}"; do
	case $number in *[!0-9]*) echo "moments.sh: MOMENTS=, HOURS= and SEED= are whole numbers, not $number" >&2; exit 2 ;; esac
done
exec harness/lab/run.sh sh tests/soak/moments.guest "${1:-1000000}" $((${HOURS:-24} * 3600)) "${SEED:-1}"
