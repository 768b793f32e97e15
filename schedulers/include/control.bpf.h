/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the user sets for the running policy and its tasks; control_abi.h defines the settings.
 *
 * A policy calls scxb_init() in its init with what it heeds, and scxb_rules_now() where a task is about to be
 * placed or charged; then it reads the task's rules. Until the first setting that costs a comparison with a
 * cache line that is not written, and no task has rules (NULL). From then on a task keeps what is set for it,
 * and looks it up again when any setting, its name or its cgroup has changed.
 */
#ifndef SCXB_CONTROL_BPF_H
#define SCXB_CONTROL_BPF_H

#include "stats.bpf.h"

struct scxb_control scxb_control SEC(SCXB_CONTROL_MAP);

#define SCXB_RULE_MAP(name)                           \
	struct {                                      \
		__uint(type, BPF_MAP_TYPE_LPM_TRIE);  \
		__uint(map_flags, BPF_F_NO_PREALLOC); \
		__uint(max_entries, 16384);           \
		__type(key, struct scxb_rule_key);    \
		__type(value, struct scxb_setting);   \
	} name SEC(".maps")

SCXB_RULE_MAP(scxb_rule_task);
SCXB_RULE_MAP(scxb_rule_group);
SCXB_RULE_MAP(scxb_rule_tree);
SCXB_RULE_MAP(scxb_rule_comm);
SCXB_RULE_MAP(scxb_rule_cgrp);
SCXB_RULE_MAP(scxb_rule_hint);

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, SCXB_BUCKETS);
	__type(key, u32);
	__type(value, struct scxb_bucket);
} scxb_quota SEC(".maps");

#define SCXB_MAX_DEPTH 32		 /* of cgroups */
#define SCXB_QUOTAS (SCXB_MAX_DEPTH + 4) /* of a task: also its thread's, process's, tree's and name's */
#define SCXB_MAX_PARENTS 32

/* What is set for a task, kept with it; and from what that was derived. */
struct scxb_rules {
	struct scxb_setting now; /* all zero: nothing */
	u32 nr_quotas;
	u8 quota[SCXB_QUOTAS]; /* the buckets of all quotas that it is charged to, the nearest first */
	u64 slice_us;	       /* the task's, else the policy's parameter; 0: as the knob says */
	u64 found;	       /* how often the rules were looked up; 0: never */
	u64 charged;	       /* se.sum_exec_runtime as far as it was charged to a quota */
	u64 generation;
	u64 hints;  /* their generation */
	u64 hinted; /* when the hint was given that is among them; 0: none */
	u64 cgroup;
	s32 tree; /* the process with the rule for the tree in which this task is; 0: none */
	char comm[16];
};

/* Only tasks that were queued since the first setting have an entry. */
SCXB_TASK_MAP(scxb_rules, struct scxb_rules);

/* Has anything been set yet? */
static __always_inline bool scxb_asked(void)
{
	return scxb_kept && scxb_control.asked;
}

static __always_inline u64 scxb_param(enum scxb_param which, u64 knob)
{
	u64 given = scxb_control.param[which];

	return given & SCXB_GIVEN ? given & ~SCXB_GIVEN : knob;
}

#define scxb_rule_is_set(r, name)                              \
	({                                                     \
		struct scxb_rules *___r = (r);                 \
		___r && ___r->now.set &SCXB_HAS_SETTING(name); \
	})
#define scxb_rule_value(r, name) ((r)->now.value[SCXB_SETTING_##name])

_Static_assert(SCXB_BUCKETS <= 256, "a bucket's number is a byte of struct scxb_rules");

static __always_inline void scxb_rules_add_quota(struct scxb_rules *r, u32 bucket)
{
	u32 nr = r->nr_quotas;

	if (!bucket || nr >= SCXB_QUOTAS)
		return;
	r->quota[nr] = bucket;
	r->nr_quotas = nr + 1;
}

/* Adds what a farther rule sets and no nearer one does, and its quota in any case. */
static __always_inline void scxb_rules_add(struct scxb_rules *r, struct scxb_setting *now,
					   const struct scxb_setting *farther)
{
	u32 i, new;

	if (!farther)
		return;
	new = farther->set & ~now->set;
	for (i = 0; i < SCXB_NR_SETTINGS; i++)
		if (new & 1U << i)
			now->value[i] = farther->value[i];
	now->set |= new;
	scxb_rules_add_quota(r, farther->bucket);
}

static __always_inline struct scxb_rule_key scxb_rule_key(u64 id)
{
	return (struct scxb_rule_key){ .bits = SCXB_ID_BITS, .id = { id, id >> 32 } };
}

/* key: a place for one. */
static __always_inline void scxb_rules_add_cgroups(struct scxb_rules *r, struct scxb_setting *now,
						   struct cgroup *cgrp, struct scxb_rule_key *key)
{
	s32 i, level = cgrp->level;

	bpf_for (i, 0, SCXB_MAX_DEPTH) {
		struct cgroup *above = i < level ? bpf_cgroup_ancestor(cgrp, level - i) : NULL;

		if (!above)
			break;
		*key = scxb_rule_key(above->kn->id);
		scxb_rules_add(r, now, bpf_map_lookup_elem(&scxb_rule_cgrp, key));
		bpf_cgroup_release(above);
	}
}

static __always_inline struct scxb_setting *scxb_tree_rule(s32 tgid)
{
	struct scxb_rule_key key = scxb_rule_key(tgid);

	return tgid > 0 ? bpf_map_lookup_elem(&scxb_rule_tree, &key) : NULL;
}

/*
 * The nearest of the task's process and its ancestors that has a rule for its tree. A process whose parent
 * has ended is the child of another: it stays in the tree in which it, or its new parent, was.
 */
static __noinline s32 scxb_tree_of(struct scxb_rules *r, struct task_struct *p)
{
	struct task_struct *at = p, *parent = p->real_parent;
	struct scxb_rules *above = parent ? bpf_task_storage_get(&scxb_rules, parent, 0, 0) : NULL;
	s32 i, tgid;

	bpf_for (i, 0, SCXB_MAX_PARENTS) {
		tgid = BPF_CORE_READ(at, tgid);
		if (scxb_tree_rule(tgid))
			return tgid;
		if (tgid <= 1)
			break;
		at = BPF_CORE_READ(at, real_parent);
	}
	if (scxb_tree_rule(r->tree))
		return r->tree;
	return above && scxb_tree_rule(above->tree) ? above->tree : 0;
}

/* One key after the other has the same place, for the stack of a policy's enqueue and what it calls is 512
 * bytes. */
static __noinline void scxb_rules_find(struct scxb_rules *r, struct task_struct *p)
{
	struct scxb_rule_key key = scxb_rule_key(p->pid);
	struct cgroup *cgrp = scxb_cgroup_of(p);
	struct scxb_setting now = { 0 }, *hint;

	r->nr_quotas = 0;
	scxb_rules_add(r, &now, bpf_map_lookup_elem(&scxb_rule_task, &key));
	key = scxb_rule_key(p->tgid);
	scxb_rules_add(r, &now, bpf_map_lookup_elem(&scxb_rule_group, &key));
	if (r->tree) {
		key = scxb_rule_key(r->tree);
		scxb_rules_add(r, &now, bpf_map_lookup_elem(&scxb_rule_tree, &key));
	}
	key.bits = 8 * sizeof(key.comm);
	__builtin_memcpy(key.comm, r->comm, sizeof(key.comm));
	scxb_rules_add(r, &now, bpf_map_lookup_elem(&scxb_rule_comm, &key));
	if (cgrp)
		scxb_rules_add_cgroups(r, &now, cgrp, &key);
	key = scxb_rule_key(p->pid);
	hint = bpf_map_lookup_elem(&scxb_rule_hint, &key);
	r->hinted = hint ? hint->when_ns : 0;
	scxb_rules_add(r, &now, hint);
	r->now = now;
	r->found++;
	r->slice_us = scxb_param(SCXB_PARAM_slice_us, 0);
	if (scxb_rule_is_set(r, slice_us))
		r->slice_us = scxb_rule_value(r, slice_us);
}

static __always_inline bool scxb_same_name(const char *a, const char *b)
{
	return *(u64 *)a == *(u64 *)b && *(u64 *)(a + 8) == *(u64 *)(b + 8);
}

/* Has its hint changed, and not only that of another task? */
static __always_inline bool scxb_hint_is_new(const struct scxb_rules *r, struct task_struct *p)
{
	struct scxb_rule_key key = scxb_rule_key(p->pid);
	struct scxb_setting *hint = bpf_map_lookup_elem(&scxb_rule_hint, &key);

	return r->hinted != (hint ? hint->when_ns : 0);
}

/*
 * True when the task's rules were looked up again. Only for ops of the task that the kernel serializes:
 * select_cpu, enqueue, tick.
 */
static __always_inline bool scxb_rules_refresh(struct scxb_rules *r, struct task_struct *p)
{
	u64 generation = scxb_control.generation, hints = scxb_control.hints, id;
	char comm[16] __attribute__((aligned(8)));
	struct cgroup *cgrp;

	if (!scxb_control.asked)
		return false;
	bpf_probe_read_kernel(comm, sizeof(comm), p->comm);
	cgrp = scxb_cgroup_of(p);
	id = cgrp ? cgrp->kn->id : 0;
	if (r->generation == generation && r->cgroup == id && scxb_same_name(r->comm, comm) &&
	    (r->hints == hints || !scxb_hint_is_new(r, p))) {
		r->hints = hints;
		return false;
	}
	r->generation = generation;
	r->hints = hints;
	r->cgroup = id;
	__builtin_memcpy(r->comm, comm, sizeof(comm));
	if (scxb_control.trees)
		r->tree = scxb_tree_of(r, p);
	scxb_rules_find(r, p);
	return true;
}

/* In ns. */
static __always_inline u64 scxb_rules_slice(struct scxb_rules *r, u64 knob_us)
{
	return (r && r->slice_us ? r->slice_us : knob_us) * NSEC_PER_USEC;
}

/* The CPU that is set for the task, if it may run there; else -1. */
static __always_inline s32 scxb_rules_cpu(struct scxb_rules *r, struct task_struct *p)
{
	if (!scxb_rule_is_set(r, cpu) || !bpf_cpumask_test_cpu(scxb_rule_value(r, cpu), p->cpus_ptr))
		return -1;
	return scxb_rule_value(r, cpu);
}

static __always_inline void scxb_rule_drop(void *map, s32 id)
{
	struct scxb_rule_key key = scxb_rule_key(id);
	struct scxb_setting *s = bpf_map_lookup_elem(map, &key);
	struct scxb_bucket *b;

	if (!s)
		return;
	b = s->bucket ? bpf_map_lookup_elem(&scxb_quota, &s->bucket) : NULL;
	if (b)
		b->quota = 0;
	bpf_map_delete_elem(map, &key);
}

/* In exit_task: removes what was set for this thread, and with the last thread what was set for its group. */
static __always_inline void scxb_rules_gone(struct task_struct *p)
{
	if (!scxb_asked())
		return;
	scxb_rule_drop(&scxb_rule_task, p->pid);
	scxb_rule_drop(&scxb_rule_hint, p->pid);
	if (p->signal->live.counter)
		return;
	scxb_rule_drop(&scxb_rule_group, p->tgid);
	if (scxb_control.trees)
		scxb_rule_drop(&scxb_rule_tree, p->tgid);
}

#endif
