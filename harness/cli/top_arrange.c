/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which tasks and cgroups are shown, and in what order. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cli/top.h"
#include "util/cgroup_id.h"
#include "util/mem.h"

const char *const top_sorts[NR_SORTS + 1] = { "run", "wait", "moves", "custody", "weight", "tid", "name", NULL };

void top_paths_update(struct top_paths *p, const struct monitor_rates *r)
{
	struct top_paths old = *p;

	*p = (struct top_paths){ mem_zalloc(r->nr_groups + 1, sizeof(*p->entry)), r->nr_groups };
	for (size_t i = 0; i < r->nr_groups; i++) {
		struct top_path *to = &p->entry[i];
		size_t was = 0;

		to->cgroup = r->group[i].cgroup;
		while (was < old.nr && old.entry[was].cgroup != to->cgroup)
			was++;
		if (was < old.nr) {
			to->path = old.entry[was].path;
			old.entry[was].path = NULL;
		} else {
			to->path = cgroup_path_of(to->cgroup);
		}
	}
	top_paths_free(&old);
}

const char *top_path(const struct top_paths *p, uint64_t cgroup)
{
	for (size_t i = 0; i < p->nr; i++)
		if (p->entry[i].cgroup == cgroup)
			return p->entry[i].path ? p->entry[i].path : "";
	return "";
}

void top_paths_free(struct top_paths *p)
{
	for (size_t i = 0; i < p->nr; i++)
		free(p->entry[i].path);
	free(p->entry);
	*p = (struct top_paths){ 0 };
}

static bool task_fits(const struct mon_task *t, const char *filter, const struct top_paths *paths)
{
	char comm[sizeof(t->comm) + 1] = { 0 }, *end;

	memcpy(comm, t->comm, sizeof(t->comm));
	if (strstr(comm, filter) || strstr(top_path(paths, t->cgroup), filter))
		return true;
	return strtol(filter, &end, 10) == t->tid && !*end;
}

static void drop_tasks(struct monitor_rates *r, const char *filter, const struct top_paths *paths)
{
	size_t kept = 0;

	for (size_t i = 0; i < r->nr_tasks; i++)
		if (task_fits(&r->task[i].task, filter, paths))
			r->task[kept++] = r->task[i];
	r->nr_tasks = kept;
}

static void drop_groups(struct monitor_rates *r, const char *filter, const struct top_paths *paths)
{
	size_t kept = 0;

	for (size_t i = 0; i < r->nr_groups; i++)
		if (strstr(top_path(paths, r->group[i].cgroup), filter))
			r->group[kept++] = r->group[i];
	r->nr_groups = kept;
}

struct order {
	const struct top_look *look;
	const struct top_paths *paths;
};

/* Larger first; what is not known comes last. */
static int by_number(double x, double y)
{
	if (isnan(x) || isnan(y))
		return isnan(x) - isnan(y);
	return (x < y) - (x > y);
}

static double task_number(const struct monitor_task *t, enum top_sort sort)
{
	const double value[NR_SORTS] = {
		[SORT_RUN] = t->run, [SORT_WAIT] = t->wait, [SORT_MOVES] = t->moves,
		[SORT_CUSTODY] = t->task.custody == MON_OUT ? NAN : t->task.waited_ns,
		[SORT_WEIGHT] = t->task.weight, [SORT_TID] = -t->task.tid,
	};

	return value[sort];
}

static int compare_tasks(const void *a, const void *b, void *ctx)
{
	const struct monitor_task *x = a, *y = b;
	const struct order *o = ctx;
	enum top_sort sort = o->look->sort;
	int order = sort == SORT_NAME ? strncmp(x->task.comm, y->task.comm, sizeof(x->task.comm)) :
					by_number(task_number(x, sort), task_number(y, sort));

	if (o->look->reverse)
		order = -order;
	return order ? order : (x->task.tid > y->task.tid) - (x->task.tid < y->task.tid);
}

static double group_number(const struct monitor_group *g, enum top_sort sort)
{
	const double value[NR_SORTS] = {
		[SORT_RUN] = g->run,		 [SORT_WAIT] = g->wait,	   [SORT_MOVES] = g->moves,
		[SORT_CUSTODY] = g->oldest_ns, [SORT_WEIGHT] = g->tasks, [SORT_TID] = -(double)g->cgroup,
	};

	return value[sort];
}

static int compare_groups(const void *a, const void *b, void *ctx)
{
	const struct monitor_group *x = a, *y = b;
	const struct order *o = ctx;
	enum top_sort sort = o->look->sort;
	int order = sort == SORT_NAME ? strcmp(top_path(o->paths, x->cgroup), top_path(o->paths, y->cgroup)) :
					by_number(group_number(x, sort), group_number(y, sort));

	if (o->look->reverse)
		order = -order;
	return order ? order : (x->cgroup > y->cgroup) - (x->cgroup < y->cgroup);
}

void top_arrange(struct monitor_rates *r, const struct top_look *look, const struct top_paths *paths)
{
	struct order o = { look, paths };

	if (*look->filter) {
		drop_tasks(r, look->filter, paths);
		drop_groups(r, look->filter, paths);
	}
	qsort_r(r->task, r->nr_tasks, sizeof(*r->task), compare_tasks, &o);
	if (r->nr_groups)
		qsort_r(r->group, r->nr_groups, sizeof(*r->group), compare_groups, &o);
}
