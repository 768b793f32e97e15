/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The critical path through made-up traces whose path is known. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "made_trace.h"
#include "text/buf.h"
#include "trace/trace_path.h"

/* "A running 300, B waiting 100"; the sums and the seams are looked at in passing. */
static char *in_words(const struct trace_path *p)
{
	uint64_t at = p->begin_ns, sum = 0;
	struct buf b = { 0 };

	for (size_t i = 0; i < p->nr; i++) {
		const struct path_part *part = &p->part[i];

		assert_int_equal(part->from_ns, at);
		assert_true(part->to_ns > at);
		at = part->to_ns;
		buf_printf(&b, "%s%s%s%s %u", i ? ", " : "", part->comm, part->tid ? " " : "",
			   path_state_name[part->state], (unsigned)(part->to_ns - part->from_ns));
		if (*part->by)
			buf_printf(&b, " by %s", part->by);
	}
	for (unsigned i = 0; i < NR_PATH; i++)
		sum += p->ns[i];
	assert_int_equal(at, p->end_ns);
	assert_int_equal(sum, p->end_ns - p->begin_ns);
	return buf_take(&b);
}

static void path_is(struct made *m, const char *of, const char *wanted)
{
	struct trace_link *link = trace_links_of(&m->trace);
	struct trace_path p;
	char *words;

	trace_path_of(&m->trace, link, of, &p);
	words = in_words(&p);
	assert_string_equal(words, wanted);
	free(words);
	trace_path_free(&p);
	free(link);
}

/* A runs, the others sleep. */
static struct made begin(void)
{
	struct made m = { 0 };

	made_step(&m, MADE_BEGIN, 1, LIFE_running);
	for (unsigned tid = 2; tid <= 4; tid++)
		made_step(&m, MADE_BEGIN, tid, LIFE_quiescent);
	return m;
}

static void end(struct made *m)
{
	trace_free(&m->trace);
}

/* A wakes B, B wakes C. */
static struct made chain(void)
{
	struct made m = begin();

	made_wake(&m, 1300, 1, 2);
	made_sleep(&m, 1350, 1);
	made_run(&m, 1400, 2);
	made_step(&m, 1500, 2, LIFE_tick);
	made_wake(&m, 1600, 2, 3);
	made_run(&m, 1700, 3);
	made_sleep(&m, 1710, 2);
	made_sleep(&m, 2000, 3);
	return m;
}

static void a_chain_of_three(void **state)
{
	struct made m = chain();

	(void)state;
	path_is(&m, NULL, "A running 300, B waiting 100, B running 200, C waiting 100, C running 300");
	end(&m);
}

static void the_end_can_be_chosen(void **state)
{
	struct made m = chain();

	(void)state;
	path_is(&m, "B", "A running 300, B waiting 100, B running 310");
	path_is(&m, "1", "A running 350");
	path_is(&m, "D", "");
	path_is(&m, "nobody", "");
	end(&m);
}

static void two_that_wake_each_other(void **state)
{
	struct made m = begin();

	(void)state;
	for (unsigned i = 0; i < 4; i++) {
		unsigned by = 1 + i % 2, to = 3 - by, at = 1100 + 100 * i;

		made_wake(&m, at, by, to);
		made_sleep(&m, at + 20, by);
		made_run(&m, at + 60, to);
	}
	made_sleep(&m, 1500, 1);
	path_is(&m, NULL,
		"A running 100, B waiting 60, B running 40, A waiting 60, A running 40, B waiting 60, "
		"B running 40, A waiting 60, A running 40");
	end(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_chain_of_three),
		cmocka_unit_test(the_end_can_be_chosen),
		cmocka_unit_test(two_that_wake_each_other),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("trace_path", tests, NULL, NULL);
}
