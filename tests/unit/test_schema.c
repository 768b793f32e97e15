/* SPDX-License-Identifier: GPL-2.0-or-later */
/* results.json is what its JSON Schema says, of any run; and the schema says neither more nor less. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include "export/exports.h"
#include "json_schema.h"
#include "odd_run.h"
#include "small_run.h"

static json_t *schema;

static json_t *results_of(const struct store_run *run)
{
	struct compare c;
	json_t *root;
	char *text;

	compare_make(run, &c);
	text = export_results(&c);
	root = json_loads(text, 0, NULL);
	assert_non_null(root);
	free(text);
	compare_free(&c);
	return root;
}

static void must_fit(json_t *root, const char *name)
{
	struct schema_fault f = { "" };

	if (!schema_check(root, schema, name, &f))
		fail_msg("%s", f.text);
}

static void must_not_fit(json_t *root, const char *where)
{
	struct schema_fault f = { "" };

	assert_false(schema_check(root, schema, "root", &f));
	if (!strstr(f.text, where))
		fail_msg("the fault is at %s, found was %s", where, f.text);
}

static void results_of_any_run_fit(void **state)
{
	(void)state;
	for (size_t i = 0; i < NR_ODDS; i++) {
		struct store_run run = odd_run(&odds[i]);
		json_t *root = results_of(&run);

		must_fit(root, odds[i].name);
		json_decref(root);
		store_run_free(&run);
	}
}

static json_t *some_results(void)
{
	static const double fair[] = { 10, 10, 10 }, half[] = { 5, 6, 4 };
	struct store_run run = small_run(fair, half, 3, BETTER_LOWER);
	json_t *root = results_of(&run);

	store_run_free(&run);
	return root;
}

static void what_is_not_so_does_not_fit(void **state)
{
	json_t *root = some_results(), *cell = json_array_get(json_object_get(root, "comparison"), 0);

	(void)state;
	must_fit(root, "as it is");
	json_object_set_new(root, "schema", json_integer(2));
	must_not_fit(root, "root.schema");
	json_object_set_new(root, "schema", json_integer(1));
	json_object_set_new(cell, "another", json_true());
	must_not_fit(root, "root.comparison[0]: additionalProperties");
	json_object_del(cell, "another");
	json_object_set_new(cell, "verdict", json_string("faster"));
	must_not_fit(root, "root.comparison[0].verdict: enum");
	json_object_set_new(cell, "verdict", json_null());
	json_object_set_new(cell, "ratio", json_real(-1));
	must_not_fit(root, "root.comparison[0].ratio: minimum");
	json_object_set_new(cell, "ratio", json_string("1.0"));
	must_not_fit(root, "root.comparison[0].ratio: type");
	json_decref(root);
}

/* Nothing that the schema describes may be missing, at any depth that these results have. */
static void no_key_may_be_missing(void **state)
{
	static const char *const lists[] = { "arms", "comparison", "fitness", "life" };
	json_t *root = some_results(), *copy;
	const char *key;
	json_t *value;

	(void)state;
	json_object_foreach (root, key, value) {
		copy = json_deep_copy(root);
		json_object_del(copy, key);
		must_not_fit(copy, "root: required");
		json_decref(copy);
	}
	for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++)
		json_object_foreach (json_array_get(json_object_get(root, lists[i]), 0), key, value) {
			copy = json_deep_copy(root);
			json_object_del(json_array_get(json_object_get(copy, lists[i]), 0), key);
			must_not_fit(copy, "[0]: required");
			json_decref(copy);
		}
	json_decref(root);
}

static void a_keyword_that_nobody_checks_is_no_schema(void **state)
{
	json_t *unknown = json_pack("{s:i}", "maxLength", 3), *value = json_string("ab");
	struct schema_fault f = { "" };

	(void)state;
	assert_false(schema_check(value, unknown, "value", &f));
	json_decref(value);
	json_decref(unknown);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(results_of_any_run_fit),
		cmocka_unit_test(what_is_not_so_does_not_fit),
		cmocka_unit_test(no_key_may_be_missing),
		cmocka_unit_test(a_keyword_that_nobody_checks_is_no_schema),
	};
	int failed;

	schema = json_load_file("harness/export/results.schema.json", 0, NULL);
	if (!schema)
		return 1;
	cmocka_set_message_output(CM_OUTPUT_TAP);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	json_decref(schema);
	return failed;
}
