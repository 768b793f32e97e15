/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A picture that is taken off the page says what it shows, in which unit, of which run, and why it is not a
 * result. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "figure_run.h"

#define SECONDS "build: time in s, lower is better"

/* The times of fair are around 10 s, those of fifo half as long; fifo switches more often. */
static struct store_run switching_run(unsigned blocks)
{
	double fair[20], other[20];
	struct store_run run;

	for (unsigned i = 0; i < blocks; i++) {
		fair[i] = 10 + i % 7;
		other[i] = fair[i] / 2 + 0.01 * i;
	}
	run = small_run(fair, other, blocks, BETTER_LOWER);
	for (size_t i = 0; i < run.nr; i++) {
		struct metrics *m = &run.sample[i].metrics;
		struct hist *h = metrics_hist(m, "latency", "us");

		run.sample[i].window_s = 2;
		metrics_add(m, "sched.switches", "count", BETTER_NONE, (i % 2 ? 4e6 : 2e6) + 0.1 * (double)i);
		hist_add(h, 900000, 1100000, 1000);
		hist_add(h, 1100000, 2300000, 1000);
	}
	run.run.emulated = true;
	run.run.ended = mem_strdup("all");
	small_env(&run, "cpu", "Xeon \"E5\" `id`");
	small_env(&run, "kernel", "7.3.4");
	return run;
}

static void every_script_has_its_title_unit_and_marks(void **state)
{
	static const struct {
		const char *name, *title, *label;
	} cases[] = {
		{ "forest-build.gp", SECONDS, "label = \"ratio to fair\"" },
		{ "dots-build.gp", SECONDS, "label = \"time, s\"" },
		{ "time-build.gp", SECONDS, "y_tics" },
		{ "latency-build.gp", "build: latency in ms to s, lower is better",
		  "label = \"latency, ms to s\"" },
		{ "why-build.gp", "build: what moved with time in s, lower is better",
		  "\"context switches, /s\"" },
	};
	struct store_run run = switching_run(15);

	(void)state;
	free(page_of(&run));
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		char *gp = figure_file(cases[i].name),
		     *title = mem_printf("title = \"%s\"\n", cases[i].title);

		has(gp, title);
		has(gp, cases[i].label);
		has(gp, "origin = \"Xeon _E5_ _id_; Linux 7.3.4; run r; 15 blocks\"\n");
		has(gp, "marks = \"EMULATED\"\n");
		free(title);
		free(gp);
	}
	store_run_free(&run);
}

static void a_title_has_the_unit_of_the_axis(void **state)
{
	struct store_run run = switching_run(3);
	char *gp;

	(void)state;
	for (size_t i = 0; i < run.nr; i++)
		run.sample[i].metrics.metric[0].value /= 1e4;
	free(page_of(&run));
	gp = figure_file("dots-build.gp");
	has(gp, "title = \"build: time in ms, lower is better\"\n");
	has(gp, "label = \"time, ms\"\n");
	has(gp, "marks = \"EMULATED DEMONSTRATION\"\nmarks_upright = \"EMULATED\\nDEMONSTRATION\"\n"
		"marks_longest = 13\n");
	free(gp);
	gp = figure_file("forest-build.gp");
	has(gp, "title = \"build: time in ms, lower is better\"\n");
	free(gp);
	store_run_free(&run);
}

static void a_unit_keeps_its_characters(void **state)
{
	struct store_run run = switching_run(3);
	char *gp;

	(void)state;
	for (size_t i = 0; i < run.nr; i++) {
		free(run.sample[i].metrics.metric[0].unit);
		run.sample[i].metrics.metric[0].unit = mem_strdup("%/s\"");
	}
	free(run.run.policies[1]);
	run.run.policies[1] = mem_strdup("cmd:/bin/x%g");
	for (size_t i = 1; i < run.nr; i += 2) {
		free(run.sample[i].policy);
		run.sample[i].policy = mem_strdup(run.run.policies[1]);
	}
	free(page_of(&run));
	gp = figure_file("dots-build.gp");
	has(gp, "label = \"time, %/s_\"\n");
	has(gp, "title = \"build: time in %/s_, lower is better\"\n");
	has(gp, "Policy[2] = \"cmd:/bin/x_g\"\n");
	free(gp);
	store_run_free(&run);
}

static void long_texts_are_folded_and_cut(void **state)
{
	struct store_run run = switching_run(3);
	char *gp, *name;

	(void)state;
	free(run.run.workloads[0]);
	run.run.workloads[0] = mem_printf("%0100d", 7);
	for (size_t i = 0; i < run.nr; i++) {
		free(run.sample[i].workload);
		run.sample[i].workload = mem_strdup(run.run.workloads[0]);
	}
	free(page_of(&run));
	name = mem_printf("dots-%s.gp", run.run.workloads[0]);
	gp = figure_file(name);
	free(name);
	has(gp,
	    "title_narrow = \"00000000000000000000000000000000000000000000..\\ntime in s, lower is better\"\n"
	    "title_narrow_lines = 2\n");
	free(gp);
	store_run_free(&run);
}

/* Each with what only that kind of picture says. */
static const struct {
	const char *name, *text;
} pictures[] = {
	{ "forest-build", ">ratio to fair<" },		{ "dots-build", ">time, s<" },
	{ "time-build", ">over its policy's median<" }, { "latency-build", ">latency, ms to s<" },
	{ "why-build", ">context switches, /s<" },
};

static void every_picture_says_what_it_is(void **state)
{
	static const char *const suffixes[] = { "", "-dark", "-narrow", "-narrow-dark" };
	struct store_run run = switching_run(15);

	(void)state;
	free(page_of(&run));
	for (size_t i = 0; i < 4 * sizeof(pictures) / sizeof(*pictures); i++) {
		char *name = mem_printf("%s%s.svg", pictures[i / 4].name, suffixes[i % 4]);
		char *svg = figure_file(name);

		has(svg, ">build: ");
		has(svg, "better<");
		has(svg, "Linux 7.3.4; run r; 15 blocks");
		has(svg, ">EMULATED<");
		has(svg, pictures[i / 4].text);
		free(svg);
		free(name);
	}
	store_run_free(&run);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(every_script_has_its_title_unit_and_marks),
		TEST(a_title_has_the_unit_of_the_axis),
		TEST(a_unit_keeps_its_characters),
		TEST(long_texts_are_folded_and_cut),
		cmocka_unit_test_setup_teardown(every_picture_says_what_it_is, scratch_setup,
						scratch_teardown),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
