/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Incidents, series that begin and end, values of 0, many series at once: what a history says of drawn
 * nights. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include "export/history_files.h"
#include "drawn_nights.h"
#include "figures/spark.h"
#include "judge/history_event.h"
#include "report/terminal.h"

static void has(const char *text, const char *part)
{
	if (!strstr(text, part))
		fail_msg("\"%s\" is not in:\n%s", part, text);
}

static const struct history_series *find_series(const struct history *h, const char *policy)
{
	for (size_t i = 0; i < h->nr; i++)
		if (!strcmp(h->series[i].policy, policy))
			return &h->series[i];
	fail_msg("no series of %s", policy);
	return NULL;
}

static unsigned each_week(unsigned night)
{
	return night / 7;
}

static unsigned always_one(unsigned night)
{
	(void)night;
	return 1;
}

static double three_bad_nights(const char *policy, unsigned night, unsigned block)
{
	(void)policy;
	(void)block;
	return night >= 60 && night <= 62 ? 1.1 : 1;
}

/* Such an incident was put on a night after that which showed it, with a dozen versions of the policy as
 * cause. */
static void a_short_incident_stays_where_it_was(void **state)
{
	struct cast c = { { "fifo" }, three_bad_nights, each_week, 0.01, 120, 0, NULL };

	(void)state;
	for (c.seed = 1; c.seed <= 5; c.seed++) {
		struct history h = make(&c);
		const struct history_series *s = find_series(&h, "fifo");
		const struct history_point *p = s->point;
		char *text = history_text(&h, 0);

		assert_int_equal(s->nr_points, 1);
		assert_int_equal(p->change.kind, CHANGE_INCIDENT);
		assert_true(p->change.low <= 60 && 60 <= p->change.high);
		assert_in_range(p->change.seen, 61, 63);
		assert_in_range(p->change.at, 59, 61);
		assert_in_range(p->change.until, 61, 63);
		assert_true(fabs(history_level(s) - 1) < 0.005 && fabs(history_rise(p) - 0.1) < 0.01);
		for (size_t i = 0; i < p->nr; i++)
			assert_in_range(p->difference[i].run->started_ns / DAY_NS, 57, 65);
		has(text, "quick time under fifo: +");
		has(text, "; an incident, until 1970-03-0");
		has(text, "; seen 1970-03-0");
		free(text);
		history_free(&h);
	}
}

static double slow_month(const char *policy, unsigned night, unsigned block)
{
	(void)policy;
	(void)block;
	return night < 60 ? 1 : 1 + 0.008 * fmin((night - 60.0) / 60, 1);
}

/* Somewhere in a month something is different always. */
static void a_long_range_has_no_cause(void **state)
{
	struct cast c = { { "fifo" }, slow_month, each_week, 0.01, 200, 1, NULL };
	struct history h = make(&c);
	const struct history_series *s = find_series(&h, "fifo");
	char *text = history_text(&h, 0), *json = history_json(&h);

	(void)state;
	assert_true(s->nr_points > 0 && history_is_wide(&s->point[0]));
	assert_int_equal(s->point[0].nr, 0);
	has(text, ", too many to name a cause\n");
	has(json, "\"wide\":true");
	free(json);
	free(text);
	history_free(&h);
}

static double renamed(const char *policy, unsigned night, unsigned block)
{
	(void)block;
	if (!strcmp(policy, "old"))
		return night < 30 ? 1 : NAN;
	if (!strcmp(policy, "new"))
		return night < 30 ? NAN : 1.05;
	return !strcmp(policy, "gone") && night >= 25 ? NAN : 1;
}

static void what_ended_and_began_may_be_the_same(void **state)
{
	struct cast c = { { "old", "new", "gone", "stays" }, renamed, always_one, 0.01, 40, 1, NULL };
	struct history h = make(&c);
	const struct history_series *old = find_series(&h, "old"), *new = find_series(&h, "new");
	const struct history_series *gone = find_series(&h, "gone"), *stays = find_series(&h, "stays");
	char *text = history_text(&h, 0), *json = history_json(&h);

	(void)state;
	assert_string_equal(old->ended->id, "n0029");
	assert_string_equal(new->begun->id, "n0030");
	assert_true(old->renamed == new && new->renamed == old && !old->begun && !new->ended);
	assert_string_equal(gone->ended->id, "n0024");
	assert_true(!gone->renamed && !stays->ended && !stays->begun);
	has(text, "run n0029: 1 series ended\n  quick time under old: its last night;");
	has(text, "It may be quick time under new, renamed: that began the night after\n");
	has(text, "It may be quick time under old, renamed: that ended the night before\n");
	has(json, "\"ended\":\"n0029\"");
	has(json, "\"begun\":\"n0030\"");
	free(json);
	free(text);
	history_free(&h);
}

/* Two nights without are not the end. */
static void an_end_takes_three_nights(void **state)
{
	struct cast c = { { "gone", "stays" }, renamed, always_one, 0.01, 27, 1, NULL };
	struct history h = make(&c);

	(void)state;
	assert_null(find_series(&h, "gone")->ended);
	history_free(&h);
	c.nights = 28;
	h = make(&c);
	assert_non_null(find_series(&h, "gone")->ended);
	history_free(&h);
}

static double with_zeros(const char *policy, unsigned night, unsigned block)
{
	(void)policy;
	return night < 3 || (night < 5 && block < 4) ? 0 : 1;
}

static void zeros_are_counted(void **state)
{
	struct cast c = { { "fifo" }, with_zeros, always_one, 0.01, 20, 1, NULL };
	struct history h = make(&c);
	const struct history_series *s = find_series(&h, "fifo");
	char *text = history_text(&h, 0), *json = history_json(&h);

	(void)state;
	assert_true(s->of_ratio && s->no_ratio == 3 && s->fewer_pairs == 2);
	assert_int_equal(s->night[0].left_out, BLOCKS);
	assert_int_equal(s->night[3].left_out, 3);
	assert_null(s->begun); /* it has values, though no ratios */
	has(text,
	    "quick time under fifo: 3 nights have no ratio, 2 nights have fewer pairs than blocks: a value of 0 "
	    "or less\n");
	has(json, "\"no_ratio\":3");
	free(json);
	free(text);
	history_free(&h);
}

static double new_kernel(const char *policy, unsigned night, unsigned block)
{
	(void)block;
	return night >= 40 && strcmp(policy, "p0") != 0 ? 1.2 : 1;
}

static void many_series_at_one_night_are_one_event(void **state)
{
	struct cast c = { { "p0", "p1", "p2", "p3", "p4" }, new_kernel, always_one, 0.002, 60, 1, NULL };
	struct history h = make(&c);
	struct history_events e;
	char *text = history_text(&h, 0);

	(void)state;
	history_events(&h, "a", &e);
	assert_int_equal(e.nr, 1);
	assert_int_equal(e.event[0].of_kind[MARK_LEVEL], 4);
	assert_int_equal(e.event[0].nr_causes, 1);
	assert_string_equal(e.event[0].cause[0].difference->key, "kernel");
	has(text, "1970-02-10, run n0040: 4 series changed\n  quick time under p1: +");
	has(text, "\n    kernel: 7.3.0 -> 7.3.1\n");
	history_events_free(&e);
	free(text);
	history_free(&h);
}

static double small_step(const char *policy, unsigned night, unsigned block)
{
	(void)policy;
	(void)block;
	return night >= 40 ? 1.015 : 1;
}

/* The likeliest night of a small step is often one beside it; but one night is in the range of them all. */
static void a_night_of_a_range_joins_the_event(void **state)
{
	struct cast c = {
		{ "p0", "p1", "p2", "p3", "p4", "p5", "p6", "p7" }, small_step, always_one, 0.01, 60, 2, NULL
	};
	struct history h = make(&c);
	struct history_events e;
	size_t most = 0, elsewhere = 0;

	(void)state;
	history_events(&h, "a", &e);
	for (size_t i = 0; i < e.nr; i++)
		most = e.event[i].nr > most ? e.event[i].nr : most;
	for (size_t i = 0; i < e.nr; i++)
		for (size_t k = 0; k < e.event[i].nr; k++) {
			const struct history_mark *m = &e.event[i].mark[k];

			elsewhere += m->series->night[m->point->change.at].run != e.event[i].run;
		}
	assert_true(most >= 6 && elsewhere > 0);
	history_events_free(&e);
	history_free(&h);
}

#define DRAWN_POLICIES 3
#define DRAWN_NIGHTS 70
static double drawn[DRAWN_POLICIES][DRAWN_NIGHTS][BLOCKS + 1];

static double drawn_ratio(const char *policy, unsigned night, unsigned block)
{
	return drawn[policy[1] - '0'][night][block];
}

/* Steps, incidents, nights without it, blocks of 0. */
static void draw_ratios(gsl_rng *rng, unsigned policy)
{
	double level = 1;

	for (unsigned night = 0; night < DRAWN_NIGHTS; night++) {
		double incident = gsl_rng_uniform(rng) < 0.02 ? 1.3 : 1;
		bool absent = gsl_rng_uniform(rng) < 0.05;

		level *= gsl_rng_uniform(rng) < 0.03 ? exp(gsl_ran_gaussian(rng, 0.1)) : 1;
		for (unsigned block = 0; block <= BLOCKS; block++)
			drawn[policy][night][block] = absent			    ? NAN
						      : gsl_rng_uniform(rng) < 0.05 ? 0
										    : level * incident;
	}
}

static void check_picture(const struct history_series *s)
{
	struct buf b = { 0 };
	char *text;

	for (size_t first = 0; first < s->nr; first += 7)
		spark_svg(&b, s, first, s->nr - first / 2);
	text = buf_take(&b);
	assert_null(strstr(text, "nan"));
	free(text);
}

static void check_series(const struct history_series *s)
{
	check_picture(s);
	for (size_t i = 0; i < s->nr_points; i++) {
		const struct change *c = &s->point[i].change;

		assert_true(c->low <= c->at && c->at <= c->high && c->high <= c->seen && c->seen < s->nr);
		assert_true(c->kind == CHANGE_LEVEL ||
			    (c->at <= c->until && c->until < c->over && c->over < s->nr));
		assert_true(isfinite(history_value(s, c->at)) && isfinite(history_value(s, c->seen)));
		assert_true(i == 0 || s->point[i - 1].change.at < c->at);
	}
	assert_int_equal(isfinite(history_level(s)), history_latest(s) != NULL);
}

static void drawn_stores_are_told_whole(void **state)
{
	struct cast c = { { "p0", "p1", "p2" }, drawn_ratio, each_week, 0.01, 0, 0, NULL };
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_taus2);
	size_t points = 0;

	(void)state;
	for (c.seed = 1; c.seed <= 25; c.seed++) {
		struct history h;
		size_t left_out;
		char *text[5];

		c.nights = 1 + (unsigned)gsl_rng_uniform_int(rng, DRAWN_NIGHTS);
		for (unsigned i = 0; i < DRAWN_POLICIES; i++)
			draw_ratios(rng, i);
		h = make(&c);
		for (size_t i = 0; i < h.nr; i++) {
			check_series(&h.series[i]);
			points += h.series[i].nr_points;
		}
		text[0] = history_text(&h, 0);
		text[1] = history_json(&h);
		text[2] = history_csv(&h);
		text[3] = history_otava(&h, &left_out);
		text[4] = history_openmetrics(&h);
		for (size_t i = 0; i < 5; i++) {
			assert_null(strstr(text[i], "nan"));
			free(text[i]);
		}
		history_free(&h);
	}
	assert_true(points > 20);
	gsl_rng_free(rng);
}

static void figures_are_plain_numbers(void **state)
{
	struct history_series s = { .of_ratio = true, .better = BETTER_LOWER };
	struct history_point p = { .change = { .before = 1, .after = 0.9996 } };
	char *text[5] = { history_rise_text(&s, &p) };

	(void)state;
	p.change.after = 1;
	text[1] = history_rise_text(&s, &p);
	text[2] = history_chance(207.3);
	text[3] = history_chance(0.31);
	text[4] = history_chance(0);
	assert_string_equal(text[0], "-0.04 % better");
	assert_string_equal(text[1], "0 %");
	assert_string_equal(text[2], "about 207");
	assert_string_equal(text[3], "about 0.3");
	assert_string_equal(text[4], "none");
	for (size_t i = 0; i < 5; i++)
		free(text[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_short_incident_stays_where_it_was),
		cmocka_unit_test(a_long_range_has_no_cause),
		cmocka_unit_test(what_ended_and_began_may_be_the_same),
		cmocka_unit_test(an_end_takes_three_nights),
		cmocka_unit_test(zeros_are_counted),
		cmocka_unit_test(many_series_at_one_night_are_one_event),
		cmocka_unit_test(a_night_of_a_range_joins_the_event),
		cmocka_unit_test(drawn_stores_are_told_whole),
		cmocka_unit_test(figures_are_plain_numbers),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("history, events", tests, NULL, NULL);
}
