#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# A command line in the lab's chroot, before a guest is booted: what is wrong is said, what needs no kernel is done,
# and all else is left to the guest without touching the machine.
. "$(dirname "$0")/../tap.sh"
. "$(dirname "$0")/home.sh"

GUEST=71
export SCXBENCH_GUEST=tcg SCXBENCH_RESULTS="$TMP/results"
ahead() { : >"$DOUBLE_TRACE"; run "$SCXBENCH" "$@"; }
# left NAME ARGS...   is left to the guest: in silence, without a step
left() {
	name=$1; shift
	ahead "$@"
	is "$name is for the guest" "$RC $(cat "$TMP/out" "$TMP/err" "$DOUBLE_TRACE" | wc -c)" "$GUEST 0"
}

left bench bench -s fair -s fifo -w quick
left custody custody -s fifo -w quick
left "run" run fifo -- true
left ctl ctl show
left top top
left dsq dsq
left trace trace --seconds 1
left fairness fairness pid:1=1 pid:2=1
left hintd hintd --group root
left "the trial of a load" doctor --load vtime
check "so nothing is stored" test ! -e "$TMP/results"

wrong() { text=$1; shift; ahead "$@"; ended "scxbench $*" 2 "$text"; }
wrong "did you mean decide?" bench -p decde
wrong "did you mean fifo?" bench -s fiffo -w quick
wrong "did you mean quick?" bench -w qick
wrong "--blocks" bench -b 0
wrong "did you mean fifo?" custody -s fiffo -w quick
wrong "did you mean fifo?" run fiffo
wrong "put '--' before" run fifo true
wrong "did you mean show?" ctl shwo
wrong "unexpected word" dsq x
wrong "unknown group" hintd --group nosuchgroup
wrong "--seconds" trace --seconds 0

ahead bench --dry-run -s fair -s fifo -w quick
is "a dry run is printed" "$RC $(grep -c fifo "$TMP/out" | sed 's/[1-9][0-9]*/some/')" "0 some"
check "with the plan of an emulated guest" grep -q "^plan demo" "$TMP/out"
ahead bench --help
is "help is printed" "$RC $(head -c 21 "$TMP/out")" "0 Usage: scxbench bench"
ahead nightly --check
ended "a night is not for the lab" 3 "natively"

# The one list of commands that need a kernel, which the lab reads.
ahead list --names kernel-commands
is "list names them" "$RC $(sort "$TMP/out" | tr '\n' ' ')" "0 audit bench bisect ctl custody doctor dsq exact fairness hintd run top trace "
unset SCXBENCH_GUEST
ahead store --list
ended "the results are where the environment says" 2 "$TMP/results"
ahead store --list --results "$TMP/other"
ended "but --results wins" 2 "$TMP/other"
done_testing
