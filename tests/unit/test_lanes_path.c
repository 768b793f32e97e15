/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The critical path of made-up windows whose path is known, as parts, on the page and in the picture. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "figure_run.h"
#include "figures/lanes_path.h"
#include "text/buf.h"

#define MS 1000000
#define WORK STINT_WORKLOAD
#define NR(array) (sizeof(array) / sizeof(*(array)))

/* make wakes cc1 on the other CPU, which wakes make again; a kworker is in its way there. */
static struct stint chain[] = {
	{ 0, 12 * MS, 0, 1, 0, WORK, -1, "make", true },
	{ 0, 11 * MS, 1, 9, 0, STINT_OTHER, -1, "kworker", false },
	{ 11 * MS, 30 * MS, 1, 2, 1, WORK, -1, "cc1", true },
	{ 12 * MS, 40 * MS, 0, 0, 0, STINT_IDLE, -1, "idle", false },
	{ 30 * MS, 50 * MS, 1, 9, 0, STINT_OTHER, -1, "kworker", false },
	{ 40 * MS, 45 * MS, 0, 1, 0, WORK, -1, "make", true },
	{ 45 * MS, 49 * MS, 0, 8, 0, STINT_OTHER, -1, "sshd", true },
};
static struct wakeup chain_wakeups[] = { { 10 * MS, 0, 1, 2 }, { 29 * MS, 1, 2, 1 } };

/* Two slices of a task, with another between them, and a sleep that a timer ends. */
static struct stint slices[] = {
	{ 2 * MS, 10 * MS, 0, 1, 1, WORK, -1, "hog", false },
	{ 10 * MS, 14 * MS, 0, 2, 1, WORK, -1, "other", false },
	{ 14 * MS, 20 * MS, 0, 1, 1, WORK, -1, "hog", true },
	{ 33 * MS, 40 * MS, 0, 1, 0, WORK, -1, "hog", true },
};
static struct wakeup slices_wakeups[] = { { 1 * MS, 0, 0, 1 }, { 30 * MS, 0, 0, 1 } };

#define WINDOW(stints, wakes)   \
	{ .stint = (stints),    \
	  .nr = NR(stints),     \
	  .after_ns = 400 * MS, \
	  .length_ns = 50 * MS, \
	  .cpus = 2,            \
	  .woken = true,        \
	  .wakeup = (wakes),    \
	  .wakeups = NR(wakes) }

/* "make running 10, cc1 waiting 1": in ms. */
static void path_is(const struct switches *s, const char *wanted)
{
	struct buf b = { 0 };
	struct trace_path p;
	uint64_t at = 0;
	char *words;

	lanes_path(s, &p);
	for (size_t i = 0; i < p.nr; i++) {
		const struct path_part *part = &p.part[i];

		assert_int_equal(part->from_ns, at);
		at = part->to_ns;
		buf_printf(&b, "%s%s %s %u", i ? ", " : "", part->comm, path_state_name[part->state],
			   (unsigned)(part->to_ns - part->from_ns) / MS);
	}
	words = buf_take(&b);
	assert_string_equal(words, wanted);
	free(words);
	trace_path_free(&p);
}

static void a_chain_is_followed_over_its_wakeups(void **state)
{
	const struct switches s = WINDOW(chain, chain_wakeups);

	(void)state;
	path_is(&s, "make running 10, cc1 waiting 1, cc1 running 18, make waiting 11, make running 5");
}

static void slices_and_sleeps_are_of_the_same_task(void **state)
{
	const struct switches s = WINDOW(slices, slices_wakeups);

	(void)state;
	path_is(&s, " unknown 1, hog waiting 1, hog running 8, hog waiting 4, hog running 6, hog asleep 10, "
		    "hog waiting 3, hog running 7");
}

static void who_was_not_woken_waits_since_the_window_began(void **state)
{
	const struct switches s = {
		.stint = &slices[2], .nr = 1, .length_ns = 50 * MS, .cpus = 2, .woken = true
	};

	(void)state;
	path_is(&s, "hog waiting 14, hog running 6");
}

/* Who is still running, only preempted, or not of the workload is no end. */
static void without_a_sleep_there_is_no_path(void **state)
{
	struct switches s = WINDOW(chain, chain_wakeups);

	(void)state;
	s.stint = &chain[3];
	s.nr = 2;
	path_is(&s, "");
	s = (struct switches)WINDOW(chain, chain_wakeups);
	s.woken = false;
	path_is(&s, "");
	s = (struct switches){ 0 };
	path_is(&s, "");
}

/* Stints that no kernel records: at the same time, without a length, in two places. */
static void nonsense_does_no_harm(void **state)
{
	struct stint stints[] = {
		{ 5, 5, 0, 1, 0, WORK, -1, "a", true },
		{ 5, 9, 0, 1, 0, WORK, -1, "a", true },
		{ 0, 9, 1, 1, 0, WORK, -1, "a", false },
		{ 3, 9, 1, 2, 0, WORK, -1, "b", true },
	};
	struct wakeup wakeups[] = { { 5, 0, 1, 1 }, { 5, 1, 2, 1 }, { 4, 0, 7, 0 }, { 0, 1, 1, 2 } };
	const struct switches s = WINDOW(stints, wakeups);
	struct trace_path p;

	(void)state;
	lanes_path(&s, &p);
	assert_in_range(p.end_ns, 1, 9);
	trace_path_free(&p);
}

static void a_link_is_what_one_task_did(void **state)
{
	const struct switches s = WINDOW(slices, slices_wakeups);
	struct path_link *link;
	struct trace_path p;
	size_t nr;

	(void)state;
	lanes_path(&s, &p);
	link = lanes_path_links(&p, &nr);
	assert_int_equal(nr, 3);
	assert_int_equal(link[0].first->tid, 0);
	assert_int_equal(link[1].ns[PATH_RUNNING], 14 * MS);
	assert_int_equal(link[1].ns[PATH_WAITING], 5 * MS);
	assert_string_equal(link[1].by, "");
	assert_string_equal(link[2].by, "an interrupt");
	assert_int_equal(link[2].ns[PATH_ASLEEP], 10 * MS);
	free(link);
	trace_path_free(&p);
}

static void keep(struct store_run *run, const char *policy, const struct switches *s)
{
	struct record r = { .seq = (unsigned)run->nr + 1,
			    .policy = mem_strdup(policy),
			    .workload = mem_strdup("build"),
			    .instrumented = true };
	char *path = switches_path(scratch_path("report"), r.seq);

	assert_int_equal(fs_mkdirs(scratch_path("report")), 0);
	assert_int_equal(switches_write(s, path), 0);
	free(path);
	run->sample = mem_grow(run->sample, run->nr, sizeof(*run->sample));
	run->sample[run->nr++] = r;
}

static char *page_with(const struct switches *fair, const struct switches *fifo)
{
	static const double a[] = { 10 }, b[] = { 5 };
	struct store_run run = small_run(a, b, 1, BETTER_LOWER);
	char *page;

	keep(&run, "fair", fair);
	keep(&run, "fifo", fifo);
	page = page_of(&run);
	store_run_free(&run);
	return page;
}

static void the_page_has_the_path_beside_fairs(void **state)
{
	const struct switches fair = WINDOW(chain, chain_wakeups), fifo = WINDOW(slices, slices_wakeups);
	char *page = page_with(&fair, &fifo), *dat;

	(void)state;
	has(page, "<figure id=\"path-build\">");
	has(page, "of one window of 50 ms, an example and not a figure that is compared");
	has(page, "<th scope=\"row\">fair</th><td>make 1</td><td>45.000</td><td>33.000 (73.3 %)</td>"
		  "<td>12.000 (26.7 %)</td><td>0.000 (0.0 %)</td><td>0.000 (0.0 %)</td></tr>");
	has(page, "<th scope=\"row\">fifo</th><td>hog 1</td><td>40.000</td><td>21.000 (52.5 %)</td>");
	has(page, "The path under fair: the last 3 of 3 tasks on it");
	has(page,
	    "<th scope=\"row\">cc1 2</th><td>make</td><td>0</td><td>1.000</td><td>18.000</td><td>0</td>");
	has(page, "<th scope=\"row\">not known</th>");
	has(page, "under fair 33.000 ms running, 12.000 ms waiting for a CPU, 0.000 ms asleep with no waker, "
		  "0.000 ms unknown; under fifo 21.000 ms running,");
	dat = figure_file("path-build.dat");
	has(dat, "# waiting\nNaN NaN NaN\n33000000 1 12000000\n21000000 2 8000000\n");
	free(dat);
	free(page);
}

static void a_window_without_a_path_says_why(void **state)
{
	const struct switches fair = WINDOW(chain, chain_wakeups);
	struct switches fifo = WINDOW(slices, slices_wakeups);
	char *page;

	(void)state;
	fifo.woken = false;
	page = page_with(&fair, &fifo);
	has(page,
	    "<th scope=\"row\">fifo</th><td>none: recorded before wakeups were a part of it</td><td>–</td>");
	free(page);
	fifo = (struct switches)WINDOW(slices, slices_wakeups);
	fifo.nr = 2;
	page = page_with(&fair, &fifo);
	has(page,
	    "<th scope=\"row\">fifo</th><td>none: no task of the workload went to sleep</td><td>–</td>");
	free(page);
	page = page_with(&fifo, &fifo);
	lacks(page, "path-build");
	has(page, "<figure id=\"lanes-build\">");
	free(page);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_chain_is_followed_over_its_wakeups),
		cmocka_unit_test(slices_and_sleeps_are_of_the_same_task),
		cmocka_unit_test(who_was_not_woken_waits_since_the_window_began),
		cmocka_unit_test(without_a_sleep_there_is_no_path),
		cmocka_unit_test(nonsense_does_no_harm),
		cmocka_unit_test(a_link_is_what_one_task_did),
		cmocka_unit_test_setup_teardown(the_page_has_the_path_beside_fairs, scratch_setup,
						scratch_teardown),
		TEST(a_window_without_a_path_says_why),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("lanes_path", tests, NULL, NULL);
}
