# SPDX-License-Identifier: GPL-2.0-or-later
# Plans on the nodes of daemons.sh, and what is asked of them. Sourced, after that; it starts Slurm.
. tests/cli/home.sh
without_tools

# Each node is a machine of its own, as the doubles see it.
for n in $NODES; do
	cp -R "$SCXBENCH_ROOT" "$TMP/$n"
	mkdir -p "$TMP/$n/etc"
	echo "$n" | sha256sum | cut -c1-32 >"$TMP/$n/etc/machine-id"
done
MEASURE=$TMP/measure
# shellcheck disable=SC2016  # of the node, not of here
printf '#!/bin/sh\nexport SCXBENCH_ROOT="%s/${SLURMD_NODENAME:-node1}" SCXBENCH_HOME=%s DOUBLE_CGROUP=%s DOUBLE_TRACE="%s/trace-$SLURMD_NODENAME"\nPATH=%s exec %s "$@"\n' \
	"$TMP" "$SCXBENCH_HOME" "$TMP" "$TMP" "$PATH" "$SCXBENCH" >"$MEASURE"
chmod +x "$MEASURE"
# A node that is held waits in its third sample of a plan until it is let go. Each plan has a count of its own: another one may
# begin before this has come to that.
workload quick "taken=$TMP/taken-\$SLURM_JOB_NAME-\$SLURMD_NODENAME
	n=\$(cat \$taken 2>/dev/null || echo 0); echo \$((n + 1)) >\$taken
	[ \$n -lt 2 ] || while [ -e $TMP/hold-\$SLURMD_NODENAME ]; do sleep 0.1; done
	echo metric time s lower 1.\$(date +%N) >&\$SCXB_RESULT_FD"
sed -i 's/timeout_s 5/timeout_s 120/' "$SCXBENCH_HOME/workloads/quick"

fleet() { verb=$1; shift; run "$SCXBENCH" fleet "$verb" --results "$TMP/results" "$@"; }
begin() {
	id=$1; shift
	fleet run --id "$id" --program "$MEASURE" --partition bare --seed 5 --bench=-sfair --bench=-sfifo --bench=-wquick \
		--bench=--blocks=3 --bench=--no-aa --bench=--no-warmup --bench=--no-instrumented "$@"
}
# done_are ID N   so many of its tasks are done
done_are() { "$SCXBENCH" fleet status --results "$TMP/results" "$1" 2>/dev/null | grep -q "^$2 of [0-9]* tasks are done"; }
files() { for id; do find "$TMP/results/fleet/$id" -path '*/runs/*/sample-*.json'; done | wc -l; }
# held ID NODE
held() { [ "$(cat "$TMP/taken-scxbench-$1-$2" 2>/dev/null)" = 3 ]; }
state() { echo "$2" >"$TMP/$1/sys/kernel/sched_ext/state"; }
# looked N   so often the health check looked at node4
looked() { [ "$(wc -l <"$S/node4.health")" -ge "$1" ]; }
says() { "$SCXBENCH" fleet status --results "$TMP/results" "$1" 2>/dev/null | grep -Eq "$2"; }
slurm_says() { for log in "$S"/slurm*.log; do echo "$log:"; tail -n 15 "$log"; done | diag; }

run start_slurm
is "Slurm, munge and the accounting are there, and the nodes" "$RC" 0
[ "$RC" = 0 ] || { cat "$TMP/out" "$TMP/err" "$S"/*.log | tail -n 50 | diag; done_testing; }
