/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Why samples were lost, night by night: as text and as JSON. */
#include "nights.h"

#include <jansson.h>
#include <stdlib.h>
#include "export/history_files.h"
#include "judge/history.h"
#include "report/terminal.h"

/* Fifo is ejected in the first and the third night. */
static struct history make(struct store *s)
{
	struct history h;

	for (unsigned night = 1; night <= 4; night++)
		night_take(s, "a", night);
	assert_int_equal(history_make(s, &(struct store_filter){ 0 }, &h), 0);
	return h;
}

static void the_last_night_of_a_loss_says_why(void **state)
{
	struct store *s = night_open();
	struct history h = make(s);
	const struct history_loss *fifo = &h.losses.loss[1];
	char *text = history_text(&h, 0);

	(void)state;
	assert_null(history_loss_last(&h.losses.loss[0]));
	assert_ptr_equal(history_loss_last(fifo), &fifo->night[2]);
	assert_string_equal(fifo->night[2].why, NIGHT_STALL);
	assert_int_equal(fifo->night[2].exit_kind, EXIT_ERROR_STALL);
	assert_int_equal(fifo->night[3].worst, STATUS_OK);
	if (!strstr(text, "latest night 0 of 2; the last, 1970-01-04: ejected, " NIGHT_STALL "\n"))
		fail_msg("%s", text);
	free(text);
	history_free(&h);
	store_close(s);
}

static void json_says_it_of_each_night(void **state)
{
	struct store *s = night_open();
	struct history h = make(s);
	char *text = history_json(&h);
	json_t *root = json_loads(text, 0, NULL),
	       *fifo = json_array_get(json_object_get(root, "reliability"), 1),
	       *nights = json_object_get(fifo, "nights"), *lost = json_array_get(nights, 0);

	(void)state;
	assert_true(json_is_null(json_object_get(json_array_get(nights, 1), "why")));
	assert_true(json_is_null(json_object_get(json_array_get(nights, 1), "status")));
	assert_string_equal(json_string_value(json_object_get(lost, "status")), "ejected");
	assert_string_equal(json_string_value(json_object_get(lost, "why")), NIGHT_STALL);
	assert_string_equal(json_string_value(json_object_get(lost, "exit_reason")), "runnable task stall");
	assert_int_equal(json_integer_value(json_object_get(lost, "exit_kind")), EXIT_ERROR_STALL);
	json_decref(root);
	free(text);
	history_free(&h);
	store_close(s);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_setup, scratch_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = { TEST(the_last_night_of_a_loss_says_why),
					    TEST(json_says_it_of_each_night) };

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("history_loss", tests, NULL, NULL);
}
