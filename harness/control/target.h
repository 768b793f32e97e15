/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The target of a rule and its settings, between the user's words and control_abi.h.
 *
 *	tid:N        a thread             comm:NAME    all tasks of that name
 *	pid:N        a process, without   comm:PRE*    ... whose names begin so
 *		     its children	   cgroup:PATH  all tasks below it
 *	tree:N       with all below it    policy       the policy itself
 *	queue:user:NAME, queue:cgroup:PATH	the queue of that owner, where a policy has such queues
 */
#pragma once
#include <linux/types.h>
#include <stdbool.h>
#include <stddef.h>
#include "control_abi.h"

enum target_kind {
	TARGET_TASK,
	TARGET_GROUP,
	TARGET_TREE,
	TARGET_COMM,
	TARGET_CGROUP,
	TARGET_QUEUE,
	NR_RULE_KINDS,
	TARGET_POLICY = NR_RULE_KINDS
};

struct target {
	enum target_kind kind;
	bool hint; /* of a thread: not what is set for it, but what its program asked for */
	union {	   /* unused for the policy */
		__s32 id;
		struct scxb_rule_key comm;
		__u64 cgroup;
		__u64 owner; /* of the queue, as in queues_abi.h */
	};
};

/* Parses a target and checks that it exists. 0, -CAUSE_USAGE or -CAUSE_NOT_FOUND, logged. */
int target_parse(const char *text, struct target *t);
/* The same where only some kinds are possible, given as bits 1 << TARGET_...; others are no targets there. */
int target_parse_of(unsigned kinds, const char *text, struct target *t);
/* "tid:12"; a cgroup that is gone is "cgroup:#ID". The caller's to free. */
char *target_text(const struct target *t);
/* "user:web", "cgroup:build": who has a queue. The caller's to free. */
char *owner_text(__u64 owner);
/* False for a thread, process or cgroup that no longer exists. */
bool target_exists(const struct target *t);

/* A number with its name, range and help. Lists end with a NULL name. */
struct control_key {
	const char *name;
	__u64 min, max;
	const char *help;
};
extern const struct control_key control_settings[], control_queue_settings[], control_params[];
/* Those that a target of this kind may have. */
const struct control_key *control_keys(enum target_kind kind);

/*
 * Parses "KEY=VALUE": returns the index of the key in the list, with its value in *value. -CAUSE_USAGE,
 * logged with what is possible. A quota is of the forms of quota.h; a layout, by what queues are, their
 * order, and whether one is its owner's, also by name. Pure.
 */
int control_parse(const struct control_key *keys, const char *text, __u64 *value);
/* Prints the same words: "quota=25%machine", "layout=core". */
void control_print(const struct control_key *key, __u64 value, char *buf, size_t len);
