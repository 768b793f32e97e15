/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Steering the policy that is in: its rules and parameters, by the maps of control_abi.h.
 *
 * Writers take turns (a lock on /run/scxbench/control.lock), so that what one adds to a rule is not lost to
 * another; of two that set the same the last one wins. Each change is in force at a task's next op, and is
 * appended as one JSON line to the log that control_log.h tells.
 */
#pragma once
#include "control/target.h"

struct control;

/* -CAUSE_NO_POLICY, or -CAUSE_CANT when not root or it can't be steered; logged. */
int control_open(struct control **out);
void control_close(struct control *c);
const char *control_policy(const struct control *c);
/* Which settings and parameters the policy heeds, by SCXB_HAS_*(). */
__u32 control_heeds(const struct control *c, bool params);

/*
 * Adds "KEY=VALUE" words to what is set for the target: all or, when one is bad or the policy does not heed
 * it, none. -CAUSE_USAGE, logged.
 */
int control_set(struct control *c, const struct target *t, char *const *words);
/* -ENOENT, logged, when nothing was set for it. NULL: all there is. */
int control_reset(struct control *c, const struct target *t);

/* What is set for a target now. Of a bucket also how it stands. */
struct control_rule {
	struct target target;
	struct scxb_setting setting; /* not for the policy */
	struct scxb_bucket bucket;   /* where setting.bucket */
	double age_s;
};
/* What is set for one; false: nothing. */
bool control_get(const struct control *c, const struct target *t, struct scxb_setting *s);
/* Each rule, after those of what no longer exists are dropped. */
void control_each(struct control *c, void (*each)(void *ctx, const struct control_rule *r), void *ctx);
/* A parameter of the policy; false when it is as its knob says. */
bool control_param(const struct control *c, enum scxb_param which, __u64 *value);
