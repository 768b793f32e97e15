/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The parts of a fleet's answer in words. */
#include <math.h>
#include <stdlib.h>
#include "judge/fleet.h"
#include "text/buf.h"
#include "util/mem.h"

#define DIFFERENCES_MOST 6 /* of a machine are named; the weightiest come first */

static char *nothing(void)
{
	return mem_strdup("–");
}

char *fleet_effect(const struct fleet_part *part)
{
	char *value, *ends, *text;

	if (!part->fleet.effect.n)
		return nothing();
	value = judgement_value(&part->judgement, "");
	ends = judgement_ends(&part->judgement);
	text = mem_printf("%s%s%s", value, ends ? " " : "", ends ? ends : "");
	free(value);
	free(ends);
	return text;
}

char *fleet_next(const struct fleet *fleet)
{
	return isnan(fleet->next_low) ? nothing()
				      : mem_printf("%.3f … %.3f", fleet->next_low, fleet->next_high);
}

char *fleet_between(const struct fleet *fleet)
{
	return isnan(fleet->between) ? nothing() : mem_printf("%.2g %%", 100 * expm1(fleet->between));
}

char *fleet_without_one(const struct fleet_cell *cell)
{
	return isnan(cell->least) ? nothing() : mem_printf("%.3f … %.3f", cell->least, cell->most);
}

static bool is_too_few(const struct fleet_part *part)
{
	return part->fleet.effect.n < FLEET_LEAST && part->judgement.verdict != VERDICT_UNUSABLE;
}

char *fleet_word(const struct fleet_view *f, unsigned work, const struct fleet_part *part)
{
	if (!part->nr)
		return mem_strdup("not run");
	if (is_too_few(part))
		return mem_printf("too few: %zu of %zu", part->fleet.effect.n, part->nr);
	return judgement_verdict(&part->judgement, f->work[work].unit);
}

char *fleet_reason(const struct fleet_part *part)
{
	const struct judgement *j = &part->judgement;

	if (!part->nr)
		return mem_strdup("");
	if (is_too_few(part))
		return mem_printf("%zu of %zu machines have a value; an interval needs %d",
				  part->fleet.effect.n, part->nr, FLEET_LEAST);
	if (j->verdict == VERDICT_UNUSABLE)
		return mem_printf("%s on %u machine%s of %zu%s%s",
				  j->of.taken[STATUS_EJECTED] ? "ejected" : "failed",
				  j->of.taken[STATUS_EJECTED] + j->of.taken[STATUS_FAILED],
				  j->of.taken[STATUS_EJECTED] + j->of.taken[STATUS_FAILED] == 1 ? "" : "s",
				  part->nr, j->of.why ? ", the first: " : "", j->of.why ? j->of.why : "");
	if (j->reason == REASON_SAMPLES)
		return mem_printf("%u of %u samples are data points", j->of.valid, j->of.planned);
	if (j->reason == REASON_TAIL)
		return mem_strdup("the interval reaches beyond twice the margin");
	if (j->reason == REASON_BLOCKS)
		return mem_strdup("more machines may show it");
	return judgement_reason(j);
}

char *fleet_differs(const struct members *m, size_t member)
{
	struct member_difference *d;
	size_t nr = member_differences(m, member, &d);
	struct buf b = { 0 };

	buf_put(&b, "");
	for (size_t i = 0; i < nr && i < DIFFERENCES_MOST; i++)
		buf_printf(&b, "%s%s is %s (most: %s)", i ? ", " : "", d[i].key, d[i].is,
			   d[i].most ? d[i].most : "none");
	if (nr > DIFFERENCES_MOST)
		buf_printf(&b, ", and %zu more", nr - DIFFERENCES_MOST);
	free(d);
	return buf_take(&b);
}

char *fleet_class_name(int class)
{
	return class < 0 ? mem_strdup("all machines") : mem_printf("class %d", class + 1);
}

char *fleet_left_out(const struct members *m, const char *whose)
{
	struct buf b = { 0 };

	buf_put(&b, "");
	for (size_t i = 0; i < m->nr_out; i++) {
		char *name = member_name(&m->out[i]);

		buf_printf(&b, "%s %s is left out: %s.\n", whose, name, m->out[i].why);
		free(name);
	}
	return buf_take(&b);
}
