/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A screen of any size: every view has all its lines, and none is too wide or harms the terminal. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "text/buf.h"
#include "top/top.h"
#include "util/mem.h"
#include "util/utf8.h"

#define NR_TASKS 300

static struct topology_cpu cpu[] = { { .cpu = 0 }, { .cpu = 1 }, { .cpu = 2, .l3 = 1, .node = 1 } };
static const struct topology machine = { .cpu = cpu, .nr_cpus = 3, .max_cpu = 3, .nr_l3 = 2, .nr_nodes = 2 };

/* Two looks at many tasks, and what a screen shows of them. */
struct seen {
	struct monitor_shot before, now;
	struct monitor_rates rates;
	struct top_look look;
	struct top_screen screen;
	struct top_data data;
};

static void add_tasks(struct monitor_shot *s, uint64_t run_ns)
{
	s->task = mem_zalloc(NR_TASKS, sizeof(*s->task));
	for (; s->nr_tasks < NR_TASKS; s->nr_tasks++) {
		struct mon_task *t = &s->task[s->nr_tasks];

		*t = (struct mon_task){ .tid = 1000 + (int)s->nr_tasks,
					.start_ns = 1,
					.flags = MON_EXT,
					.weight = 100,
					.cgroup = 1,
					.run_ns = run_ns * s->nr_tasks,
					.cpu = s->nr_tasks % 3 };
		snprintf(t->comm, sizeof(t->comm),
			 s->nr_tasks % 100 == 50 ? "\033[2J\xe2\x96\x88 %zu" : "task %zu", s->nr_tasks);
	}
	s->cgroup = mem_zalloc(1, sizeof(*s->cgroup));
	s->cgroup[s->nr_cgroups++] = (struct monitor_cgroup){
		1, mem_strdup("/a/very/long/path/of/a/cgroup/that/hardly/fits/anywhere"), 5
	};
	s->cpu = mem_zalloc(3, sizeof(*s->cpu));
	s->nr_cpus = 3;
}

static int make(void **state)
{
	struct seen *s = mem_zalloc(1, sizeof(*s));

	s->before = s->now =
		(struct monitor_shot){ .when_ns = 1000000000, .policy = "mine", .counted = true };
	s->now.when_ns *= 2;
	s->now.sum.op[SCXB_OP_enqueue] = 7;
	s->now.sum.queue[1] = 3;
	add_tasks(&s->before, 0);
	add_tasks(&s->now, 1000);
	s->look = (struct top_look){ .view = VIEW_TASKS };
	s->screen = (struct top_screen){ .look = &s->look };
	s->data = (struct top_data){ .rates = &s->rates, .topology = &machine, .look = &s->look };
	monitor_rates(&s->before, &s->now, &s->rates);
	top_arrange(&s->rates, &s->look);
	*state = s;
	return 0;
}

static int end(void **state)
{
	struct seen *s = *state;

	monitor_rates_free(&s->rates);
	monitor_shot_free(&s->before);
	monitor_shot_free(&s->now);
	free(s);
	return 0;
}

/* The screen as one text. */
static char *shown(struct seen *s, int lines, int columns)
{
	const struct top_size size = { lines, columns, columns != 81 };
	struct buf b = { 0 };
	struct top_line *line;

	s->data.size = size;
	line = top_page(&s->screen, &s->data);
	for (int y = 0; y < lines; y++) {
		for (const char *c = line[y].text; *c; c++)
			if ((unsigned char)*c < ' ' || (!size.utf8 && *c & 0x80))
				fail_msg("a byte %d in line %d", *c, y);
		if (utf8_width(line[y].text) > columns)
			fail_msg("too wide for %d: %s", columns, line[y].text);
		buf_printf(&b, "%s\n", line[y].text);
	}
	top_page_free(line, lines);
	return buf_take(&b);
}

static void has(struct seen *s, int lines, int columns, const char *part)
{
	char *text = shown(s, lines, columns);

	if (!strstr(text, part))
		fail_msg("%s lacks: %s", text, part);
	free(text);
}

static void every_view_fits_every_size(void **state)
{
	static const int size[][2] = { { 24, 80 }, { 60, 200 }, { 24, 81 }, { 10, 30 },
				       { 5, 1 },   { 1, 80 },	{ 3, 7 } };
	struct seen *s = *state;

	for (int view = 0; view < NR_VIEWS; view++)
		for (size_t i = 0; i < sizeof(size) / sizeof(*size); i++) {
			s->look.view = view;
			free(shown(s, size[i][0], size[i][1]));
		}
	s->screen.help = true;
	free(shown(s, 24, 80));
	free(shown(s, 4, 20));
}

static void all_views_are_named_on_80_columns(void **state)
{
	struct seen *s = *state;

	for (int view = 0; view < NR_VIEWS; view++)
		has(s, 24, 80, top_views[view]);
	has(s, 24, 80, "q end");
}

/* Without the foot. */
static char *help_in(char *text)
{
	*strstr(text, "? help") = '\0';
	return text;
}

static void the_help_fits_80_columns_and_says_how_to_end(void **state)
{
	struct seen *s = *state;
	char *wide, *narrow;

	s->screen.help = true;
	has(s, 24, 80, "\nq            end\n");
	has(s, 24, 80, "as the kernel measures it while top runs\n"); /* the last line */
	wide = shown(s, 24, 200);
	narrow = shown(s, 24, 80);
	assert_string_equal(help_in(narrow), help_in(wide));
	free(wide);
	free(narrow);
}

static void the_list_scrolls_as_far_as_it_goes(void **state)
{
	struct seen *s = *state;

	has(s, 24, 80, " 1299 task 299");
	s->screen.first = 100000;
	has(s, 24, 80, " 1000 task 0");
	assert_int_equal(s->screen.first,
			 NR_TASKS - 17); /* 24 lines, but the summary, tabs, heads and foot */
}

static void search_for(struct seen *s, const char *text)
{
	strcpy(s->screen.find, text);
	s->screen.hit = 0;
	s->screen.follow = true;
}

static void what_is_searched_for_comes_into_sight(void **state)
{
	struct seen *s = *state;

	search_for(s, "TASK 7");
	has(s, 24, 80, "1079 task 79 "); /* the first of 11 by their run time */
	has(s, 24, 80, "'TASK 7' 1 of 11");
	s->screen.hit--;
	has(s, 24, 80, "1007 task 7 ");
	has(s, 24, 80, "'TASK 7' 11 of 11");
	s->screen.hit++;
	has(s, 24, 80, "1079 task 79 ");
}

static void whoever_scrolls_leaves_what_was_found(void **state)
{
	struct seen *s = *state;

	search_for(s, "task 79 ");
	s->screen.follow = false;
	has(s, 24, 80, "1299 task 299");
}

static void what_is_not_there_is_said_not_to_be(void **state)
{
	struct seen *s = *state;

	search_for(s, "nobody");
	has(s, 24, 80, "'nobody' is not there");
	has(s, 24, 80, "1299 task 299");
	search_for(s, "COMM"); /* the heads are no part of the list */
	has(s, 24, 80, "'COMM' is not there");
}

/* Only the CPUs' ticks are known then. */
static void without_a_policy_nobody_is_known_to_run(void **state)
{
	struct seen *s = *state;

	*s->now.policy = '\0';
	s->now.counted = false;
	s->look.view = VIEW_NODES;
	s->rates.nr_tasks = 0;
	has(s, 24, 80, "\n   0    2     -       -     -    -     -     -       -      -\n");
	s->look.view = VIEW_CPUS;
	has(s, 24, 80, "\nL3 group 0        -     -\n");
}

/* The counters have three tasks in a queue, and none was seen there. */
static void a_weight_that_nobody_has_is_not_known(void **state)
{
	struct seen *s = *state;

	s->look.view = VIEW_QUEUES;
	has(s, 24, 80, "\n    1     3      -      -");
}

static void cgroups_are_a_tree_with_sums(void **state)
{
	struct seen *s = *state;

	s->look.view = VIEW_CGROUPS;
	s->now.counted = false;
	has(s, 24, 80, "    -   0.0     0   300       0       -      - /\n");
	has(s, 24, 80, "    -   0.0     0   300       0       -      -   a\n");
	has(s, 24, 80, "    -   0.0     0   300       0       -      -     very\n");
	has(s, 24, 80, "                       anywhere\n");
}

#define SEEN(f) cmocka_unit_test_setup_teardown(f, make, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		SEEN(every_view_fits_every_size),
		SEEN(all_views_are_named_on_80_columns),
		SEEN(the_help_fits_80_columns_and_says_how_to_end),
		SEEN(the_list_scrolls_as_far_as_it_goes),
		SEEN(what_is_searched_for_comes_into_sight),
		SEEN(whoever_scrolls_leaves_what_was_found),
		SEEN(without_a_policy_nobody_is_known_to_run),
		SEEN(a_weight_that_nobody_has_is_not_known),
		SEEN(cgroups_are_a_tree_with_sums),
		SEEN(what_is_not_there_is_said_not_to_be),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("top_page", tests, NULL, NULL);
}
