/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "trace/trace_path_names.h"

#include <stdlib.h>
#include <string.h>
#include "util/mem.h"

static struct path_name *name_of(struct path_names *n, const struct path_part *part)
{
	size_t i = 0;

	while (i < n->nr && strncmp(n->name[i].comm, part->comm, LIFE_COMM))
		i++;
	if (i == n->nr) {
		n->name = mem_grow(n->name, n->nr, sizeof(*n->name));
		n->name[n->nr] = (struct path_name){ 0 };
		memcpy(n->name[n->nr++].comm, part->comm, LIFE_COMM);
	}
	return &n->name[i];
}

static void add_part(struct path_names *n, const struct path_part *part)
{
	struct path_name *name = name_of(n, part);
	uint64_t ns = part->to_ns - part->from_ns;

	name->ns[part->state] += ns;
	name->all_ns += ns;
	name->parts++;
}

/*
 * From a part to the next, in which the task waits for a CPU, if at all. Out of what is unknown the path
 * comes from nobody.
 */
static void add_over(struct path_names *n, const struct path_part *part, const struct path_part *next)
{
	double wait_ns = next->state == PATH_WAITING ? (double)(next->to_ns - next->from_ns) : 0;

	if (part->state == PATH_ASLEEP)
		trace_wakers_add(&n->over, part->by, next->comm, wait_ns);
	else if (part->tid && part->tid != next->tid)
		trace_wakers_add(&n->over, part->comm, next->comm, wait_ns);
}

/* Equal times are in the order of names, so that the same trace gives the same text. */
static int by_time(const void *a, const void *b)
{
	const struct path_name *x = a, *y = b;

	if (x->all_ns != y->all_ns)
		return x->all_ns < y->all_ns ? 1 : -1;
	return strncmp(x->comm, y->comm, LIFE_COMM);
}

void path_names_of(const struct trace_path *p, struct path_names *n)
{
	*n = (struct path_names){ 0 };
	for (size_t i = 0; i < p->nr; i++) {
		add_part(n, &p->part[i]);
		if (i + 1 < p->nr)
			add_over(n, &p->part[i], &p->part[i + 1]);
	}
	if (n->nr)
		qsort(n->name, n->nr, sizeof(*n->name), by_time);
	trace_wakers_end(&n->over);
}

void path_names_free(struct path_names *n)
{
	free(n->name);
	trace_wakers_free(&n->over);
	*n = (struct path_names){ 0 };
}
