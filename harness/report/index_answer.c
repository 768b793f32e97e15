/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/index_answer.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include "record/record.h"
#include "util/mem.h"

/* Of verdict_name(), by weight, and how they are said. */
static const struct {
	const char *name, *word;
} verdicts[] = { { "unusable", "not usable" },	 { "better", "better" },
		 { "worse", "worse" },		 { "different", "different" },
		 { "equivalent", "equivalent" }, { "inconclusive", "inconclusive" },
		 { "none", "without a verdict" } };

static void put_count(struct buf *b, size_t n, const char *word)
{
	if (n)
		buf_printf(b, "%s%zu %s", b->len ? ", " : "", n, word);
}

static char *count_verdicts(const json_t *comparison)
{
	struct buf b = { 0 };

	for (size_t k = 0; k < sizeof(verdicts) / sizeof(*verdicts); k++) {
		size_t n = 0, i;
		const json_t *cell;

		json_array_foreach (comparison, i, cell) {
			const char *name = json_string_value(json_object_get(cell, "verdict"));

			n += name && !strcmp(name, verdicts[k].name);
		}
		put_count(&b, n, verdicts[k].word);
	}
	return buf_take(&b);
}

/* Of each status but ok, the worst first. */
static char *count_lost(const json_t *comparison)
{
	struct buf b = { 0 };

	for (int s = NR_STATUS - 1; s > STATUS_OK; s--) {
		json_int_t n = 0;
		const json_t *cell;
		size_t i;

		json_array_foreach (comparison, i, cell)
			n += json_integer_value(json_object_get(json_object_get(cell, "statuses"),
								status_name((enum status)s)));
		put_count(&b, n > 0 ? (size_t)n : 0, status_name((enum status)s));
	}
	return buf_take(&b);
}

void index_answer_read(const char *page, struct index_answer *a)
{
	char *path = mem_printf("%s/results.json", page);
	json_t *root = json_load_file(path, 0, NULL);
	const json_t *comparison = json_object_get(root, "comparison");
	const char *answer = json_string_value(json_object_get(root, "answer"));

	*a = (struct index_answer){ 0 };
	if (answer && json_is_array(comparison))
		*a = (struct index_answer){ mem_printf("%.*s", (int)strcspn(answer, "\n"), answer),
					    count_verdicts(comparison), count_lost(comparison),
					    json_is_true(json_object_get(json_object_get(root, "run"),
									 "emulated")) };
	json_decref(root);
	free(path);
}

void index_answer_free(struct index_answer *a)
{
	free(a->answer);
	free(a->verdicts);
	free(a->lost);
}
