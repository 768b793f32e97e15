/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "judge/endurance.h"

#include <stdlib.h>
#include <string.h>
#include "record/ejection.h"
#include "record/role.h"
#include "stats/effect.h"
#include "util/cause.h"
#include "util/log.h"
#include "util/mem.h"

static struct endured *find_endured(const struct endurance *e, const char *policy)
{
	for (size_t i = 0; i < e->nr; i++)
		if (!strcmp(e->policy[i].policy, policy))
			return &e->policy[i];
	return NULL;
}

static bool same_text(const char *a, const char *b)
{
	return a == b || (a && b && !strcmp(a, b));
}

static int add_policy(struct endurance *e, const struct run *run, size_t p)
{
	const char *policy = run->policies[p], *hash = run->policy_hash ? run->policy_hash[p] : NULL;
	const struct endured *had = find_endured(e, policy);

	if (had && !same_text(had->hash, hash))
		return log_err(
			-CAUSE_USAGE,
			"%s of run %s is another build than in the runs before it: name runs of one build",
			policy, run->id);
	if (!had) {
		e->policy = mem_grow(e->policy, e->nr, sizeof(*e->policy));
		e->policy[e->nr++] = (struct endured){ .policy = policy, .hash = hash };
	}
	return 0;
}

/* One that was thrown out before the workload began has no window. */
static double seconds_in(const struct record *r)
{
	return r->window_s > 0 ? r->window_s : r->status == STATUS_EJECTED ? r->ejection.after_s : 0;
}

static void add_sample(const struct endurance *e, const struct record *r)
{
	struct endured *of = find_endured(e, r->policy);

	if (!of)
		return;
	of->hours += seconds_in(r) / 3600;
	of->ejections += r->status == STATUS_EJECTED;
	of->stalls += r->status == STATUS_EJECTED && r->ejection.kind == EXIT_ERROR_STALL;
}

static bool is_fair(const struct run *run, const char *policy)
{
	return run_is_fair(run, policy) || arm_of(policy, run->baseline) == ARM_TWIN;
}

int endurance_make(const struct store_run *run, size_t nr, struct endurance *e)
{
	int err = 0;

	*e = (struct endurance){ 0 };
	for (size_t i = 0; i < nr && !err; i++) {
		e->emulated = e->emulated || run[i].run.emulated;
		for (size_t p = 0; run[i].run.policies[p] && !err; p++)
			if (!is_fair(&run[i].run, run[i].run.policies[p]))
				err = add_policy(e, &run[i].run, p);
	}
	for (size_t i = 0; i < nr && !err; i++)
		for (size_t s = 0; s < run[i].nr; s++)
			add_sample(e, &run[i].sample[s]);
	return err;
}

void endurance_free(struct endurance *e)
{
	free(e->policy);
}

static struct endurance_pair compare_two(const struct endured *a, const struct endured *b)
{
	const struct events x = { a->ejections, a->hours }, y = { b->ejections, b->hours };

	return (struct endurance_pair){ a, b, stats_rates_ratio(x, y), stats_rates_p(x, y),
					stats_rates_least(a->hours, b->hours) };
}

size_t endurance_pairs(const struct endurance *e, struct endurance_pair **pair)
{
	size_t most = e->nr * (e->nr ? e->nr - 1 : 0) / 2, nr = 0;
	double *p = mem_zalloc(most + 1, sizeof(*p)), *adjusted = mem_zalloc(most + 1, sizeof(*adjusted));

	*pair = mem_zalloc(most + 1, sizeof(**pair));
	for (size_t a = 0; a < e->nr; a++)
		for (size_t b = a + 1; b < e->nr; b++) {
			(*pair)[nr] = compare_two(&e->policy[a], &e->policy[b]);
			p[nr] = (*pair)[nr].p;
			nr++;
		}
	stats_adjust(p, nr, adjusted);
	for (size_t i = 0; i < nr; i++)
		(*pair)[i].p = adjusted[i];
	free(p);
	free(adjusted);
	return nr;
}
