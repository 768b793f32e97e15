#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Root takes the run; workloads run as a user, unless they need root.
. "$(dirname "$0")/../tap.sh"
. "$(dirname "$0")/home.sh"

[ "$(id -u)" = 0 ] && setpriv --reuid=65534 --clear-groups true 2>/dev/null ||
	{ echo "1..0 # SKIP here root can't become another user"; exit 0; }
workload quick "echo \$(id -u) \$(stat -c %u .) >>$TMP/seen; echo 'metric time s lower 1.5' >&\$SCXB_RESULT_FD"
mv "$SCXBENCH_HOME/workloads/quick" "$SCXBENCH_HOME/workloads/powerful"
sed "s/ 'needs root'//" "$SCXBENCH_HOME/workloads/powerful" >"$SCXBENCH_HOME/workloads/quick"
chmod 755 "$SCXBENCH_HOME/workloads/quick"
chmod 777 "$TMP" # the workloads leave marks there

# users NAME WANTED ARGS...   a run under fair: "UID OWNER-OF-ITS-FOLDER" of each sample, and what the run says
users() {
	name=$1 wanted=$2; shift 2
	rm -rf "$TMP/results" "$TMP/seen"
	bench -s fair --no-instrumented "$@"
	is "$name" "$RC $(tr '\n' ' ' <"$TMP/seen")$(sed -n 's/.*"plan.user": *"\([^"]*\)".*/\1/p' "$TMP"/results/runs/*/run.json)" "0 $wanted"
}
users "by default it is nobody" "65534 65534 nobody" -w quick
SUDO_UID=12345 SUDO_GID=54321 users "under sudo the user who called it" "12345 12345 12345" -w quick
SUDO_UID=0 SUDO_GID=0 users "but never root, unless it is named" "65534 65534 nobody" -w quick
users "a user can be named" "1 1 daemon" -w quick --user daemon
check "and is part of the command that repeats the run" grep -q -- "--user daemon" "$TMP"/results/runs/*/run.json
users "or numbered" "4321 4321 4321" -w quick --user 4321
users "root too" "0 0 root" -w quick --user root
users "a workload that needs root has it" "0 0 nobody" -w powerful
is "logs are the user's" "$(bench -s fair -w quick --no-instrumented --user 4321 --run-id logs; stat -c %u "$TMP"/results/runs/logs/logs/*)" 4321

bench -s fair -w quick --user nonesuch
ended "a user that there is not" 2 "no user 'nonesuch'"
chmod 700 "$SCXBENCH_HOME/workloads/powerful"
bench -s fair -w quick
ended "a workload that the user may not execute" 2 "user nobody, as which workloads run, can't read and execute $SCXBENCH_HOME/workloads/powerful"
chmod 755 "$SCXBENCH_HOME/workloads/powerful"
sed -i 's/needs root/needs CAP_NONE/' "$SCXBENCH_HOME/workloads/powerful"
run "$SCXBENCH" list --names workloads
check "a need that can't be met is named" grep -qF "neither root nor a capability that scxbench has: 'CAP_NONE'" "$TMP/err"
run "$SCXBENCH" nightly --check -o user=nonesuch
ended "a night's user is checked" 2 "-o: user: no user 'nonesuch'"
done_testing
