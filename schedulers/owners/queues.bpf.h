/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Queues by owner: whose is which, what each weighs, its order, and which one is served next.
 *
 * A queue is given to an owner when its first task must wait, and to the next who needs one when it is empty
 * and was not used for a while, so that few numbers are in use. That is not locked. The worst that comes of
 * it is that an owner has two queues for a while, or a task of another in its own: each queue that has a task
 * is served, whoever owns it.
 */
#ifndef OWNERS_QUEUES_BPF_H
#define OWNERS_QUEUES_BPF_H

#include "stats.bpf.h"
#include "queues_abi.h"

#define NO_QUEUE SCXB_OWNED
#define UNUSED NSEC_PER_SEC
#define LONGEST_TURN NSEC_PER_SEC /* beyond that the CPU was offline, or another class had it */

struct scxb_owned scxb_owned[SCXB_OWNED] SEC(SCXB_OWNED_MAP);

/* A hash map, which unlike a trie the clock may read on Linux 7.0, too. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__uint(max_entries, 16384);
	__type(key, struct scxb_rule_key);
	__type(value, struct scxb_setting);
} scxb_rule_queue SEC(".maps");

static u32 owned_by;	  /* enum scxb_by */
static u32 owned_end = 1; /* no queue from here on was ever given; may be more than there are */
static u64 vtime_now;	  /* of the queue that was served last */

static __always_inline struct scxb_owned *queue_at(u32 nr)
{
	barrier_var(nr); /* the compiler knows the number's range, the verifier of Linux 6.19 does not */
	return &scxb_owned[nr & (SCXB_OWNED - 1)];
}

static __always_inline u32 queues_end(void)
{
	u32 end = owned_end;

	return end < SCXB_OWNED ? end : SCXB_OWNED;
}

static __always_inline u64 owner_of(struct task_struct *p)
{
	u32 by = owned_by;
	struct cgroup *cgrp;

	if (by == SCXB_BY_USER)
		return SCXB_OWNER(by, p->real_cred->euid.val);
	cgrp = by == SCXB_BY_CGROUP ? scxb_cgroup_of(p) : NULL;
	return cgrp ? SCXB_OWNER(by, cgrp->kn->id) : 0;
}

/* What is set for its queue; NULL: nothing, as for nobody. */
static struct scxb_setting *rule_of(u64 owner)
{
	struct scxb_rule_key key;

	__builtin_memset(&key, 0, sizeof(key)); /* all of it is the key */
	key.bits = SCXB_ID_BITS;
	key.id[0] = owner;
	key.id[1] = owner >> 32;
	return owner ? bpf_map_lookup_elem(&scxb_rule_queue, &key) : NULL;
}

#define set_or(s, name, usual) \
	((s) && (s)->set & SCXB_HAS_QUEUE(name) ? (s)->value[SCXB_QUEUE_##name] : (usual))

/* 0: it has none. */
static __noinline u32 find_queue(u64 owner)
{
	u32 nr;

	bpf_for (nr, 1, queues_end())
		if (queue_at(nr)->owner == owner)
			return nr;
	return 0;
}

static __always_inline bool is_free(u32 nr, u64 now)
{
	struct scxb_owned *q = queue_at(nr);

	return (!q->owner || scxb_since(q->used_ns, now) > UNUSED) && scx_bpf_dsq_nr_queued(nr) <= 0;
}

/* A queue that was given before and is free; else a new one; else that of all the rest. */
static __always_inline u32 free_queue(u64 now)
{
	u32 nr;

	bpf_for (nr, 1, queues_end())
		if (is_free(nr, now))
			return nr;
	if (owned_end >= SCXB_OWNED)
		return 0;
	nr = __sync_fetch_and_add(&owned_end, 1);
	return nr < SCXB_OWNED ? nr : 0;
}

static __noinline u32 give_queue(u64 owner, u64 now)
{
	struct scxb_setting *s = rule_of(owner);
	u32 nr = set_or(s, own, true) ? free_queue(now) : 0;
	struct scxb_owned *q = queue_at(nr);

	if (!nr)
		return 0;
	q->weight = set_or(s, weight, SCXB_USUAL_WEIGHT);
	q->order = set_or(s, order, SCXB_ORDER_ARRIVAL);
	q->vtime = vtime_now;
	q->used_ns = now;
	q->owner = owner;
	return nr;
}

/* The queue in which a task is to wait from now on. */
static u32 queue_for(struct task_struct *p, u64 now)
{
	u64 owner = owner_of(p);
	u32 nr = owner ? find_queue(owner) : 0;

	if (owner && !nr)
		nr = give_queue(owner, now);
	queue_at(nr)->used_ns = now;
	return nr;
}

/* An empty queue saves nothing up. */
static __always_inline bool has_tasks(u32 nr)
{
	struct scxb_owned *q = queue_at(nr);
	u32 waiting = scx_bpf_dsq_nr_queued(nr);

	if (q->waiting != waiting)
		q->waiting = waiting;
	if (!waiting && scxb_before(q->vtime, vtime_now))
		q->vtime = vtime_now;
	return waiting;
}

/*
 * The one that had least for its weight, of those that have a task, and of "mine" in any case; tried: bits of
 * those that are left out. NO_QUEUE: there is none.
 */
static __noinline u32 least_queue(u64 tried, u32 mine)
{
	u32 nr, least = NO_QUEUE;

	bpf_for (nr, 0, queues_end()) {
		if (tried >> nr & 1 || (!has_tasks(nr) && nr != mine))
			continue;
		if (least == NO_QUEUE || scxb_before(queue_at(nr)->vtime, queue_at(least)->vtime))
			least = nr;
	}
	return least;
}

/* What a CPU does now: it serves a queue, which pays a slice in advance. */
struct turn {
	u32 queue;
	u64 since;  /* 0: it serves none */
	u64 paid;   /* as it is in vtime */
	u64 looked; /* when the CPU last looked for starving tasks */
};

static __always_inline void end_turn(struct turn *t, u64 now)
{
	struct scxb_owned *q = queue_at(t->queue);
	u64 had = scxb_since(t->since, now);

	if (had > LONGEST_TURN)
		had = LONGEST_TURN;
	if (t->since)
		__sync_fetch_and_add(&q->vtime, had * SCXB_USUAL_WEIGHT / q->weight - t->paid);
	t->since = 0;
}

/* nr: NO_QUEUE is fine. */
static void begin_turn(struct turn *t, u32 nr, u64 now, u64 slice)
{
	struct scxb_owned *q = queue_at(nr);

	if (nr == NO_QUEUE)
		return;
	t->queue = nr;
	t->since = now;
	if (scxb_before(vtime_now, q->vtime))
		vtime_now = q->vtime;
	t->paid = slice * SCXB_USUAL_WEIGHT / q->weight;
	__sync_fetch_and_add(&q->vtime, t->paid);
}

/* As it is set for its owner, who may lose it. True: what waits in it has another queue or place from now on.
 */
static bool heed_rule(struct scxb_owned *q)
{
	struct scxb_setting *s = rule_of(q->owner);
	u32 order = set_or(s, order, SCXB_ORDER_ARRIVAL);
	bool own = set_or(s, own, true), other = !own || order != q->order;

	q->weight = set_or(s, weight, SCXB_USUAL_WEIGHT);
	q->order = order;
	if (!own)
		q->owner = 0;
	return other;
}

/* By what queues are, and what is set for them, from now on. Bits: of those of which heed_rule() is true. */
static u64 queues_take(u32 by)
{
	bool all = by != owned_by;
	u64 others = all ? ~0ULL : 0;
	u32 nr;

	owned_by = by;
	bpf_for (nr, 1, SCXB_OWNED) {
		struct scxb_owned *q = queue_at(nr);

		if (all)
			q->owner = 0;
		else if (heed_rule(q))
			others |= 1ULL << nr;
	}
	return others;
}

#endif
