/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The log of changes. Each line is a JSON object with "time" (seconds since 1970), "into_run_s" (since the
 * policy was attached), "policy", "target", "layer" ("rule" or "hint"), "set" (the words, or null for a
 * reset), and "pid" and "comm" of the process that asked. At CONTROL_LOG_BYTES it is renamed to
 * control.log.old, in the place of an older one.
 */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include "text/buf.h"

#define CONTROL_LOG_BYTES (1 << 20)

struct control_entry {
	const char *policy, *target;
	bool hint;
	char *const *words; /* NULL: it was reset */
	uint64_t into_run_ns;
};

/*
 * Opens $SCXBENCH_CONTROL_LOG, else control.log in the folder of the run that this machine is taking, else
 * /run/scxbench/control.log. Returns a descriptor, valid while the policy is attached, or -1 with a warning.
 */
int control_log_open(void);
/* A line more. */
void control_log_add(struct buf *lines, const struct control_entry *e);
/*
 * Writes the lines, after which there are none, in the room that they had. Opens the log when log is -1, and
 * anew when it has grown large; returns what to go on with. If it can't be written there is only one warning.
 */
int control_log_write(int log, struct buf *lines);
