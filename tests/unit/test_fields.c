/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The tables of fields: sound in themselves, and results/README.md documents every row as it stands. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "record/fields.h"
#include "text/buf.h"
#include "util/fs.h"

static const struct fields *const tables[] = { &run_fields, &record_fields };
#define NR_TABLES (sizeof(tables) / sizeof(*tables))

static bool same_text(const char *a, const char *b)
{
	return a == b || (a && b && !strcmp(a, b));
}

static bool clash(const struct field *a, const struct field *b)
{
	return (same_text(a->name, b->name) && same_text(a->object, b->object)) ||
	       (a->column && same_text(a->column, b->column)) || (a->at == b->at && a->type == b->type);
}

static void no_two_fields_have_one_name_column_or_place(void **state)
{
	(void)state;
	for (size_t t = 0; t < NR_TABLES; t++)
		for (size_t i = 0; i < tables[t]->nr; i++)
			for (size_t k = 0; k < i; k++)
				if (clash(&tables[t]->field[i], &tables[t]->field[k]))
					fail_msg("two fields are one: %s, %s", tables[t]->field[i].name,
						 tables[t]->field[k].name);
}

static void what_has_a_column_has_a_type_for_it(void **state)
{
	(void)state;
	for (size_t t = 0; t < NR_TABLES; t++) {
		for (const struct field *f = tables[t]->field; f < tables[t]->field + tables[t]->nr; f++) {
			assert_true(f->at < tables[t]->size);
			assert_true((int)f->since <= tables[t]->schema);
			assert_true(!f->column || f->type->column != FIELD_NO_COLUMN);
			assert_non_null(f->doc);
		}
	}
}

/* "1", "`false`", "`null`" */
static void put_older(struct buf *b, const struct field *f)
{
	if (f->type == &type_bool)
		buf_put(b, f->older != 0 ? "`true`" : "`false`");
	else if (f->type->column == FIELD_TEXT || f->type->column == FIELD_NO_COLUMN || f->older != f->older)
		buf_put(b, "`null`");
	else
		buf_printf(b, "%g", f->older);
}

static void put_row(struct buf *b, const struct field *f)
{
	buf_printf(b, "| `%s%s%s` | %s%s%s | %s", f->object ? f->object : "", f->object ? "." : "", f->name,
		   f->type->name, f->unit ? ", " : "", f->unit ? f->unit : "", f->doc);
	if (f->since) {
		buf_printf(b, "; since schema %u, ", f->since);
		put_older(b, f);
		buf_put(b, " before");
	}
	buf_put(b, " |\n");
}

static char *wanted(const struct fields *t, const char *heading)
{
	struct buf b = { 0 };

	buf_printf(&b, "## %s\n\n| key | type | is |\n|---|---|---|\n| `schema` | count | %d |\n", heading,
		   t->schema);
	for (const struct field *f = t->field; f < t->field + t->nr; f++)
		put_row(&b, f);
	buf_put(&b, "\n");
	return buf_take(&b);
}

static void documented(const struct fields *t, const char *heading)
{
	char *text = wanted(t, heading), *readme;

	assert_int_equal(fs_read("results/README.md", &readme, NULL), 0);
	if (!strstr(readme, text))
		fail_msg("results/README.md lacks this, to the letter:\n%s", text);
	free(readme);
	free(text);
}

static void the_readme_documents_every_field_of_a_run(void **state)
{
	(void)state;
	documented(&run_fields, "runs/&lt;id&gt;/run.json");
}

static void the_readme_documents_every_field_of_a_sample(void **state)
{
	(void)state;
	documented(&record_fields, "runs/&lt;id&gt;/sample-NNNN.json");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_two_fields_have_one_name_column_or_place),
		cmocka_unit_test(what_has_a_column_has_a_type_for_it),
		cmocka_unit_test(the_readme_documents_every_field_of_a_run),
		cmocka_unit_test(the_readme_documents_every_field_of_a_sample),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("fields", tests, NULL, NULL);
}
