/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Steers the attached policy: its rules and parameters, by the maps of control_abi.h.
 *
 * Writers wait for each other (a lock on /run/scxbench/control.lock), so no writer loses what another adds to
 * a rule. If two set the same key the last one wins. Each change takes effect at a task's next op, and is
 * appended as one JSON line to the log of control_log.h.
 */
#pragma once
#include "control/target.h"

struct control;

/* -CAUSE_NO_POLICY, or -CAUSE_CANT when not root or the policy can't be steered; logged. */
int control_open(struct control **out);
void control_close(struct control *c);
const char *control_policy(const struct control *c);
/* The settings or parameters that the policy heeds, by SCXB_HAS_*(). */
__u32 control_heeds(const struct control *c, bool params);

/*
 * Adds "KEY=VALUE" words to the settings of the target. If one is bad, or the policy does not heed it, none
 * is added: -CAUSE_USAGE, logged.
 */
int control_set(struct control *c, const struct target *t, char *const *words);
/* -ENOENT, logged, when nothing was set for it. NULL: resets everything. */
int control_reset(struct control *c, const struct target *t);

/* The present settings of a target, and the state of its bucket. */
struct control_rule {
	struct target target;
	struct scxb_setting setting; /* unused for the policy */
	struct scxb_bucket bucket;   /* if setting.bucket */
	double age_s;
};
/* The settings of one target; false: there are none. */
bool control_get(const struct control *c, const struct target *t, struct scxb_setting *s);
/* Calls each() for each rule. First deletes rules of targets that no longer exist. */
void control_each(struct control *c, void (*each)(void *ctx, const struct control_rule *r), void *ctx);
/* A parameter of the policy; false when it still has the value of its knob. */
bool control_param(const struct control *c, enum scxb_param which, __u64 *value);
