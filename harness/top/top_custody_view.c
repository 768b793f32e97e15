/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Who waits: the longest first, and in whose hands the task is. */
#include <math.h>
#include <stdlib.h>

#include "text/grid.h"
#include "top/top.h"
#include "util/mem.h"

/* From the kernel; the same in all versions so far. */
#define DSQ_BUILTIN (1ULL << 63)
#define DSQ_GLOBAL (DSQ_BUILTIN | 1)
#define DSQ_LOCAL (DSQ_BUILTIN | 2)

static bool is_waiting(const struct mon_task *t)
{
	return !(t->flags & MON_ON_CPU) &&
	       (t->ready_ns || t->custody != MON_OUT || t->flags & (MON_IN_DSQ | MON_OWNED));
}

/* Runnable, or else in custody: a task may sleep with its verdict pending. */
static uint64_t waited(const struct mon_task *t)
{
	return t->ready_ns > t->waited_ns ? t->ready_ns : t->waited_ns;
}

static int by_wait(const void *a, const void *b)
{
	const struct mon_task *x = *(const struct mon_task *const *)a,
			      *y = *(const struct mon_task *const *)b;

	if (waited(x) != waited(y))
		return waited(x) < waited(y) ? 1 : -1;
	return (x->tid > y->tid) - (x->tid < y->tid);
}

/* A DSQ of the kernel comes before what the ledger says: there the policy has let go of the task. */
static char *hands_of(const struct mon_task *t)
{
	if (t->flags & MON_IN_DSQ && t->dsq & DSQ_BUILTIN)
		return mem_strdup(t->dsq == DSQ_LOCAL	 ? "local DSQ"
				  : t->dsq == DSQ_GLOBAL ? "global DSQ"
							 : "kernel");
	if (t->flags & MON_IN_DSQ)
		return mem_printf("DSQ %llu", t->dsq);
	if (t->flags & MON_OWNED && t->flags & MON_KNOWN && t->custody != MON_OUT)
		return mem_printf("BPF queue %u", t->queue);
	if (t->flags & MON_OWNED)
		return mem_strdup("BPF");
	return mem_strdup(t->custody == MON_PENDING ? "pending" : "kernel");
}

static double known(uint64_t ns)
{
	return ns ? ns : NAN;
}

void top_custody_table(struct grid *g, const struct top_data *d)
{
	static const struct grid_column heads[] = {
		{ "WAITS", GRID_NUMBER, 7 },	   { "CUSTODY", GRID_NUMBER, 7 },
		{ "IN THE HANDS", GRID_TEXT, 12 }, { "TID", GRID_NUMBER, 5 },
		{ "COMM", GRID_TEXT, 15 },	   { "CPU", GRID_NUMBER, 3 },
		{ "WEIGHT", GRID_NUMBER, 0 },	   { "CGROUP", GRID_TEXT, 0 }
	};
	const struct monitor_rates *r = d->rates;
	const struct mon_task **task = mem_zalloc(r->nr_tasks + 1, sizeof(*task));
	size_t nr = 0;

	for (size_t i = 0; i < r->nr_tasks; i++)
		if (is_waiting(&r->task[i].task))
			task[nr++] = &r->task[i].task;
	qsort(task, nr, sizeof(*task), by_wait);
	grid_begin(g, heads, 8);
	for (size_t i = 0; i < nr; i++) {
		char **cell = grid_row(g, true, NULL);

		cell[0] = top_time(known(task[i]->ready_ns));
		cell[1] = top_time(task[i]->custody == MON_OUT ? NAN : task[i]->waited_ns);
		cell[2] = hands_of(task[i]);
		cell[3] = mem_printf("%d", task[i]->tid);
		cell[4] = top_name(task[i]);
		cell[5] = mem_printf("%u", task[i]->cpu);
		cell[6] = mem_printf("%u", task[i]->weight);
		cell[7] = top_path(d, task[i]->cgroup);
	}
	free(task);
}
