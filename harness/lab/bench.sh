#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# bench.sh [OPTIONS of scxbench bench]   a run in the lab: boot, bench, take the files in, report.
#
# The guest leaves each sample as a file in results/runs/<id>; what it left is taken in and reported
# even when it died or was interrupted. LAB_RUN=ID names the run (default: date, time, a random number).
. "$(dirname "$0")/lib.sh"

for arg in "$@"; do
	case $arg in -n | --dry-run | -h | --help) exec "$LAB_DIR/run.sh" .build/lab/scxbench bench "$@" ;; esac
done

ID=${LAB_RUN:-$(date -u +%Y%m%d-%H%M%S)-$(od -An -N2 -tx1 /dev/urandom | tr -d ' ')}
[ -t 2 ] && export SCXBENCH_PROGRESS=1
rc=0
trap 'rc=130' INT TERM HUP
LAB_RESTARTS=0 "$LAB_DIR/run.sh" .build/lab/scxbench bench --where lab --files-only --run-id "$ID" "$@" >/dev/null || rc=$?
trap - INT TERM HUP
[ -d "$SRC/results/runs/$ID" ] || exit "$rc"
"$LAB_DIR/chroot.sh" .build/lab/scxbench store "results/runs/$ID" &&
	"$LAB_DIR/chroot.sh" .build/lab/scxbench report "$ID" || exit 1
exit "$rc"
