/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What collectors' programs took, in instrumented samples alone; without a kernel that would run them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include <bpf/libbpf.h>
#include <math.h>

#include "collect/sources.h"
#include "collect/watch.h"

#define OBJECT ".build/lab/harness/collect/migrate.bpf.o"
#define NAME "watch.moves.cpu"

/* A sample in which the programs of an object watch; it was opened and never loaded, so they took nothing. */
static void take(bool instrumented, bool stats, bool attached, struct metrics *m)
{
	struct bpf_object *obj = bpf_object__open(OBJECT);
	struct collect_kept kept = { 0 };
	const struct source_ctx ctx = { .kept = &kept, .instrumented = instrumented, .stats = stats };
	struct source *s;

	assert_non_null(obj);
	watch_programs(&ctx, "moves", attached ? obj : NULL, attached ? obj : NULL);
	s = collect_watch.begin(&ctx);
	assert_int_equal(!!s, instrumented);
	if (s)
		collect_watch.end(s, m);
	assert_int_equal(kept.watched.nr, 0);
	bpf_object__close(obj);
}

static void an_instrumented_sample_has_their_time(void **state)
{
	struct metrics m = { 0 };

	(void)state;
	take(true, true, true, &m);
	assert_float_equal(metrics_value(&m, NAME), 0, 0);
	assert_string_equal(metrics_find(&m, NAME)->unit, "s");
	metrics_free(&m);
}

static void without_statistics_it_is_absent(void **state)
{
	struct metrics m = { 0 };

	(void)state;
	take(true, false, true, &m);
	assert_true(isnan(metrics_value(&m, NAME)));
	assert_string_equal(metrics_find(&m, NAME)->absent,
			    "the kernel's BPF run-time statistics can't be switched on");
	metrics_free(&m);
}

static void others_have_none(void **state)
{
	struct metrics m = { 0 };

	(void)state;
	take(false, false, true, &m);
	take(true, true, false, &m);
	assert_int_equal(m.nr, 0);
	metrics_free(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_instrumented_sample_has_their_time),
		cmocka_unit_test(without_statistics_it_is_absent),
		cmocka_unit_test(others_have_none),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
