/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The log of changes: a JSON object a line with "time" (seconds since 1970), "into_run_s" (since the policy
 * came in), "policy", "target", "set" (the words, or null for a reset), "pid" and "comm" of who asked.
 */
#pragma once

#define CONTROL_RUN_DIR "/run/scxbench"

struct control_entry {
	const char *policy, *target;
	char *const *words; /* NULL: it was reset */
	double into_run_s;
};

/*
 * $SCXBENCH_CONTROL_LOG, else control.log in the folder of the run that is taken on this machine, else
 * /run/scxbench/control.log. A descriptor, good as long as the policy is in; -1 with a warning.
 */
int control_log_open(void);
/* That it can't be written is only a warning. */
void control_log(int log, const struct control_entry *e);
