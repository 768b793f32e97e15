/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A store of 60 nights on one machine and a few on another, and what the history makes of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <gsl/gsl_randist.h>
#include <jansson.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>
#include "export/history_files.h"
#include "judge/compare.h"
#include "judge/history.h"
#include "report/history_page.h"
#include "report/terminal.h"
#include "scratch.h"
#include "store/db.h"
#include "store/write.h"
#include "util/fs.h"

#define NIGHTS 60
#define STEP 40	      /* from this night on vtime's object is another, and it is 10 % slower */
#define VOID_NIGHT 20 /* vtime has no value */
#define BLOCKS 2
#define DAY_NS 86400000000000
#define SLOWER 26 /* from this night on the machine is slower by half, which is to accuse no policy */

static double value(unsigned policy, unsigned night, unsigned block)
{
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_taus2);
	double noise;

	gsl_rng_set(rng, 1000 * night + 10 * block + policy);
	noise = 1 + 0.002 * gsl_ran_ugaussian(rng);
	gsl_rng_free(rng);
	return (10 + block) * noise * (night >= SLOWER ? 1.5 : 1) * (policy == 1 && night >= STEP ? 1.1 : 1);
}

static void take_sample(struct store *s, int64_t run, unsigned night, struct record *r)
{
	bool vtime = !strcmp(r->policy, "vtime");

	if (vtime && night == VOID_NIGHT)
		r->status = STATUS_VOID;
	metrics_add(&r->metrics, "time", "s", BETTER_LOWER, value(vtime, night, r->block));
	if (vtime)
		metrics_add(&r->metrics, "custody.lost_race", "count", BETTER_NONE, night % 3);
	assert_int_equal(write_sample(s, run, r), 0);
	metrics_free(&r->metrics);
}

static void take_night(struct store *s, char *host, unsigned night)
{
	char *policies[] = { "fair", "vtime", NULL }, *hash[] = { NULL, night < STEP ? "old" : "new", NULL };
	char *works[] = { "say \"x\",\\", NULL }, *primary[] = { "time", NULL }, id[32];
	struct pair env[] = { { "kernel", "7.3.4" },
			      { "hash.vtime.bpf.o", night < STEP ? "1" : "2" },
			      { "cpu.governor", night < STEP ? "performance" : "powersave" } };
	struct run run = { .id = id,
			   .plan = "nightly",
			   .command = "",
			   .where = "native",
			   .host = host,
			   .restarts = 1,
			   .blocks = BLOCKS,
			   .planned = 4,
			   .started_ns = night * DAY_NS,
			   .policies = policies,
			   .policy_hash = hash,
			   .workloads = works,
			   .primary = primary,
			   .env = env,
			   .nr_env = 3 };
	int64_t row;

	snprintf(id, sizeof(id), "%s-%02u", host, night);
	assert_int_equal(write_run(s, &run), 0);
	assert_int_equal(db_find_run(s, id, &row), 0);
	for (unsigned i = 0; i < 2 * BLOCKS; i++)
		take_sample(s, row, night,
			    &(struct record){ .seq = i + 1,
					      .block = i / 2 + 1,
					      .boot = 1,
					      .policy = policies[i % 2],
					      .workload = works[0] });
}

/* A run of two boots: three blocks of the first, where both are the same, and one of the second. */
static void take_boots(struct store *s)
{
	char *policies[] = { "fair", "vtime", NULL }, *works[] = { "quick", NULL },
	     *primary[] = { "time", NULL };
	struct run run = { .id = "boots",
			   .plan = "decide",
			   .command = "",
			   .where = "lab",
			   .host = "a",
			   .restarts = 2,
			   .blocks = 4,
			   .planned = 8,
			   .policies = policies,
			   .workloads = works,
			   .primary = primary };
	int64_t row;

	assert_int_equal(write_run(s, &run), 0);
	assert_int_equal(db_find_run(s, "boots", &row), 0);
	for (unsigned i = 0; i < 8; i++) {
		struct record r = { .seq = i + 1,
				    .block = i / 2 + 1,
				    .boot = i < 6 ? 1 : 2,
				    .policy = policies[i % 2],
				    .workload = "quick" };

		metrics_add(&r.metrics, "time", "s", BETTER_LOWER, i == 7 ? 4 : 1);
		assert_int_equal(write_sample(s, row, &r), 0);
		metrics_free(&r.metrics);
	}
}

static struct store *store;

static int fill(void **state)
{
	scratch_setup(state);
	assert_int_equal(store_open(scratch_path("scxbench.db"), STORE_CREATE, &store), 0);
	assert_int_equal(db_begin(store), 0);
	for (unsigned night = 1; night <= NIGHTS; night++)
		take_night(store, "a", night);
	take_night(store, "b", 3);
	return db_end(store, 0);
}

static int drop(void **state)
{
	store_close(store);
	return scratch_teardown(state);
}

static struct history make(struct store_filter filter)
{
	struct history h;

	assert_int_equal(history_make(store, &filter, &h), 0);
	return h;
}

static void a_series_a_machine_policy_and_metric(void **state)
{
	struct history all = make((struct store_filter){ 0 }),
		       primary = make((struct store_filter){ .primary_only = true });
	struct history vtime =
		make((struct store_filter){ .policy = "vtime", .host = "a", .metric = "time" });

	(void)state;
	assert_int_equal(all.nr, 6);
	assert_int_equal(primary.nr, 4);
	assert_int_equal(vtime.nr, 1);
	assert_int_equal(vtime.series[0].nr, NIGHTS);
	assert_true(vtime.series[0].of_ratio && vtime.series[0].primary);
	assert_int_equal(all.nr_runs, NIGHTS + 1);
	for (size_t i = 0; i < all.nr; i++)
		if (!strcmp(all.series[i].metric, "custody.lost_race"))
			assert_false(all.series[i].of_ratio);
	history_free(&all);
	history_free(&primary);
	history_free(&vtime);
}

static void values_are_ratios_to_the_nights_own_fair(void **state)
{
	struct history h = make((struct store_filter){ .policy = "vtime", .host = "a", .metric = "time" });
	const struct history_night *n = &h.series[0].night[4];
	double one = value(1, 5, 1) / value(0, 5, 1), two = value(1, 5, 2) / value(0, 5, 2);

	(void)state;
	assert_int_equal(n->pairs, BLOCKS);
	assert_true(fabs(n->ratio - sqrt(one * two)) < 1e-12);
	assert_true(fabs(n->median - (value(1, 5, 1) + value(1, 5, 2)) / 2) < 1e-12);
	assert_string_equal(n->policy_hash, "old");
	n = &h.series[0].night[VOID_NIGHT - 1];
	assert_true(isnan(n->ratio) && isnan(n->median) && n->values == 0 && n->pairs == 0);
	history_free(&h);
}

static void a_change_is_found_and_told_what_came_with_it(void **state)
{
	struct history h = make((struct store_filter){ .policy = "vtime", .host = "a", .metric = "time" });
	const struct history_series *s = &h.series[0];
	const struct history_point *p = s->point;

	(void)state;
	assert_int_equal(s->nr_points, 1);
	assert_string_equal(s->night[p->change.at].run->id, "a-40");
	assert_true(p->change.low == p->change.at && p->change.high == p->change.at);
	assert_in_range(p->change.seen, STEP - 1, STEP + 1);
	assert_true(fabs(history_rise(p) - 0.1) < 0.005 && fabs(history_level(s) - 1.1) < 0.005);
	assert_string_equal(history_side(s, p), "worse");
	/* The policy's own hash, and an object that is not a policy. */
	assert_int_equal(p->nr, 2);
	assert_string_equal(p->difference[0].key, "policy");
	assert_string_equal(p->difference[0].was, "old");
	assert_string_equal(p->difference[0].is, "new");
	assert_string_equal(p->difference[1].key, "cpu.governor");
	assert_string_equal(p->difference[1].is, "powersave");
	history_free(&h);
}

/* A series a machine, workload and policy, whatever the metrics; one bad night is not a change. */
static void lost_samples_are_a_series(void **state)
{
	struct history h = make((struct store_filter){ 0 });
	const struct history_loss *vtime = &h.losses.loss[1];

	(void)state;
	assert_int_equal(h.losses.nr, 4);
	assert_string_equal(vtime->policy, "vtime");
	assert_string_equal(vtime->host, "a");
	assert_int_equal(vtime->nr, NIGHTS);
	assert_string_equal(vtime->night[VOID_NIGHT - 1].run, "a-20");
	assert_true(vtime->count[VOID_NIGHT - 1].k == BLOCKS && vtime->count[VOID_NIGHT - 1].n == BLOCKS);
	assert_true(vtime->count[0].k == 0 && vtime->nr_changes == 0);
	assert_true(history_loss_any(vtime) && !history_loss_any(&h.losses.loss[0]));
	assert_true(history_loss_latest(vtime) == 0 && history_loss_level(vtime) == 1.0 / NIGHTS);
	history_free(&h);
}

static void has(const char *text, const char *part)
{
	if (!strstr(text, part))
		fail_msg("\"%s\" is not in:\n%s", part, text);
}

static void the_text_tells_it(void **state)
{
	struct history h = make((struct store_filter){ .primary_only = true });
	char *text = history_text(&h, 0);

	(void)state;
	has(text, "machine a: 2 series, 2 changes ");
	has(text, "machine b: 2 series, 0 changes ");
	has(text, "under fair: +49.9 % worse, ");
	has(text, "under vtime: +10.0 % worse, ");
	has(text, "Samples that are not data points, or missing:\n");
	has(text, "under vtime: 1.67 %; latest night 0 of 2; the last, 1970-01-21: void, no reason");
	has(text, "1.000 -> 1.100 of fair");
	has(text, "1970-02-10, run a-40: 1 series changed\n");
	has(text, "policy vtime: old -> new\n");
	has(text, "cpu.governor: performance -> powersave\n");
	free(text);
	history_free(&h);
}

static void json_has_null_where_nothing_is(void **state)
{
	struct history h = make((struct store_filter){ .policy = "vtime", .host = "a", .metric = "time" });
	char *text = history_json(&h);
	json_t *root = json_loads(text, 0, NULL),
	       *series = json_array_get(json_object_get(root, "series"), 0);
	json_t *nights = json_object_get(series, "nights"),
	       *point = json_array_get(json_object_get(series, "points"), 0);

	(void)state;
	assert_int_equal(json_array_size(nights), NIGHTS);
	assert_true(json_is_null(json_object_get(json_array_get(nights, VOID_NIGHT - 1), "ratio")));
	assert_string_equal(json_string_value(json_object_get(point, "run")), "a-40");
	assert_string_equal(json_string_value(json_object_get(point, "side")), "worse");
	assert_int_equal(json_array_size(json_object_get(point, "differences")), 2);
	json_decref(root);
	free(text);
	history_free(&h);
}

static size_t count(const char *text, const char *part)
{
	size_t n = 0;

	for (; (text = strstr(text, part)); text++)
		n++;
	return n;
}

static void csv_is_quoted_and_empty_where_nothing_is(void **state)
{
	struct history h = make((struct store_filter){ .policy = "vtime", .host = "a", .metric = "time" });
	char *text = history_csv(&h);

	(void)state;
	assert_int_equal(count(text, "\n"), NIGHTS + 1);
	has(text, "1970-01-21T00:00:00Z,a-20,a,no,\"say \"\"x\"\",\\\",time,vtime,s,lower,old,,,0,0,0,0\n");
	assert_int_equal(count(text, ",1\n"), 1);
	free(text);
	history_free(&h);
}

/* Its importer turns every cell into a number, so there may be no empty one. */
static void otava_gets_whole_rows_alone(void **state)
{
	struct history h = make((struct store_filter){ .host = "a", .metric = "time" });
	size_t left_out;
	char *text = history_otava(&h, &left_out);

	(void)state;
	assert_int_equal(left_out, 1);
	assert_int_equal(count(text, "\n"), NIGHTS);
	has(text,
	    "time,run,\"say \"\"x\"\",\\.time.fair\",\"say \"\"x\"\",\\.time.vtime\"\n1970-01-02T00:00:00Z,a-01,");
	assert_null(strstr(text, "a-20"));
	assert_null(strstr(text, ",\n"));
	free(text);
	history_free(&h);
}

static void openmetrics_is_escaped_and_ended(void **state)
{
	struct history h = make((struct store_filter){ .host = "a", .metric = "time" });
	char *text = history_openmetrics(&h);

	(void)state;
	has(text,
	    "# TYPE scxbench_level gauge\nscxbench_level{machine=\"a\",emulated=\"no\",workload=\"say \\\"x\\\",\\\\\",metric=\"time\","
	    "policy=\"fair\",unit=\"s\",better=\"lower\"} 1");
	assert_int_equal(count(text, "\nscxbench_ratio{"), 0); /* two blocks are too few */
	assert_int_equal(count(text, "\nscxbench_median{"), 2);
	has(text, "policy=\"vtime\",unit=\"s\",better=\"lower\"} 3456000\n"); /* the 40th day of the era */
	assert_null(strstr(text, "nan"));
	assert_string_equal(text + strlen(text) - 6, "# EOF\n");
	has(text, "\nscxbench_lost{machine=\"a\",emulated=\"no\",workload=\"say ");
	has(text,
	    "\nscxbench_lost_level{machine=\"a\",emulated=\"no\",workload=\"say \\\"x\\\",\\\\\",policy=\"vtime\"} 0.016666666666666666\n");
	free(text);
	history_free(&h);
}

static void the_page_has_its_pictures_inside(void **state)
{
	struct history h = make((struct store_filter){ .primary_only = true });
	char *page;

	(void)state;
	assert_int_equal(history_page(".", &h, scratch_path("report")), 0);
	assert_int_equal(fs_read(scratch_path("report/history.html"), &page, NULL), 0);
	has(page,
	    "2 changes (by chance alone: none) and 0 incidents (by chance alone: about 0.1) in 4 series of 61 "
	    "runs.");
	has(page, "policy vtime: old → new<br>cpu.governor: performance → powersave");
	has(page, "say &quot;x&quot;,\\");
	assert_int_equal(count(page, "<svg class=\"spark\""),
			 4); /* of a change its nights, of its series all */
	assert_false(fs_exists(scratch_path("report/fig")));
	free(page);
	history_free(&h);
}

static void a_run_over_boots_has_the_ratio_of_its_comparison(void **state)
{
	struct store_filter vtime = { .policy = "vtime" };
	struct store_run run;
	struct compare c;
	struct history h;
	struct store *s;

	(void)state;
	assert_int_equal(store_open(scratch_path("boots.db"), STORE_CREATE, &s), 0);
	take_boots(s);
	assert_int_equal(history_make(s, &vtime, &h), 0);
	assert_int_equal(store_load(s, "boots", &run), 0);
	compare_make(&run, &c);
	assert_int_equal(h.nr, 1);
	assert_int_equal(h.series[0].night[0].pairs, 4);
	assert_float_equal(h.series[0].night[0].ratio, 2, 1e-12); /* of 1 and 4; of the blocks it were 1 */
	assert_float_equal(h.series[0].night[0].ratio, compare_cell(&c, 0, 1)->judgement.effect.ratio, 1e-12);
	compare_free(&c);
	store_run_free(&run);
	history_free(&h);
	store_close(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_series_a_machine_policy_and_metric),
		cmocka_unit_test(lost_samples_are_a_series),
		cmocka_unit_test(values_are_ratios_to_the_nights_own_fair),
		cmocka_unit_test(a_change_is_found_and_told_what_came_with_it),
		cmocka_unit_test(the_text_tells_it),
		cmocka_unit_test(json_has_null_where_nothing_is),
		cmocka_unit_test(csv_is_quoted_and_empty_where_nothing_is),
		cmocka_unit_test(otava_gets_whole_rows_alone),
		cmocka_unit_test(openmetrics_is_escaped_and_ended),
		cmocka_unit_test(the_page_has_its_pictures_inside),
		cmocka_unit_test(a_run_over_boots_has_the_ratio_of_its_comparison),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("history", tests, fill, drop);
}
