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
#include "judge/history_event.h"
#include "report/terminal.h"
#include "scratch.h"
#include "store/db.h"
#include "store/write.h"
#include "util/mem.h"

#define BLOCKS 6
#define DAY_NS 86400000000000
#define MOST_POLICIES 16

/* What the nights are like; a night is a number from 0 on. */
struct cast {
	const char *policy[MOST_POLICIES]; /* beside fair */
	double (*ratio)(const char *policy, unsigned night,
			unsigned block); /* NAN: not in that night's run */
	unsigned (*version)(unsigned night);
	double noise;
	unsigned nights, seed;
};

static void take_sample(struct store *s, int64_t run, struct record *r, double value)
{
	r->boot = 1;
	r->workload = "quick";
	metrics_add(&r->metrics, "time", "s", BETTER_LOWER, value);
	assert_int_equal(write_sample(s, run, r), 0);
	metrics_free(&r->metrics);
}

/* The policies of that night, fair first, and their hashes. */
static unsigned set_policies(const struct cast *c, unsigned night, char **policy, char **hash)
{
	unsigned nr = 1;

	policy[0] = "fair";
	for (unsigned i = 0; i < MOST_POLICIES && c->policy[i]; i++)
		if (!isnan(c->ratio(c->policy[i], night, 1))) {
			policy[nr] = (char *)c->policy[i];
			hash[nr++] = mem_printf("%s-%u", c->policy[i], c->version(night));
		}
	return nr;
}

static void take_samples(struct store *s, gsl_rng *rng, const struct cast *c, unsigned night, char **policy)
{
	int64_t row;
	char id[32];
	unsigned seq = 0;

	snprintf(id, sizeof(id), "n%04u", night);
	assert_int_equal(db_find_run(s, id, &row), 0);
	for (unsigned block = 1; block <= BLOCKS; block++)
		for (unsigned i = 0; policy[i]; i++) {
			double ratio = i ? c->ratio(policy[i], night, block) : 1;

			take_sample(s, row,
				    &(struct record){ .seq = ++seq, .block = block, .policy = policy[i] },
				    10 * ratio * exp(gsl_ran_gaussian(rng, c->noise)));
		}
}

static void take_night(struct store *s, gsl_rng *rng, const struct cast *c, unsigned night)
{
	char *policy[MOST_POLICIES + 2] = { 0 }, *hash[MOST_POLICIES + 2] = { 0 }, id[32];
	char *works[] = { "quick", NULL }, *primary[] = { "time", NULL }, kernel[32];
	unsigned nr = set_policies(c, night, policy, hash);
	struct pair env[] = { { "kernel", kernel } };
	struct run run = { .id = id,
			   .plan = "nightly",
			   .command = "",
			   .where = "native",
			   .host = "a",
			   .restarts = 1,
			   .blocks = BLOCKS,
			   .planned = BLOCKS * nr,
			   .started_ns = night * DAY_NS,
			   .policies = policy,
			   .policy_hash = hash,
			   .workloads = works,
			   .primary = primary,
			   .env = env,
			   .nr_env = 1 };

	snprintf(id, sizeof(id), "n%04u", night);
	snprintf(kernel, sizeof(kernel), "7.3.%u", night / 40);
	assert_int_equal(write_run(s, &run), 0);
	take_samples(s, rng, c, night, policy);
	for (unsigned i = 1; i < nr; i++)
		free(hash[i]);
}

static struct history make(const struct cast *c)
{
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_taus2);
	struct store *s;
	struct history h;

	gsl_rng_set(rng, c->seed);
	scratch_setup(NULL);
	assert_int_equal(store_open(scratch_path("scxbench.db"), true, &s), 0);
	assert_int_equal(db_begin(s), 0);
	for (unsigned night = 0; night < c->nights; night++)
		take_night(s, rng, c, night);
	assert_int_equal(db_end(s, 0), 0);
	assert_int_equal(history_make(s, &(struct store_filter){ .primary_only = true }, &h), 0);
	store_close(s);
	scratch_teardown(NULL);
	gsl_rng_free(rng);
	return h;
}

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
	struct cast c = { { "fifo" }, three_bad_nights, each_week, 0.01, 120, 0 };

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
	struct cast c = { { "fifo" }, slow_month, each_week, 0.01, 200, 1 };
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
	struct cast c = { { "old", "new", "gone", "stays" }, renamed, always_one, 0.01, 40, 1 };
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
	struct cast c = { { "gone", "stays" }, renamed, always_one, 0.01, 27, 1 };
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
	struct cast c = { { "fifo" }, with_zeros, always_one, 0.01, 20, 1 };
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
	struct cast c = { { "p0", "p1", "p2", "p3", "p4" }, new_kernel, always_one, 0.002, 60, 1 };
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
		cmocka_unit_test(figures_are_plain_numbers),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("history, events", tests, NULL, NULL);
}
