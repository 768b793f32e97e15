/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Who wakes whom. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "trace/trace_wakers.h"

static void the_most_frequent_wakers_come_first(void **state)
{
	struct trace t = { .record = calloc(3, sizeof(*t.record)), .nr = 3 };
	struct trace_wakers w;
	struct buf b = { 0 };

	(void)state;
	for (int i = 0; i < 3; i++) {
		t.record[i].head.kind = LIFE_WAKE;
		t.record[i].wake.waker = 1;
		strcpy(t.record[i].wake.from, i ? "often" : "a");
		strcpy(t.record[i].wake.to, i ? "woken" : "b");
	}
	trace_wakers_of(&t, &w);
	assert_int_equal(w.pair[0].count, 2);
	trace_wakers_dot(&b, &w, 1, "Wakers");
	assert_non_null(strstr(b.text, "\"often\" -> \"woken\" [label=\"2\""));
	assert_null(strstr(b.text, "\"a\""));
	assert_non_null(strstr(b.text, "2 of 3 wakeups"));
	free(b.text);
	trace_wakers_free(&w);
	free(t.record);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_most_frequent_wakers_come_first),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("trace_wakers", tests, NULL, NULL);
}
