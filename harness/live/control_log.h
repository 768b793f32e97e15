/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The log of changes: a JSON object a line with "time" (seconds since 1970), "into_run_s" (since the policy came
 * in), "policy", "target", "set" (the words, or null for a reset), "pid" and "comm" of who asked.
 */
#pragma once

#define CONTROL_RUN_DIR "/run/scxbench"

struct control_entry {
	const char *policy, *target;
	char *const *words; /* NULL: it was reset */
	double into_run_s;
};

/* To $SCXBENCH_CONTROL_LOG, else /run/scxbench/control.log. That it can't be written is only a warning. */
void control_log(const struct control_entry *e);
