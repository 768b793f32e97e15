#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# custody.sh custody|audit [OPTIONS of that command]   every policy under the storm, on each kernel of $KERNELS, with
# the same objects; then their ledgers side by side, and the page.
#
#   KERNELS     words: the beginning of a version ("7.0"), the path of a vmlinuz, or "default", the lab's
#               (default: "7.0 default", before the custody semantics and after; with LAB_KERNEL= only that one, and for
#               an audit, which needs the semantics, only "default")
#   STORM_*     parameters of the storm, see workloads/README.md · LAB_RESULTS  another results/
# A kernel that can't be fetched, can't be the lab's or can run no policy is skipped, and the result says so.
. "$(dirname "$0")/lib.sh"

COMMAND=$1; shift
ID=$(new_run)

# once RUN IMAGE OPTIONS...   a run in one guest; sets $code
# shellcheck disable=SC2086  # a variable a word
once() {
	run=$1 image=$2; shift 2
	heard env LAB_RESTARTS=0 LAB_KERNEL="$image" "$LAB_DIR/run.sh" env $STORM /src/.build/lab/scxbench "$COMMAND" --where lab \
		--files-only --where-possible --run-id "$run" "$@"
}

# skip WHY   the kernel $word
skip() { echo "skipped: kernel $word: $1" >>"$WORK/skipped"; }

# take RUN IMAGE OPTIONS...   a run on one kernel; repeated where the guest died, which under emulation may be an
# accident. The files of the last attempt are stored even then
take() {
	id=$1 image=$2; shift 2
	for again in "" -again -last; do
		once "$id$again" "$image" "$@"
		[ "$code" = 70 ] || break
	done
	case $code in 0 | 3) ;; 70) rc=1 ;; *) rc=$code ;; esac
	[ -d "$RESULTS/runs/$run" ] || { [ "$code" != 3 ] || skip "$(last_said)"; return 0; }
	[ "$code" != 3 ] || rc=3
	on_host store "/tmp/results/runs/$run" && RUNS="$RUNS $run" || rc=1
}

STORM=$(env | grep -E '^STORM_[A-Z]+=[^[:space:]]*$') || true
mkdir -p "$RESULTS"
WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT
: >"$WORK/skipped"
set_progress
RUNS="" rc=0 code=0 number=0 ASKED=${KERNELS:-}
[ -n "$ASKED" ] || { ASKED=default; [ -n "${LAB_KERNEL:-}" ] || [ "$COMMAND" = audit ] || ASKED="7.0 default"; }
trap 'rc=130' INT TERM HUP
for word in $ASKED; do
	case $rc in 0 | 1) ;; *) break ;; esac
	number=$((number + 1))
	say "kernel $word"
	if image=$(kernel_of "$word" 2>"$WORK/said"); then
		take "$ID-$number" "$image" "$@"
	else
		skip "$(last_said)"
	fi
done
trap - INT TERM HUP

# shellcheck disable=SC2086  # a list of words
if [ -n "$RUNS" ]; then
	on_host custody --show $RUNS >"$WORK/shown" || [ "$rc" != 0 ] || rc=$?
	shown <"$WORK/shown"
elif [ "$rc" = 0 ]; then
	rc=3
fi
cat "$WORK/skipped"
exit "$rc"
