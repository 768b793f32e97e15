/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How often policies are thrown out: each with its rate, then two by two, and what so many hours can show at
 * all. */
#include "report/endurance.h"

#include <math.h>
#include <stdlib.h>
#include "text/grid.h"
#include "util/mem.h"

/* "1.2 [0.4, 2.8]" */
static char *interval_text(struct interval x)
{
	if (isnan(x.low))
		return mem_strdup("-");
	if (isinf(x.high) && isnan(x.value))
		return mem_strdup("not known");
	return isinf(x.high) ? mem_printf("above %.3g", x.low)
			     : mem_printf("%.3g [%.3g, %.3g]", x.value, x.low, x.high);
}

static void put_policies(struct buf *b, const struct endurance *e, unsigned width)
{
	static const struct grid_column columns[] = {
		{ "policy", GRID_TEXT, 0 },	 { "hours", GRID_NUMBER, 0 },
		{ "ejections", GRID_NUMBER, 0 }, { "an hour [95 %]", GRID_NUMBER, 0 },
		{ "stalls", GRID_NUMBER, 0 },	 { "an hour [95 %]", GRID_NUMBER, 0 }
	};
	struct grid g;

	grid_begin(&g, columns, sizeof(columns) / sizeof(*columns));
	for (size_t i = 0; i < e->nr; i++) {
		const struct endured *of = &e->policy[i];
		char **cell = grid_row(&g, false, of->policy);

		cell[1] = mem_printf("%.3g", of->hours);
		cell[2] = mem_printf("%u", of->ejections);
		cell[3] = interval_text(stats_rate((struct events){ of->ejections, of->hours }));
		cell[4] = mem_printf("%u", of->stalls);
		cell[5] = interval_text(stats_rate((struct events){ of->stalls, of->hours }));
	}
	grid_text(b, &g, width);
	grid_free(&g);
}

static const char *word_of(const struct endurance_pair *pair)
{
	if (!(pair->p < 0.05))
		return "inconclusive";
	return pair->ratio.low > 1 || isinf(pair->ratio.value) || pair->ratio.value > 1 ? "more often"
											: "less often";
}

static void put_pairs(struct buf *b, const struct endurance_pair *pair, size_t nr, unsigned width)
{
	static const struct grid_column columns[] = { { "thrown out", GRID_TEXT, 0 },
						      { "than", GRID_TEXT, 0 },
						      { "verdict", GRID_TEXT, 0 },
						      { "times as often [95 %]", GRID_NUMBER, 0 },
						      { "p", GRID_NUMBER, 0 } };
	struct grid g;

	grid_begin(&g, columns, sizeof(columns) / sizeof(*columns));
	for (size_t i = 0; i < nr; i++) {
		char **cell = grid_row(&g, false, pair[i].a->policy);

		cell[1] = mem_strdup(pair[i].b->policy);
		cell[2] = mem_strdup(word_of(&pair[i]));
		cell[3] = interval_text(pair[i].ratio);
		cell[4] = isnan(pair[i].p) ? mem_strdup("-") : mem_printf("%.3g", pair[i].p);
	}
	buf_put(b, "\n");
	grid_text(b, &g, width);
	grid_free(&g);
}

/* What a run without an event has not shown. */
static void put_silence(struct buf *b, const struct endurance *e)
{
	for (size_t i = 0; i < e->nr; i++) {
		const struct endured *of = &e->policy[i];

		if (of->ejections || !(of->hours > 0))
			continue;
		buf_printf(
			b,
			"%s was not thrown out in %.3g h: that excludes more than %.3g an hour, and nothing rarer. ",
			of->policy, of->hours, stats_rate_time(of->hours));
		buf_printf(b, "Once a day would be excluded after %.0f h without one.\n",
			   stats_rate_time(1.0 / 24));
	}
}

static void put_power(struct buf *b, const struct endurance_pair *pair, size_t nr)
{
	for (size_t i = 0; i < nr; i++) {
		if (pair[i].p < 0.05)
			continue;
		buf_printf(b, "%s and %s: ", pair[i].a->policy, pair[i].b->policy);
		if (pair[i].least)
			buf_printf(
				b,
				"to show a difference in so many hours takes at least %u ejections of the one and none of the other.\n",
				pair[i].least);
		else
			buf_put(b, "so few hours can show no difference.\n");
	}
}

char *endurance_text(const struct endurance *e, unsigned width)
{
	struct endurance_pair *pair;
	size_t nr = endurance_pairs(e, &pair);
	struct buf b = { 0 };

	put_policies(&b, e, width);
	if (nr)
		put_pairs(&b, pair, nr, width);
	buf_put(&b, "\n");
	put_silence(&b, e);
	put_power(&b, pair, nr);
	if (nr > 1)
		buf_printf(&b, "p is adjusted for %zu comparisons.\n", nr);
	if (e->emulated)
		buf_put(&b, "EMULATED: an hour here holds fewer decisions than one of a real machine.\n");
	free(pair);
	return buf_take(&b);
}
