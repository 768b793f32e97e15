/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Steers the attached policy: its rules and parameters, by the maps of control_abi.h.
 *
 * Writers wait for each other (a lock on /run/scxbench/control.lock), so no writer loses what another adds to
 * a rule. If two set the same key the last one wins. Each change takes effect at a task's next op, and is
 * appended as one JSON line to the log of control_log.h.
 *
 * What programs ask for their own threads (hints.h) is a layer below: a hint has effect only for a key that
 * no rule sets for the thread, and changes no rule.
 */
#pragma once
#include "control/queues.h"
#include "control/target.h"

struct control;

/* -CAUSE_NO_POLICY, or -CAUSE_CANT when not root or the policy can't be steered; logged. */
int control_open(struct control **out);
/* NULL is fine. */
void control_close(struct control *c);
/* Is the policy that was opened still the one that is attached? */
bool control_is_current(const struct control *c);
const char *control_policy(const struct control *c);
/*
 * What the policy heeds for such a target, by SCXB_HAS_*(), SCXB_CHARGES and SCXB_IN_ORDER: parameters for
 * TARGET_POLICY, settings of a queue for TARGET_QUEUE, settings of tasks for others.
 */
__u32 control_heeds(const struct control *c, enum target_kind kind);
/* What it says of itself in a line; the caller's to free, NULL: nothing. */
char *control_says(const struct control *c);
/* What a user may give for a setting on this machine, least and most, as of control_print(). */
void control_range(const struct control *c, const struct control_key *key, __u64 *least, __u64 *most);

/* "KEY=VALUE" words, NULL at the end, that are added to what is set for the target; NULL: resets it. */
struct control_change {
	struct target target;
	char *const *words;
};
/*
 * All of the changes, in their order, or none: all words are looked at before anything is written, and if a
 * rule can't be written those before it are put back. -CAUSE_USAGE, logged, for a word that is bad or that
 * the policy does not heed; *at, if not NULL: the change that failed. A hint is replaced as a whole. To reset
 * what is not set is no error.
 */
int control_apply(struct control *c, const struct control_change *list, size_t nr, size_t *at);
/* A single change. A reset of what is not set is -CAUSE_NOT_FOUND, logged. */
int control_set(struct control *c, const struct target *t, char *const *words);
int control_reset(struct control *c, const struct target *t);
/*
 * Between these all changes are one turn: other writers wait until it is over, and so do the lines of the
 * log. Each change is in force at once.
 */
void control_hold(struct control *c);
void control_release(struct control *c);
/* Resets the policy and every rule, or takes every hint back; to be given to control_apply(), with its list.
 */
size_t control_reset_all(const struct control *c, bool hints, struct control_change **list);
/* All of that, made. */
int control_clear(struct control *c, bool hints);

/* The present settings of a target, and the state of its bucket. */
struct control_rule {
	struct target target;
	struct scxb_setting setting;
	struct scxb_bucket bucket; /* this and the next if setting.bucket */
	double quota_cpus;	   /* that is, now */
	double age_s;
};
/* The settings of one target; false: there are none. */
bool control_get(const struct control *c, const struct target *t, struct scxb_setting *s);
/* Calls each() for each rule, then for each hint. First deletes rules of targets that no longer exist. */
void control_each(struct control *c, void (*each)(void *ctx, const struct control_rule *r), void *ctx);
/* Those of a policy that has queues by owner; false: it has none (queues.h). */
bool control_queues(const struct control *c, struct scxb_owned *queue);
/* A parameter of the policy; false when it still has the value of its knob. */
bool control_param(const struct control *c, enum scxb_param which, __u64 *value);

/* What is in force for one thread, and whose rule or hint it is from. */
#define CONTROL_QUOTAS 36 /* SCXB_QUOTAS of control.bpf.h */
struct control_force {
	struct scxb_setting setting;
	struct target from[SCXB_NR_SETTINGS];
	struct control_quota { /* each that it is charged to, the nearest first: all of them count */
		struct target from;
		__u32 quota;
	} quota[CONTROL_QUOTAS];
	unsigned nr_quotas;
};
/* -CAUSE_NOT_FOUND, logged: there is no such thread. */
int control_in_force(const struct control *c, __s32 tid, struct control_force *f);
