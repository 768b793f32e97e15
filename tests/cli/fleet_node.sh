#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What Slurm runs on a node before and after a job, and between them: a node that is not as it should be is drained.
. "$(dirname "$0")/../tap.sh"
. "$(dirname "$0")/home.sh"

STATE=$SCXBENCH_ROOT/sys/kernel/sched_ext/state
mkdir "$TMP/bin"
printf '#!/bin/sh\necho "$*" >>"%s"\n' "$TMP/drained" >"$TMP/bin/scontrol"
printf '#!/bin/sh\ncat "%s"\n' "$TMP/node" >"$TMP/bin/sinfo"
# Each second that is waited for, the test does what it likes.
printf '#!/bin/sh\n. "%s"\n' "$TMP/second" >"$TMP/bin/sleep"
chmod +x "$TMP/bin/"*
PATH=$TMP/bin:$PATH
export SCXBENCH SLURMD_NODENAME=node7
echo : >"$TMP/second"
echo idle >"$TMP/node"
piece() { : >"$TMP/drained"; run "harness/install/slurm/$1"; }

for name in prolog epilog health; do
	piece $name
	is "$name: all is well" "$RC $(cat "$TMP/out" "$TMP/drained")" "0 "
done
echo enabled >"$STATE"
echo "echo disabled >'$STATE'" >"$TMP/second"
piece epilog
is "a policy that its holder takes out in time is no harm" "$RC $(cat "$TMP/drained")" "0 "
echo enabled >"$STATE"
echo : >"$TMP/second"
piece epilog
is "one that stays drains the node, with the reason" "$RC $(cat "$TMP/drained")" \
	"1 update nodename=node7 state=drain reason=scxbench: sched_ext is enabled, fair is not back"
piece prolog
is "no job begins there, which drains it" "$RC $(cat "$TMP/out")" "1 scxbench: sched_ext is enabled, fair is not back"
piece health
is "and the health check finds it" "$RC $(cat "$TMP/drained")" \
	"0 update nodename=node7 state=drain reason=scxbench: sched_ext is enabled and no job runs"
for state in allocated completing drained; do
	echo "$state" >"$TMP/node"
	piece health
	is "which lets a node be that is $state" "$RC $(cat "$TMP/drained")" "0 "
done
echo disabled >"$STATE"
SCXBENCH=false piece epilog
check "settings that can't be restored drain the node, too" grep -q 'state=drain reason=scxbench: settings of a run could not be restored' "$TMP/drained"
rm -r "$SCXBENCH_ROOT/sys/kernel/sched_ext"
piece health
is "a kernel without sched_ext has fair alone" "$RC $(cat "$TMP/drained")" "0 "
done_testing
