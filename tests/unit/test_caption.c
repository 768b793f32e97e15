/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What pictures say of their run. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "judge/caption.h"
#include "small_run.h"

static struct store_run run_of(unsigned blocks)
{
	static const double fair[] = { 10, 11, 12, 13, 14, 15, 16 }, other[] = { 5, 5, 6, 6, 7, 7, 8 };

	return small_run(fair, other, blocks, BETTER_LOWER);
}

static void says(struct store_run *run, char *(*of)(const struct compare *c), const char *wanted)
{
	struct compare c;
	char *text;

	compare_make(run, &c);
	text = of(&c);
	assert_string_equal(text, wanted);
	free(text);
	compare_free(&c);
}

static void marks_are_the_reasons_against_a_result(void **state)
{
	static const struct {
		unsigned blocks, planned;
		bool emulated;
		char *ended;
		const char *marks;
	} cases[] = {
		{ 6, 12, false, "all", "" },
		{ 6, 12, false, NULL, "" },
		{ 6, 12, true, "all", "EMULATED" },
		{ 5, 10, false, "all", "DEMONSTRATION" },
		{ 6, 14, false, NULL, "INTERIM" },
		{ 6, 14, false, "all", "INCOMPLETE" },
		{ 3, 14, true, NULL, "EMULATED DEMONSTRATION INTERIM" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct store_run run = run_of(cases[i].blocks);

		run.run.planned = cases[i].planned;
		run.run.emulated = cases[i].emulated;
		run.run.ended = cases[i].ended ? mem_strdup(cases[i].ended) : NULL;
		says(&run, caption_marks, cases[i].marks);
		store_run_free(&run);
	}
}

/* A trace has no run, blocks or samples. */
static void what_is_known_before_a_sample(void **state)
{
	struct run run = { .host = "3f9a1c", .started_ns = 1795366801123456789 };
	char *text = caption_machine(&run);

	(void)state;
	assert_string_equal(text, "host 3f9a1c; 2026-11-22");
	assert_string_equal(caption_mark(&run), "");
	run.emulated = true;
	assert_string_equal(caption_mark(&run), "EMULATED");
	run.plan = "exact";
	assert_string_equal(caption_mark(&run), "INSTRUCTIONS, NOT TIME");
	free(text);
}

static void the_origin_is_what_the_run_has(void **state)
{
	struct store_run run = run_of(7);

	(void)state;
	says(&run, caption_origin, "run r; 7 blocks");
	small_env(&run, "cpu.online", "1");
	says(&run, caption_origin, "1 CPU; run r; 7 blocks");
	small_env(&run, "cpu", "unknown: No such file or directory");
	small_env(&run, "kernel", "7.3.4");
	run.run.host = mem_strdup("3f9a1c");
	run.run.started_ns = 1795366801123456789;
	run.run.planned = 20;
	says(&run, caption_origin,
	     "1 CPU, host 3f9a1c; Linux 7.3.4; 2026-11-22; run r; 7 blocks, 14 of 20 samples");
	store_run_free(&run);
	run = run_of(1);
	small_env(&run, "cpu", "Xeon");
	small_env(&run, "cpu.online", "8");
	says(&run, caption_origin, "Xeon, 8 CPUs; run r; 1 block");
	store_run_free(&run);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(marks_are_the_reasons_against_a_result),
		cmocka_unit_test(what_is_known_before_a_sample),
		cmocka_unit_test(the_origin_is_what_the_run_has),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
