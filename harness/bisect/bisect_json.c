/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The result for programs. Keys: results/README.md. */
#include <jansson.h>
#include <stdlib.h>

#include "bisect/bisect.h"
#include "record/json.h"

static const char *const kinds[] = {
	[ENTRY_MEASURED] = "measured",
	[ENTRY_SAME] = "same",
	[ENTRY_UNBUILT] = "unbuilt",
	[ENTRY_LOST] = "lost",
};
static const char *const turns[] = { [TURN_OPEN] = NULL, [TURN_GOOD] = "good", [TURN_BAD] = "bad" };
static const char *const ends[] = {
	[END_FOUND] = "found",
	[END_NO_DIFFERENCE] = "no difference",
	[END_OPEN] = "undecided",
	[END_SKIPPED] = "skipped",
};

static json_t *number_or_null(const struct entry *e, double value)
{
	return e->blocks ? json_from_double(value) : json_null();
}

static json_t *entry_json(const struct entry *e, const char *commit)
{
	return json_pack("{s:o,s:o,s:i,s:o,s:o,s:o,s:o}", "commit", json_from_text(commit), "run",
			 json_from_text(e->run), "blocks", (int)e->blocks, "ratio",
			 number_or_null(e, e->ratio), "low", number_or_null(e, e->low), "high",
			 number_or_null(e, e->high), "why", json_from_text(e->why));
}

static json_t *steps_json(const struct bisect *b)
{
	json_t *list = json_array();

	for (size_t i = 0; i < b->nr_entries; i++) {
		const struct entry *e = &b->entry[i];
		json_t *step = entry_json(e, e->hash);

		json_object_set_new(step, "kind", json_string(kinds[e->kind]));
		json_object_set_new(step, "like", json_from_text(turns[e->turn]));
		json_array_append_new(list, step);
	}
	return list;
}

static json_t *found_json(const struct bisect *b)
{
	json_t *found;

	if (b->end != END_FOUND)
		return json_null();
	found = entry_json(&b->found, b->bad);
	json_object_set_new(found, "parent", json_from_text(b->parent));
	json_object_set_new(found, "author", json_from_text(b->about.author));
	json_object_set_new(found, "date", json_from_text(b->about.date));
	json_object_set_new(found, "subject", json_from_text(b->about.subject));
	return found;
}

static json_t *left_json(const struct bisect *b)
{
	json_t *list = json_array();

	for (char **hash = b->left; hash && *hash && b->end != END_FOUND; hash++)
		json_array_append_new(list, json_from_text(*hash));
	return list;
}

char *bisect_json(const struct bisect *b)
{
	json_t *root = json_pack("{s:i,s:s,s:s,s:s,s:s,s:o,s:b,s:i,s:i,s:f,s:s,s:o,s:o,s:o,s:o}", "schema", 1,
				 "bisection", b->job.id, "good", b->job.good, "bad", b->job.bad, "workload",
				 b->job.workload, "metric", json_from_text(b->metric), "emulated",
				 b->emulated, "commits", (int)b->commits, "turns", (int)b->turns, "risk",
				 b->job.risk, "end", ends[b->end], "ends", entry_json(&b->ends, b->job.bad),
				 "steps", steps_json(b), "found", found_json(b), "left", left_json(b));
	char *text = json_dumps(root, JSON_INDENT(1) | JSON_REAL_PRECISION(17));

	json_decref(root);
	return text;
}
