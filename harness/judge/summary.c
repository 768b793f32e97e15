/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "judge/summary.h"

#include <stdlib.h>
#include <string.h>
#include "judge/caption.h"
#include "judge/cell_words.h"
#include "record/env_key.h"
#include "record/role.h"
#include "text/buf.h"
#include "util/mem.h"

#define NAMES_MOST 5 /* more policies are a number in the title */

static bool is_chosen(const struct summary *s, unsigned policy)
{
	return !s->chosen || s->chosen[policy];
}

bool summary_shows(const struct summary *s, unsigned work, unsigned policy)
{
	if (!s->c->work[work].primary)
		return false;
	if ((int)policy == s->c->baseline)
		return reliability_lost(&compare_cell(s->c, work, policy)->judgement.of) > 0;
	return is_chosen(s, policy);
}

unsigned summary_rows(const struct summary *s)
{
	unsigned n = 0;

	for (unsigned w = 0; w < s->c->nr_works; w++)
		for (unsigned p = 0; p < s->c->nr_policies; p++)
			n += summary_shows(s, w, p);
	return n;
}

/* A policy that is compared; the arms of the baseline are its noise. */
static bool is_compared(const struct summary *s, unsigned policy)
{
	return is_chosen(s, policy) && !compare_is_baseline(s->c, policy);
}

static unsigned nr_compared(const struct summary *s)
{
	unsigned n = 0;

	for (unsigned p = 0; p < s->c->nr_policies; p++)
		n += is_compared(s, p);
	return n;
}

/* Of the kernel's own with other settings nobody would say that. */
static bool all_sched_ext(const struct summary *s)
{
	for (unsigned p = 0; p < s->c->nr_policies; p++)
		if (is_compared(s, p) && run_is_fair(&s->c->run->run, s->c->run->run.policies[p]))
			return false;
	return true;
}

/* "a", "a and b", "a, b and c" */
static void put_names(struct buf *b, const struct summary *s)
{
	unsigned nr = nr_compared(s), n = 0;

	for (unsigned p = 0; p < s->c->nr_policies; p++)
		if (is_compared(s, p)) {
			buf_put(b, !n ? "" : n + 1 == nr ? " and " : ", ");
			buf_put(b, s->c->run->run.policies[p]);
			n++;
		}
}

static void put_who(struct buf *b, const struct summary *s, unsigned nr)
{
	bool many = nr > NAMES_MOST, kind = all_sched_ext(s);

	if (many)
		buf_printf(b, "%u %sschedulers", nr, kind ? "sched_ext " : "");
	else if (kind)
		buf_printf(b, "sched_ext scheduler%s ", nr == 1 ? "" : "s");
	if (!many)
		put_names(b, s);
}

char *summary_title(const struct summary *s)
{
	char *base = compare_baseline_words(s->c);
	unsigned nr = nr_compared(s);
	struct buf b = { 0 };

	if (nr)
		put_who(&b, s, nr);
	else
		buf_put(&b, base);
	buf_printf(&b, " compared with %s", nr ? base : "itself");
	free(base);
	return buf_take(&b);
}

char *summary_effect(const struct summary *s, unsigned work, unsigned policy)
{
	char *none = mem_printf("no pair with %s", compare_baseline_label(s->c));
	char *text = (int)policy == s->c->baseline ? mem_strdup("baseline")
						   : cell_effect(s->c, work, policy, none);

	free(none);
	return text;
}

static unsigned nr_chosen(const struct summary *s)
{
	unsigned n = 0;

	for (unsigned p = 0; p < s->c->nr_policies; p++)
		n += is_chosen(s, p);
	return n;
}

/* Sentences of the cells with that verdict. */
static void put_verdicts(struct buf *b, const struct summary *s, enum verdict v)
{
	for (unsigned w = 0; w < s->c->nr_works; w++)
		for (unsigned p = 0; p < s->c->nr_policies; p++) {
			char *text;

			if (!summary_shows(s, w, p) || !is_compared(s, p) ||
			    compare_cell(s->c, w, p)->judgement.verdict != v)
				continue;
			text = compare_sentence(s->c, w, p);
			buf_printf(b, "%s\n", text);
			free(text);
		}
}

char *summary_answer(const struct summary *s)
{
	static const enum verdict order[] = { VERDICT_UNUSABLE,	    VERDICT_BETTER,	VERDICT_WORSE,
					      VERDICT_INCONCLUSIVE, VERDICT_EQUIVALENT, VERDICT_NONE };
	struct buf b = { 0 };

	if (nr_chosen(s) == s->c->nr_policies)
		return compare_answer(s->c);
	buf_printf(&b, "A part of the run, %u of its %u schedulers; p is adjusted over all of it.\n",
		   nr_chosen(s), s->c->nr_policies);
	for (size_t i = 0; i < sizeof(order) / sizeof(*order); i++)
		put_verdicts(&b, s, order[i]);
	return buf_take(&b);
}

/* What a line of the picture is, or what stands behind a ratio. */
static char *spread_words(const struct compare *c, bool drawn)
{
	const char *what = drawn ? "the line" : "behind it";

	if (compare_is_demo(c))
		return mem_printf("%s the range of the %ss, too few for an interval",
				  drawn ? "the line is" : "shown is", compare_unit(c));
	return mem_printf("%s is the %s; %s", what, compare_interval_name(c),
			  compare_goes_on(c) ? "verdicts come with the last block"
					     : "a verdict also needs a small p, adjusted over all");
}

char *summary_how(const struct summary *s, bool drawn)
{
	const char *base = compare_baseline_label(s->c);
	char *spread = spread_words(s->c, drawn);
	char *text =
		mem_printf("A ratio below 1 is less than %s. Each sample is compared with that of %s in the "
			   "same block; %s. %s within %.3g %%.",
			   base, base, spread,
			   drawn ? "The grey band at 1: equivalent," : "Equivalent:", 100 * s->c->margin);

	free(spread);
	return text;
}

char *summary_origin(const struct summary *s)
{
	const char *version = run_env_known(&s->c->run->run, ENV_VERSION);
	char *origin = caption_origin(s->c);
	char *text = mem_printf("%s; scxbench%s%s", origin, version ? " " : "", version ? version : "");

	free(origin);
	return text;
}
