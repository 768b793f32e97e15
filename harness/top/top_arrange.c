/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which tasks and cgroups are shown, and in what order. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "top/top.h"
#include "util/scan.h"

const char *const top_sorts[NR_SORTS + 1] = {
	"run", "wait", "moves", "custody", "weight", "tid", "name", NULL
};

static bool task_fits(const struct monitor_rates *r, const struct mon_task *t, const char *filter)
{
	char comm[sizeof(t->comm) + 1] = { 0 };
	int tid;

	memcpy(comm, t->comm, sizeof(t->comm));
	if (strstr(comm, filter) || strstr(monitor_path(r->now, t->cgroup), filter))
		return true;
	return scan_id(filter, &tid) && tid == (int)t->tid;
}

static void drop_tasks(struct monitor_rates *r, const char *filter)
{
	size_t kept = 0;

	for (size_t i = 0; i < r->nr_tasks; i++)
		if (task_fits(r, &r->task[i].task, filter))
			r->task[kept++] = r->task[i];
	r->nr_tasks = kept;
}

static void drop_groups(struct monitor_rates *r, const char *filter)
{
	size_t kept = 0;

	for (size_t i = 0; i < r->nr_groups; i++)
		if (strstr(monitor_path(r->now, r->group[i].cgroup), filter))
			r->group[kept++] = r->group[i];
	r->nr_groups = kept;
}

struct order {
	const struct top_look *look;
	const struct monitor_shot *shot;
};

/* Larger first; unknown values come last. */
int top_by_number(double x, double y)
{
	if (isnan(x) || isnan(y))
		return isnan(x) - isnan(y);
	return (x < y) - (x > y);
}

static double task_number(const struct monitor_task *t, enum top_sort sort)
{
	const double value[NR_SORTS] = {
		[SORT_RUN] = t->run,
		[SORT_WAIT] = t->wait,
		[SORT_MOVES] = t->moves,
		[SORT_CUSTODY] = t->task.custody == MON_OUT ? NAN : t->task.waited_ns,
		[SORT_WEIGHT] = t->task.weight,
		[SORT_TID] = -t->task.tid,
	};

	return value[sort];
}

static int compare_tasks(const void *a, const void *b, void *ctx)
{
	const struct monitor_task *x = a, *y = b;
	const struct order *o = ctx;
	enum top_sort sort = o->look->sort;
	int order = sort == SORT_NAME ? strncmp(x->task.comm, y->task.comm, sizeof(x->task.comm))
				      : top_by_number(task_number(x, sort), task_number(y, sort));

	if (o->look->reverse)
		order = -order;
	return order ? order : (x->task.tid > y->task.tid) - (x->task.tid < y->task.tid);
}

double top_group_number(const struct monitor_group *g, enum top_sort sort)
{
	const double value[NR_SORTS] = {
		[SORT_RUN] = g->used,	       [SORT_WAIT] = g->wait,	 [SORT_MOVES] = g->moves,
		[SORT_CUSTODY] = g->oldest_ns, [SORT_WEIGHT] = g->tasks, [SORT_TID] = -(double)g->cgroup,
	};

	return value[sort];
}

static int compare_groups(const void *a, const void *b, void *ctx)
{
	const struct monitor_group *x = a, *y = b;
	const struct order *o = ctx;
	enum top_sort sort = o->look->sort;
	int order = sort == SORT_NAME
			    ? strcmp(monitor_path(o->shot, x->cgroup), monitor_path(o->shot, y->cgroup))
			    : top_by_number(top_group_number(x, sort), top_group_number(y, sort));

	if (o->look->reverse)
		order = -order;
	return order ? order : (x->cgroup > y->cgroup) - (x->cgroup < y->cgroup);
}

void top_arrange(struct monitor_rates *r, const struct top_look *look)
{
	struct order o = { look, r->now };

	if (*look->filter) {
		drop_tasks(r, look->filter);
		drop_groups(r, look->filter);
	}
	qsort_r(r->task, r->nr_tasks, sizeof(*r->task), compare_tasks, &o);
	if (r->nr_groups)
		qsort_r(r->group, r->nr_groups, sizeof(*r->group), compare_groups, &o);
}
