/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "figures/lanes.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "judge/instrumented.h"
#include "stats/stats.h"
#include "util/fs.h"
#include "util/mem.h"

static bool is_of(const struct compare *c, const struct record *r, unsigned work, unsigned policy)
{
	return instrumented_counts(&c->run->run, r) && !strcmp(r->workload, c->work[work].name) &&
	       compare_policy(c, r->policy) == (int)policy;
}

static bool read_one(const struct record *r, const char *dir, struct lanes_arm *arm)
{
	char *path = switches_path(dir, r->seq);
	bool found = fs_exists(path);

	if (found && (switches_read(path, &arm->window) || !arm->window.length_ns)) {
		switches_free(&arm->window);
		found = false;
	}
	free(path);
	arm->seq = r->seq;
	return found;
}

void lanes_read(const struct compare *c, unsigned work, const char *dir, struct lanes *l)
{
	*l = (struct lanes){ .arm = mem_zalloc(c->nr_policies + 1, sizeof(*l->arm)) };
	for (unsigned p = 0; p < c->nr_policies; p++) {
		bool found = false;

		for (size_t i = 0; i < c->run->nr && !found; i++)
			found = is_of(c, &c->run->sample[i], work, p) &&
				read_one(&c->run->sample[i], dir, &l->arm[l->nr]);
		if (found)
			l->arm[l->nr++].policy = p;
	}
}

void lanes_free(struct lanes *l)
{
	for (unsigned i = 0; i < l->nr; i++)
		switches_free(&l->arm[i].window);
	free(l->arm);
}

static bool is_task(const struct stint *s)
{
	return s->of == STINT_WORKLOAD || s->of == STINT_OTHER;
}

static double median_stint(const struct switches *s)
{
	double *ns = mem_zalloc(s->nr + 1, sizeof(*ns)), median = NAN;
	size_t nr = 0;

	for (size_t i = 0; i < s->nr; i++)
		if (is_task(&s->stint[i]))
			ns[nr++] = (double)(s->stint[i].to_ns - s->stint[i].from_ns);
	if (nr)
		median = stats_median(ns, nr);
	free(ns);
	return median;
}

struct lanes_sum lanes_sum(const struct switches *s)
{
	struct lanes_sum sum = { .median_ns = median_stint(s) };
	double all = 0;

	for (size_t i = 0; i < s->nr; i++) {
		const struct stint *t = &s->stint[i];
		double ns = (double)(t->to_ns - t->from_ns);

		all += ns;
		sum.part[t->of] += ns;
		sum.idle_waiting += t->of == STINT_IDLE && t->waiting ? ns : 0;
		sum.stints += is_task(t);
		if (t->moved >= 0)
			sum.moved[t->moved]++;
		if (t->waiting > sum.most_waiting)
			sum.most_waiting = t->waiting;
	}
	for (int i = 0; i < NR_STINT; i++)
		sum.part[i] = all > 0 ? sum.part[i] / all : NAN;
	sum.idle_waiting = all > 0 ? sum.idle_waiting / all : NAN;
	return sum;
}

void lanes_moves(struct buf *b, const struct lanes_sum *sum)
{
	bool any = false;

	for (int level = 0; level < MIGRATE_NR; level++) {
		if (!sum->moved[level])
			continue;
		buf_printf(b, "%s%zu %s", any ? ", " : "", sum->moved[level], stint_level_name[level]);
		any = true;
	}
	if (!any)
		buf_put(b, "none");
}
