/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A fleet's answer in sentences: the same in every form. */
#include <math.h>
#include <stdlib.h>
#include "judge/fleet.h"
#include "text/buf.h"

/* Machines that are named by themselves; of more only their number is said. */
#define NAMED_MOST 5

static void put_size(struct buf *b, const struct fleet_view *f)
{
	const struct members *m = f->members;

	buf_printf(b, "%zu machines of %u class%s, plan %s: each counts once, by its %s run.", m->nr,
		   m->nr_classes, m->nr_classes == 1 ? "" : "es", m->plan, "latest");
	if (m->nr_out)
		buf_printf(b, " %zu left out.", m->nr_out);
	buf_put(b, "\n");
}

static void put_interim(struct buf *b, const struct fleet_view *f)
{
	const struct members *m = f->members;
	size_t nr = 0;

	for (size_t i = 0; i < m->nr; i++) {
		char *name;

		if (m->member[i].run.ended || nr++ >= NAMED_MOST)
			continue;
		name = member_name(&m->member[i]);
		buf_printf(b, "Machine %s counts by a run that has not ended: %s.\n", name,
			   m->member[i].run.id);
		free(name);
	}
	if (nr > NAMED_MOST)
		buf_printf(b, "%zu more do%s so, too.\n", nr - NAMED_MOST, nr - NAMED_MOST == 1 ? "es" : "");
}

static void put_verdict(struct buf *b, const struct fleet_view *f, unsigned work, unsigned policy)
{
	const struct fleet_cell *cell = fleet_cell(f, work, policy);
	char *effect = fleet_effect(&cell->all), *next = fleet_next(&cell->all.fleet),
	     *word = fleet_word(f, work, &cell->all), *reason = fleet_reason(&cell->all);

	buf_printf(b, "%s under %s: ", f->work[work].name, f->policy[policy]);
	if (cell->all.judgement.verdict == VERDICT_UNUSABLE)
		buf_printf(b, "%s, %s.\n", word, reason);
	else
		buf_printf(b, "%s of fair over %zu machines, another one %s: %s%s%s.\n", effect,
			   cell->all.fleet.effect.n, next, word, *reason ? ", " : "", reason);
	free(reason);
	free(word);
	free(next);
	free(effect);
}

static void put_holds(struct buf *b, const struct fleet_view *f, unsigned work, unsigned policy)
{
	const struct fleet_cell *cell = fleet_cell(f, work, policy);
	char *range = fleet_without_one(cell);

	if (!isnan(cell->least) && !cell->holds)
		buf_printf(
			b,
			"%s under %s hangs on one machine: without some one of them (%s) it would not be shown.\n",
			f->work[work].name, f->policy[policy], range);
	free(range);
}

static void put_classes(struct buf *b, const struct fleet_view *f, unsigned work, unsigned policy)
{
	const struct fleet_cell *cell = fleet_cell(f, work, policy);

	if (!fleet_is_explained(cell))
		return;
	buf_printf(b, "%s under %s differs by class of machine (p %.2g):", f->work[work].name,
		   f->policy[policy], cell->explained_by);
	for (unsigned i = 0; i < f->members->nr_classes; i++) {
		char *effect = fleet_effect(&cell->class[i]);

		buf_printf(b, "%s class %u %s", i ? "," : "", i + 1, effect);
		free(effect);
	}
	buf_put(b, ".\n");
}

static void put_stray(struct buf *b, const struct fleet_view *f, const struct fleet_cell *cell, size_t member)
{
	const struct judgement own = fleet_own(f, &cell->one[member]);
	char *name = member_name(&f->members->member[member]), *differs = fleet_differs(f->members, member),
	     *ends = judgement_ends(&own);

	buf_printf(b, "Machine %s disagrees: %.3f%s%s; %s%s.\n", name, own.effect.ratio, ends ? " " : "",
		   ends ? ends : "", *differs ? "" : "nothing that it recorded is otherwise", differs);
	free(ends);
	free(differs);
	free(name);
}

static void put_strays(struct buf *b, const struct fleet_view *f, unsigned work, unsigned policy)
{
	const struct fleet_cell *cell = fleet_cell(f, work, policy);
	size_t nr = 0;

	for (size_t i = 0; i < f->members->nr; i++) {
		if (!fleet_strays(&cell->one[i]) || nr++ >= NAMED_MOST)
			continue;
		buf_printf(b, "%s under %s: ", f->work[work].name, f->policy[policy]);
		put_stray(b, f, cell, i);
	}
	if (nr > NAMED_MOST)
		buf_printf(b, "%s under %s: %zu more machines disagree.\n", f->work[work].name,
			   f->policy[policy], nr - NAMED_MOST);
}

static void put_each(struct buf *b, const struct fleet_view *f,
		     void (*put)(struct buf *b, const struct fleet_view *f, unsigned work, unsigned policy))
{
	for (unsigned w = 0; w < f->nr_works; w++)
		for (unsigned p = 0; p < f->nr_policies; p++)
			put(b, f, w, p);
}

/* Those of one verdict, so that the weightiest come first. */
static void put_verdicts(struct buf *b, const struct fleet_view *f, enum verdict v)
{
	for (unsigned w = 0; w < f->nr_works; w++)
		for (unsigned p = 0; p < f->nr_policies; p++)
			if (fleet_cell(f, w, p)->all.judgement.verdict == v)
				put_verdict(b, f, w, p);
}

char *fleet_answer(const struct fleet_view *f)
{
	static const enum verdict order[] = { VERDICT_UNUSABLE,	    VERDICT_WORSE,	VERDICT_BETTER,
					      VERDICT_INCONCLUSIVE, VERDICT_EQUIVALENT, VERDICT_NONE };
	struct buf b = { 0 };
	char *out;

	put_size(&b, f);
	for (size_t i = 0; i < sizeof(order) / sizeof(*order); i++)
		put_verdicts(&b, f, order[i]);
	put_each(&b, f, put_classes);
	put_each(&b, f, put_strays);
	put_each(&b, f, put_holds);
	put_interim(&b, f);
	out = fleet_left_out(f->members, "Machine");
	buf_put(&b, out);
	free(out);
	return buf_take(&b);
}
