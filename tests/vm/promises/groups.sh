#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# groups.sh SECONDS [NAME:WEIGHT:TASKS...]   "NAME SHARE" a line: what each cgroup got of all that they got together,
# in percent. A NAME a/b is b, a cgroup in a; one of no tasks has those below it.
set -eu
ROOT=/sys/fs/cgroup/promised SECONDS_=$1
shift

finish() {
	find $ROOT -name cgroup.kill | while read -r file; do echo 1 >"$file"; done
	while ! find $ROOT -depth -type d -exec rmdir {} + 2>/dev/null; do :; done
}
used() { awk '$1 == "usage_usec" { print $2 }' "$ROOT/$1/cpu.stat"; }

echo +cpu >/sys/fs/cgroup/cgroup.subtree_control
mkdir -p $ROOT
echo +cpu >$ROOT/cgroup.subtree_control
trap finish EXIT
for group in "$@"; do
	IFS=: read -r name weight tasks <<-END
		$group
	END
	mkdir -p "$ROOT/$name"
	echo "$weight" >"$ROOT/$name/cpu.weight"
	[ "$tasks" != 0 ] || echo +cpu >"$ROOT/$name/cgroup.subtree_control"
	while [ "$tasks" != 0 ]; do
		sh -c 'echo $$ >"$1/cgroup.procs"; while :; do :; done' sh "$ROOT/$name" &
		tasks=$((tasks - 1))
	done
done
sleep 1
for group in "$@"; do used "${group%%:*}"; done >"$TMP/before"
sleep "$SECONDS_"
for group in "$@"; do echo "${group%%:*} $(used "${group%%:*}")"; done | paste -d ' ' - "$TMP/before" | awk '
	{ got[NR] = $2 - $3; if ($1 !~ "/") sum += got[NR]; name[NR] = $1; sub(".*/", "", name[NR]) }
	END { for (i = 1; i <= NR; i++) printf "%s %.1f\n", name[i], 100 * got[i] / sum }'
