/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside policy/ only: getting a policy out, whether it came in or not, and what its end makes of the sample.
 */
#pragma once
#include "policy/loaded.h"

/* Waits until no policy is attached; *s is the state that was read last. */
bool out_wait(struct scx_state *s, double seconds);
/*
 * Ends its holder, and its parent's, takes out what a command left in, and adds to the record how it ended
 * (ends.h), and the proof of that if it had been in. said: by the kernel about the attach, or "". 0;
 * -CAUSE_LEFT_IN, logged, for a command's scheduler that is still in; -ETIMEDOUT, logged, for another.
 */
int out_end(struct policy *p, struct record *r, const char *said);
