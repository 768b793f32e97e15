/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/role.h"
#include "judge/fitness_line.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "record/env_key.h"
#include "record/loss.h"
#include "record/metric_name.h"
#include "stats/stats.h"
#include "text/buf.h"
#include "judge/drift.h"
#include "util/mem.h"

/*
 * Of the machine's CPU time, in a sample: more than this by others than the workload, or by ourselves, is a
 * warning if it is the median, or in more than a tenth of the samples.
 */
#define OTHERS_MAX 0.05
#define OURSELVES_MAX 0.01
#define ABOVE_MAX 0.1
/* The smallest effect that could be seen: a machine that hides more is too noisy for most questions. */
#define HIDDEN_MAX 0.1

void fitness_add(struct fitness *f, const char *what, enum fit fit, char *found)
{
	f->item = mem_grow(f->item, f->nr, sizeof(*f->item));
	f->item[f->nr++] = (struct fitness_item){ what, fit, found };
}

static void add_machine(struct fitness *f, const struct run *run)
{
	const char *hypervisor = run_env_known(run, ENV_HYPERVISOR);

	if (run_is_exact(run))
		fitness_add(
			f, "machine", FIT_GOOD,
			mem_strdup(
				"the exact lab: it counts instructions, and repeats each seed to the last one"));
	else if (run->emulated)
		fitness_add(f, "machine", FIT_WARNS,
			    mem_strdup("emulated: every instruction runs in software, so ratios only"));
	else if (!hypervisor)
		fitness_add(f, "machine", FIT_UNKNOWN,
			    mem_strdup("the run does not say whether it is virtual"));
	else if (strcmp(hypervisor, "none"))
		fitness_add(f, "machine", FIT_WARNS,
			    mem_printf("virtual (%s): of the others on its host only steal time is seen",
				       hypervisor));
	else
		fitness_add(f, "machine", FIT_GOOD, mem_strdup("bare metal"));
}

struct shares fitness_shares(const struct compare *c, double (*share)(const struct record *r), double limit)
{
	double *x = mem_zalloc(c->run->nr, sizeof(*x));
	struct shares s = { 0 };

	for (size_t i = 0; i < c->run->nr; i++) {
		double value = compare_counts(&c->run->sample[i]) ? share(&c->run->sample[i]) : NAN;

		if (isnan(value))
			continue;
		s.above += value > limit;
		x[s.nr++] = value;
	}
	s.median = stats_median(x, s.nr);
	free(x);
	return s;
}

static double others(const struct record *r)
{
	double all = metrics_value(&r->metrics, METRIC_RUN_TIME);
	double rest = all - metrics_value(&r->metrics, METRIC_CGROUP_CPU) -
		      1e9 * metrics_value(&r->metrics, METRIC_HARNESS_CPU);

	if (!(all > 0) || isnan(rest))
		return NAN;
	return rest > 0 ? rest / all : 0; /* the three are not read at the same moment */
}

static double ourselves(const struct record *r)
{
	double all = metrics_value(&r->metrics, METRIC_RUN_TIME);

	return all > 0 ? 1e9 * metrics_value(&r->metrics, METRIC_HARNESS_CPU) / all : NAN;
}

bool fitness_shares_warn(const struct shares *s, double limit)
{
	return s->median > limit || s->above > ABOVE_MAX * s->nr;
}

void fitness_add_share(struct fitness *f, const char *what, const struct shares *s, double limit)
{
	if (isnan(s->median))
		fitness_add(f, what, FIT_UNKNOWN, mem_strdup("no sample has it"));
	else
		fitness_add(
			f, what, fitness_shares_warn(s, limit) ? FIT_WARNS : FIT_GOOD,
			mem_printf("%.3g %% of the CPU time of a sample, the median; more than %g %% in %u "
				   "of %u samples (a warning above %g %% of them)",
				   100 * s->median, 100 * limit, s->above, s->nr, 100 * ABOVE_MAX));
}

static void put_noise(struct buf *b, const struct compare *c, unsigned work, unsigned aa)
{
	const struct effect *e = &compare_cell(c, work, aa)->judgement.effect;
	double seen = compare_detectable(c, work);

	buf_printf(b, "%s%s %.3f [%.3f, %.3f]", b->len ? "; " : "", c->work[work].name, e->ratio, e->low,
		   e->high);
	if (!isnan(seen)) {
		char *shows = compare_detectable_text(seen);

		buf_printf(b, ", could show %s", shows);
		free(shows);
	}
}

/* The baseline against itself: a ratio of anything but 1 is the machine's. */
static void add_noise(struct fitness *f, const struct compare *c)
{
	const char *what =
		compare_to_fair(c) ? "noise: fair against fair" : "noise: the baseline against itself";
	struct buf b = { 0 };
	int aa = compare_aa(c);
	bool off = false;

	for (unsigned w = 0; aa >= 0 && w < c->nr_works; w++) {
		const struct cell *cell = compare_cell(c, w, (unsigned)aa);

		if (!cell_has_interval(cell))
			continue;
		off |= cell->judgement.effect.low > 1 || cell->judgement.effect.high < 1 ||
		       compare_detectable(c, w) > HIDDEN_MAX;
		put_noise(&b, c, w, (unsigned)aa);
	}
	if (b.len)
		fitness_add(f, what, off ? FIT_WARNS : FIT_GOOD, buf_take(&b));
	else
		fitness_add(f, what, FIT_UNKNOWN,
			    mem_strdup(aa < 0 ? "the run has no A/A arm (--aa)"
					      : "too few blocks for an interval"));
}

static void add_drift(struct fitness *f, const struct compare *c)
{
	struct buf b = { 0 };
	struct drifts d;

	drifts_make(c, &d);
	if (drifts_put(&b, c, &d, -1))
		fitness_add(f, "drift", FIT_WARNS, buf_take(&b));
	else if (drifts_can_show(c))
		fitness_add(f, "drift", FIT_GOOD, mem_strdup("none is shown"));
	else
		fitness_add(f, "drift", FIT_UNKNOWN, mem_strdup("too few blocks"));
	drifts_free(&d);
}

/* The settings of policies were changed while they were compared. */
static void add_steered(struct fitness *f, const struct compare *c)
{
	double changes;
	unsigned n = compare_steered(c, &changes);

	if (n)
		fitness_add(f, "settings while it ran", FIT_WARNS,
			    mem_printf("changed %.0f times, by ctl or hints, during %u samples: the run's "
				       "control.log lists each",
				       changes, n));
	else if (isnan(changes))
		fitness_add(f, "settings while it ran", FIT_UNKNOWN, mem_strdup("no sample has it"));
	else
		fitness_add(f, "settings while it ran", FIT_GOOD, mem_strdup("none was changed"));
}

struct loss {
	const struct record *first;
	unsigned samples;
	bool vary; /* their sentences do */
};

static const char *why_of(const struct record *r)
{
	return r->why ?: "no reason recorded";
}

static size_t count_reasons(const struct store_run *run, struct loss **reason)
{
	size_t nr = 0;

	*reason = NULL;
	for (size_t i = 0; i < run->nr; i++) {
		const struct record *r = &run->sample[i];
		size_t k = 0;

		if (r->status == STATUS_OK)
			continue;
		while (k < nr && !loss_is_same((*reason)[k].first, r))
			k++;
		if (k == nr) {
			*reason = mem_grow(*reason, nr, sizeof(**reason));
			(*reason)[nr++] = (struct loss){ r, 0, false };
		}
		(*reason)[k].samples++;
		(*reason)[k].vary |= strcmp(why_of((*reason)[k].first), why_of(r)) != 0;
	}
	return nr;
}

static void add_not_ok(struct fitness *f, const struct store_run *run)
{
	struct loss *reason;
	size_t nr = count_reasons(run, &reason);
	struct buf b = { 0 };

	for (size_t i = 0; i < nr && i < 3; i++)
		buf_printf(&b, "%s%s%s (%u)", i ? "; " : "", reason[i].vary ? "the first: " : "",
			   why_of(reason[i].first), reason[i].samples);
	if (nr > 3)
		buf_printf(&b, "; and %zu other reasons", nr - 3);
	if (nr)
		fitness_add(f, "samples that are not ok", FIT_WARNS, buf_take(&b));
	else
		fitness_add(f, "samples that are not ok", FIT_GOOD, mem_strdup("none"));
	free(reason);
}

static void add_retakes(struct fitness *f, const struct compare *c)
{
	unsigned n = compare_retakes(c);

	fitness_add(f, "samples taken again", compare_retakes_warn(c) ? FIT_WARNS : FIT_GOOD,
		    n ? mem_printf("%u, because they were void (a warning above %g %% of the timed samples)",
				   n, 100 * RETAKES_MAX)
		      : mem_strdup("none"));
}

void fitness_make(const struct compare *c, struct fitness *f)
{
	struct shares load;

	*f = (struct fitness){ 0 };
	add_machine(f, &c->run->run);
	add_noise(f, c);
	add_drift(f, c);
	fitness_add_spread(f, c);
	load = fitness_shares(c, others, OTHERS_MAX);
	fitness_add_share(f, "other load", &load, OTHERS_MAX);
	load = fitness_shares(c, ourselves, OURSELVES_MAX);
	fitness_add_share(f, "scxbench itself", &load, OURSELVES_MAX);
	fitness_add_host(f, c);
	fitness_add_cpus(f, c);
	add_steered(f, c);
	add_not_ok(f, c->run);
	add_retakes(f, c);
}

void fitness_free(struct fitness *f)
{
	for (size_t i = 0; i < f->nr; i++)
		free(f->item[i].found);
	free(f->item);
}

unsigned fitness_count(const struct fitness *f, enum fit fit)
{
	unsigned n = 0;

	for (size_t i = 0; i < f->nr; i++)
		n += f->item[i].fit == fit;
	return n;
}

const char *fit_name(enum fit fit)
{
	static const char *const names[] = { "fit", "warning", "not known" };

	return names[fit];
}
