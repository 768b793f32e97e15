/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "monitor/monitor_order.h"

#include <stdlib.h>
#include "util/mem.h"

static int by_number(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

size_t monitor_dsqs(const struct monitor_shot *shot, uint64_t **dsq)
{
	uint64_t *id = mem_zalloc(shot->nr_tasks + 1, sizeof(*id));
	size_t nr = 0, kept = 0;

	for (size_t i = 0; i < shot->nr_tasks; i++)
		if (shot->task[i].flags & MON_IN_DSQ && !(shot->task[i].dsq >> 63))
			id[nr++] = shot->task[i].dsq;
	qsort(id, nr, sizeof(*id), by_number);
	for (size_t i = 0; i < nr; i++)
		if (!kept || id[kept - 1] != id[i])
			id[kept++] = id[i];
	*dsq = id;
	return kept;
}

static struct queued *monitor_order_add(struct queued_list *l, const struct mon_task *t)
{
	l->entry = mem_grow(l->entry, l->nr, sizeof(*l->entry));
	l->entry[l->nr] = (struct queued){ .task = *t };
	return &l->entry[l->nr++];
}

/* Keys are times, which wrap around. */
static int by_key(const void *a, const void *b)
{
	const struct queued *x = a, *y = b;
	int64_t later = x->task.key - y->task.key;

	if (x->queue != y->queue)
		return x->queue < y->queue ? -1 : 1;
	if (later)
		return later < 0 ? -1 : 1;
	return (x->task.waited_ns < y->task.waited_ns) - (x->task.waited_ns > y->task.waited_ns);
}

void monitor_owned(const struct monitor_shot *shot, struct queued_list *l)
{
	size_t first = l->nr;
	unsigned position = 0;

	for (size_t i = 0; i < shot->nr_tasks; i++) {
		const struct mon_task *t = &shot->task[i];

		if (!(t->flags & MON_OWNED))
			continue;
		monitor_order_add(l, t)->own = true;
		l->entry[l->nr - 1].queue = t->queue;
	}
	if (l->nr > first)
		qsort(&l->entry[first], l->nr - first, sizeof(*l->entry), by_key);
	for (size_t i = first; i < l->nr; i++) {
		position = i > first && l->entry[i].queue == l->entry[i - 1].queue ? position + 1 : 1;
		if (l->entry[i].task.flags & (MON_KEYED | MON_KNOWN))
			l->entry[i].position = position;
	}
}

static int add_dsq(struct monitor *m, uint64_t dsq, struct queued_list *l)
{
	struct mon_task *task;
	uint64_t lost;
	int nr = monitor_queue(m, dsq, &task, &lost);

	for (int i = 0; i < nr; i++) {
		struct queued *q = monitor_order_add(l, &task[i]);

		q->queue = dsq;
		q->position = i + 1;
	}
	l->lost += lost;
	free(task);
	return nr < 0 ? nr : 0;
}

int monitor_order(struct monitor *m, const struct monitor_shot *shot, struct queued_list *l)
{
	uint64_t *dsq;
	size_t nr = monitor_dsqs(shot, &dsq);
	int err = 0;

	*l = (struct queued_list){ 0 };
	for (size_t i = 0; !err && i < nr; i++)
		err = add_dsq(m, dsq[i], l);
	free(dsq);
	if (!err)
		monitor_owned(shot, l);
	return err;
}

void monitor_order_free(struct queued_list *l)
{
	free(l->entry);
	*l = (struct queued_list){ 0 };
}
