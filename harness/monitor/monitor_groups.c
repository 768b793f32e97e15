/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "monitor/monitor_groups.h"

#include <math.h>
#include <stdlib.h>
#include "util/mem.h"

/* The task in the shot before: empty if it started since; NULL when it is not known. */
static const struct mon_task *earlier(const struct monitor_shot *before, const struct mon_task *t)
{
	static const struct mon_task unborn;
	const struct mon_task *was;

	if (!before)
		return NULL;
	if (t->start_ns >= before->when_ns)
		return &unborn;
	was = bsearch(t, before->task, before->nr_tasks, sizeof(*t), monitor_by_tid);
	return was && was->start_ns == t->start_ns ? was : NULL;
}

/* Times are read a moment apart from the clock and may lag, so a negative share becomes 0. */
static double monitor_groups_share(uint64_t was, uint64_t is, double seconds)
{
	return is > was ? (is - was) / 1e9 / seconds : 0;
}

static struct monitor_task task_of(const struct monitor_shot *before, const struct mon_task *t,
				   double seconds)
{
	const struct mon_task *was = earlier(before, t);

	if (!was)
		return (struct monitor_task){ *t, NAN, NAN, NAN };
	return (struct monitor_task){ *t, monitor_groups_share(was->run_ns, t->run_ns, seconds),
				      monitor_groups_share(was->wait_ns, t->wait_ns, seconds),
				      (t->moves - was->moves) / seconds };
}

static bool is_inside(const struct mon_task *t)
{
	return t->custody != MON_OUT;
}

void monitor_tasks(const struct monitor_shot *before, struct monitor_rates *r)
{
	r->task = mem_zalloc(r->now->nr_tasks + 1, sizeof(*r->task));
	for (size_t i = 0; i < r->now->nr_tasks; i++) {
		const struct mon_task *t = &r->now->task[i];

		if (!(t->flags & MON_EXT))
			continue;
		r->task[r->nr_tasks++] = task_of(before, t, r->seconds);
		r->nr_running += !!(t->flags & MON_ON_CPU);
		r->nr_inside += is_inside(t);
	}
	r->nr_all = r->nr_tasks;
}

void monitor_add_known(double *sum, double value)
{
	if (!isnan(value))
		*sum = isnan(*sum) ? value : *sum + value;
}

static double used(const struct monitor_shot *before, const struct monitor_rates *r, uint64_t cgroup)
{
	const struct monitor_cgroup *was = before ? monitor_cgroup(before, cgroup) : NULL;
	const struct monitor_cgroup *is = monitor_cgroup(r->now, cgroup);

	return was && is && was->used_ns && is->used_ns
		       ? monitor_groups_share(was->used_ns, is->used_ns, r->seconds)
		       : NAN;
}

static void add_member(struct monitor_group *g, const struct monitor_task *t)
{
	g->tasks++;
	g->running += !!(t->task.flags & MON_ON_CPU);
	if (is_inside(&t->task)) {
		g->inside++;
		g->oldest_ns = fmax(g->oldest_ns, t->task.waited_ns);
	}
	monitor_add_known(&g->run, t->run);
	monitor_add_known(&g->wait, t->wait);
	monitor_add_known(&g->moves, t->moves);
}

/* Those of a cgroup beside each other, in the order of tasks. */
static int by_cgroup(const void *a, const void *b)
{
	const struct monitor_task *x = *(const struct monitor_task *const *)a,
				  *y = *(const struct monitor_task *const *)b;

	if (x->task.cgroup != y->task.cgroup)
		return x->task.cgroup < y->task.cgroup ? -1 : 1;
	return (x > y) - (x < y);
}

void monitor_groups(const struct monitor_shot *before, struct monitor_rates *r)
{
	const struct monitor_task **task = mem_zalloc(r->nr_tasks + 1, sizeof(*task));
	struct monitor_group *g = NULL;

	for (size_t i = 0; i < r->nr_tasks; i++)
		task[i] = &r->task[i];
	qsort(task, r->nr_tasks, sizeof(*task), by_cgroup);
	for (size_t i = 0; i < r->nr_tasks; i++) {
		uint64_t cgroup = task[i]->task.cgroup;

		if (!g || g->cgroup != cgroup) {
			r->group = mem_grow(r->group, r->nr_groups, sizeof(*r->group));
			g = &r->group[r->nr_groups++];
			*g = (struct monitor_group){ cgroup,	   .used = used(before, r, cgroup),
						     .run = NAN,   .wait = NAN,
						     .moves = NAN, .oldest_ns = NAN };
		}
		add_member(g, task[i]);
	}
	free(task);
}

static struct monitor_queue *queue_of(struct monitor_rates *r, uint64_t id)
{
	for (size_t i = 0; i < r->nr_queues; i++)
		if (r->queue[i].id == id)
			return &r->queue[i];
	r->queue = mem_grow(r->queue, r->nr_queues, sizeof(*r->queue));
	r->queue[r->nr_queues] = (struct monitor_queue){ .id = id, .oldest_ns = NAN };
	return &r->queue[r->nr_queues++];
}

/* Without counters: counts the tasks in a user DSQ. */
static void count_queued(struct monitor_rates *r, const struct mon_task *t)
{
	struct monitor_queue *q;

	if (!(t->flags & MON_IN_DSQ) || t->dsq >> 63)
		return;
	q = queue_of(r, t->dsq);
	q->nr++;
	q->weight += t->weight;
}

static void note_waiting(struct monitor_rates *r, const struct mon_task *t)
{
	uint64_t id = t->queue < SCXB_QUEUES ? t->queue : SCXB_QUEUES - 1;

	for (size_t i = 0; is_inside(t) && i < r->nr_queues; i++) {
		struct monitor_queue *q = &r->queue[i];

		if (q->id != id)
			continue;
		q->weight += t->weight;
		if (q->oldest_ns >= t->waited_ns)
			return;
		q->oldest_ns = t->waited_ns;
		q->oldest = t->tid;
	}
}

static int by_id(const void *a, const void *b)
{
	const struct monitor_queue *x = a, *y = b;

	return (x->id > y->id) - (x->id < y->id);
}

/* Depth comes from the counters, which are exact; what is known of the tasks, a moment later, from these. */
void monitor_queues(struct monitor_rates *r)
{
	for (unsigned i = 0; r->now->counted && i < SCXB_QUEUES; i++) {
		int64_t nr = r->now->sum.queue[i];

		if (nr)
			queue_of(r, i)->nr = nr;
	}
	for (size_t i = 0; i < r->nr_tasks; i++) {
		if (r->now->counted)
			note_waiting(r, &r->task[i].task);
		else
			count_queued(r, &r->task[i].task);
	}
	if (r->nr_queues)
		qsort(r->queue, r->nr_queues, sizeof(*r->queue), by_id);
}
