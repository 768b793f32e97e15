/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is asked of a comparison that was made. */
#include <math.h>
#include <string.h>
#include "judge/compare.h"
#include "record/env_key.h"
#include "record/metric_name.h"
#include "record/role.h"
#include "util/mem.h"

bool cell_has_interval(const struct cell *cell)
{
	return judgement_has_interval(&cell->judgement);
}

const char *compare_unit(const struct compare *c)
{
	return c->boot ? "boot" : "block";
}

unsigned compare_units(const struct compare *c)
{
	return c->boot ? c->run->run.restarts : c->nr_blocks;
}

bool compare_is_demo(const struct compare *c)
{
	return compare_units(c) < STATS_MIN_PAIRS;
}

unsigned compare_retakes(const struct compare *c)
{
	unsigned n = 0;

	for (size_t i = 0; i < c->run->nr; i++)
		n += c->run->sample[i].retake_of > 0;
	return n;
}

unsigned compare_taken(const struct compare *c)
{
	return (unsigned)c->run->nr - compare_retakes(c);
}

bool compare_retakes_warn(const struct compare *c)
{
	unsigned timed = 0;

	for (size_t i = 0; i < c->run->nr; i++)
		timed += c->run->sample[i].block && !c->run->sample[i].retake_of;
	return compare_retakes(c) > RETAKES_MAX * timed;
}

bool compare_is_partial(const struct compare *c)
{
	return compare_taken(c) < c->run->run.planned;
}

bool compare_goes_on(const struct compare *c)
{
	return compare_is_partial(c) && !c->run->run.ended;
}

const char *compare_interval_name(const struct compare *c)
{
	return compare_goes_on(c) ? "interim interval" : "95 % interval";
}

unsigned compare_steered(const struct compare *c, double *changes)
{
	unsigned n = 0;

	*changes = NAN;
	for (size_t i = 0; i < c->run->nr; i++) {
		const struct record *r = &c->run->sample[i];
		const struct metric *m =
			compare_counts(r) ? metrics_find(&r->metrics, METRIC_CONTROL_CHANGES) : NULL;

		if (!m || isnan(m->value))
			continue;
		*changes = m->value + (isnan(*changes) ? 0 : *changes);
		n += m->value > 0;
	}
	return n;
}

const char *compare_baseline_label(const struct compare *c)
{
	return run_baseline(&c->run->run);
}

bool compare_to_fair(const struct compare *c)
{
	return !strcmp(compare_baseline_label(c), FAIR_NAME);
}

const char *compare_baseline_name(const struct compare *c)
{
	const char *name = run_env(&c->run->run, ENV_FAIR);

	return name && c->baseline >= 0 && compare_to_fair(c) ? name : compare_baseline_label(c);
}

char *compare_baseline_words(const struct compare *c)
{
	const char *label = compare_baseline_label(c), *name = compare_baseline_name(c);
	bool named = strcmp(name, label);

	if (!compare_to_fair(c))
		return mem_strdup(label);
	return mem_printf("%s, the kernel's own scheduler%s%s%s", label, named ? " (" : "", named ? name : "",
			  named ? ")" : "");
}

int compare_aa(const struct compare *c)
{
	for (unsigned p = 0; p < c->nr_policies; p++)
		if ((int)p != c->baseline && compare_is_baseline(c, p))
			return (int)p;
	return -1;
}

double compare_detectable(const struct compare *c, unsigned work)
{
	int aa = compare_aa(c);
	const struct effect *e =
		aa < 0 || c->baseline < 0 ? NULL : &compare_cell(c, work, (unsigned)aa)->judgement.effect;

	if (c->work[work].vetoed)
		return NAN;
	return e && !compare_goes_on(c) ? stats_detectable(e, e->n, c->family) : NAN;
}

char *compare_detectable_text(double effect)
{
	return mem_printf("below %.3f or above %.3f", 1 / (1 + effect), 1 + effect);
}
