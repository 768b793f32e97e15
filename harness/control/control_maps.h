/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside control/ only: the maps of the policy that is steered, opened by control_open(). */
#pragma once
#include <linux/types.h>
#include "control/control.h"
#include "policy/find.h"
#include "text/buf.h"

#define CONTROL_NAMES 64

struct control {
	struct found found;
	int rule[NR_RULE_KINDS], hint;
	struct scxb_control *shared;
	struct scxb_bucket *bucket;
	unsigned buckets; /* how many, the first of which is not used */
	int lock, log;
	int seq, state;	   /* of sched_ext, kept open to see whether the policy is still the same */
	bool held;	   /* the lock, beyond one list of changes */
	struct buf lines;  /* of the log that are not yet written */
	long cpus, online; /* as many as there may be, and are now */
	/* Of cgroups that were changed, for a cgroup never moves, and no other gets its id. */
	struct known {
		__u64 id;
		char *text; /* target_text(); NULL: the entry is free */
		int cpuset; /* its list of CPUs, open; -1: not yet */
	} known[CONTROL_NAMES];
};

/* target_text(), which takes a while for a cgroup, remembered; the caller's to free. */
char *control_name(struct control *c, const struct target *t);
/* The CPUs that a cgroup may use, as the kernel lists them; NULL: it has no cpuset. The caller's to free. */
char *control_cpuset(struct control *c, const struct target *t);
void control_forget(struct known *k);
/* The key of a target's rule. */
struct scxb_rule_key control_key_of(const struct target *t);
/* The targets of all rules, then of all hints; the caller's to free. Returns how many. */
size_t control_list(const struct control *c, struct target **list);
/* Replaces a rule as a whole; 0, or an error that was logged. */
int control_put(struct control *c, const struct target *t, struct scxb_setting *s);
int control_delete(struct control *c, const struct target *t);
