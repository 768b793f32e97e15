# SPDX-License-Identifier: GPL-2.0-or-later
# What prolog, epilog and health have in common; sourced. SCXBENCH: the program (scxbench). SCXBENCH_WAIT: seconds for
# the holder of a policy to take it out, when the run that it was of has died (20).

STATE=${SCXBENCH_ROOT:-}/sys/kernel/sched_ext/state
# shellcheck disable=SC2034  # for the scripts that source this
NODE=${SLURMD_NODENAME:-$(uname -n)}

# Is fair, the kernel's own scheduler, the one of all tasks? A kernel without sched_ext has no other.
is_fair() { [ ! -e "$STATE" ] || [ "$(cat "$STATE")" = disabled ]; }

# make_fair   puts back the settings that a killed run left, and waits for fair. 1: says why not, in a line.
make_fair() {
	why=$("${SCXBENCH:-scxbench}" nightly --restore 2>&1) ||
		{ echo "scxbench: settings of a run could not be restored: $(echo "$why" | tail -1)"; return 1; }
	left=${SCXBENCH_WAIT:-20}
	until is_fair; do
		[ "$left" -gt 0 ] || { echo "scxbench: sched_ext is $(cat "$STATE"), fair is not back"; return 1; }
		left=$((left - 1))
		sleep 1
	done
}
