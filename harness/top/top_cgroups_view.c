/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The cgroups as a tree: each with all that is below it. */
#include <math.h>
#include <search.h>
#include <stdlib.h>
#include <string.h>

#include "text/grid.h"
#include "top/top.h"
#include "util/mem.h"

struct branch {
	struct monitor_group sum; /* of it and of what is below; cgroup 0, used NAN: it has no task itself */
	char *path;		  /* "": it no longer exists */
	struct branch *parent, *first, *last; /* first, last: of those directly below, in order */
	struct branch *next;		      /* below the same one */
};

struct tree {
	struct branch **branch;
	size_t nr;
	void *by_path; /* the same, but those that no longer exist, for tsearch() */
	const struct top_data *d;
	struct grid *grid;
};

static struct branch *add_branch(struct tree *t, char *owned, struct branch *parent)
{
	struct branch *b = mem_zalloc(1, sizeof(*b));

	b->sum = (struct monitor_group){
		.used = NAN, .run = NAN, .wait = NAN, .moves = NAN, .oldest_ns = NAN
	};
	b->path = owned;
	b->parent = parent;
	t->branch = mem_grow(t->branch, t->nr, sizeof(struct branch *));
	return t->branch[t->nr++] = b;
}

/* Length of the path above; 0: it is the root. */
static int above(const char *path, int len)
{
	if (len <= 1)
		return 0;
	while (len > 1 && path[len - 1] != '/')
		len--;
	return len > 1 ? len - 1 : 1;
}

static int by_path(const void *a, const void *b)
{
	const struct branch *x = a, *y = b;

	return strcmp(x->path, y->path);
}

/* With those above it, which need not have a task. */
static struct branch *branch_of(struct tree *t, const char *path, int len)
{
	struct branch key = { .path = mem_printf("%.*s", len, path) }, **found, *new, *parent = NULL;

	found = tfind(&key, &t->by_path, by_path);
	if (found) {
		free(key.path);
		return *found;
	}
	if (above(path, len))
		parent = branch_of(t, path, above(path, len));
	new = add_branch(t, key.path, parent);
	tsearch(new, &t->by_path, by_path);
	return new;
}

static void add_group(struct tree *t, const struct monitor_group *g)
{
	const char *path = monitor_path(t->d->rates->now, g->cgroup);
	struct branch *b =
		*path ? branch_of(t, path, (int)strlen(path)) : add_branch(t, mem_strdup(""), NULL);

	b->sum.cgroup = g->cgroup;
	b->sum.used = g->used;
	for (; b; b = b->parent) {
		b->sum.tasks += g->tasks;
		b->sum.running += g->running;
		b->sum.inside += g->inside;
		monitor_add_known(&b->sum.run, g->run);
		monitor_add_known(&b->sum.wait, g->wait);
		monitor_add_known(&b->sum.moves, g->moves);
		b->sum.oldest_ns = fmax(b->sum.oldest_ns, g->oldest_ns);
	}
}

static int compare_branches(const void *a, const void *b, void *ctx)
{
	const struct branch *x = *(const struct branch *const *)a, *y = *(const struct branch *const *)b;
	const struct top_look *look = ctx;
	int order = look->sort == SORT_NAME ? 0
					    : top_by_number(top_group_number(&x->sum, look->sort),
							    top_group_number(&y->sum, look->sort));

	order = order ? order : strcmp(x->path, y->path);
	return look->reverse ? -order : order;
}

static void put_branch(struct tree *t, const struct branch *b, int depth)
{
	const struct monitor_group *s = &b->sum;
	const char *slash = strrchr(b->path, '/');
	char **cell = grid_row(t->grid, true, NULL);

	cell[0] = top_share(s->used);
	cell[1] = top_share(s->wait);
	cell[2] = top_number(s->moves);
	cell[3] = mem_printf("%u", s->tasks);
	cell[4] = mem_printf("%u", s->running);
	cell[5] = t->d->rates->now->counted ? mem_printf("%u", s->inside) : mem_strdup("-");
	cell[6] = top_time(s->oldest_ns);
	cell[7] = slash ? mem_printf("%*s%s", 2 * depth, "", slash[1] ? slash + 1 : "/")
			: top_path(t->d, s->cgroup);
}

static void put_below(struct tree *t, const struct branch *parent, int depth)
{
	for (const struct branch *b = parent->first; b; b = b->next) {
		put_branch(t, b, depth);
		put_below(t, b, depth + 1);
	}
}

/* Each into the list of the one above it, or of this one, in order. */
static void sort_tree(struct tree *t, struct branch *top)
{
	if (t->nr)
		qsort_r(t->branch, t->nr, sizeof(struct branch *), compare_branches, (void *)t->d->look);
	for (size_t i = 0; i < t->nr; i++) {
		struct branch *b = t->branch[i], *parent = b->parent ?: top;

		*(parent->last ? &parent->last->next : &parent->first) = b;
		parent->last = b;
	}
}

static void keep_key(void *key)
{
	(void)key;
}

static void free_tree(struct tree *t)
{
	tdestroy(t->by_path, keep_key);
	for (size_t i = 0; i < t->nr; i++) {
		free(t->branch[i]->path);
		free(t->branch[i]);
	}
	free(t->branch);
}

void top_cgroups_table(struct grid *g, const struct top_data *d)
{
	static const struct grid_column heads[] = {
		{ "USED%", GRID_NUMBER, 6 },  { "WAIT%", GRID_NUMBER, 7 },   { "MOVES", GRID_NUMBER, 6 },
		{ "TASKS", GRID_NUMBER, 5 },  { "RUNNING", GRID_NUMBER, 0 }, { "CUSTODY", GRID_NUMBER, 0 },
		{ "OLDEST", GRID_NUMBER, 7 }, { "CGROUP", GRID_TEXT, 0 }
	};
	struct tree t = { .d = d, .grid = g };
	struct branch top = { 0 };

	grid_begin(g, heads, 8);
	for (size_t i = 0; i < d->rates->nr_groups; i++)
		add_group(&t, &d->rates->group[i]);
	sort_tree(&t, &top);
	put_below(&t, &top, 0);
	free_tree(&t);
}
