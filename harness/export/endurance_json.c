/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "export/endurance_json.h"
#include <jansson.h>
#include <stdlib.h>
#include "record/json.h"

static json_t *from_interval(struct interval x)
{
	return json_pack("{s:o,s:o,s:o}", "value", json_from_double(x.value), "low", json_from_double(x.low),
			 "high", json_from_double(x.high));
}

static json_t *from_events(unsigned k, double hours)
{
	return json_pack("{s:i,s:o}", "count", (int)k, "per_hour",
			 from_interval(stats_rate((struct events){ k, hours })));
}

static json_t *from_policies(const struct endurance *e)
{
	json_t *array = json_array();

	for (size_t i = 0; i < e->nr; i++) {
		const struct endured *of = &e->policy[i];

		json_array_append_new(array, json_pack("{s:o,s:f,s:o,s:o}", "policy",
						       json_from_text(of->policy), "hours", of->hours,
						       "ejections", from_events(of->ejections, of->hours),
						       "stalls", from_events(of->stalls, of->hours)));
	}
	return array;
}

static json_t *from_pairs(const struct endurance *e)
{
	struct endurance_pair *pair;
	size_t nr = endurance_pairs(e, &pair);
	json_t *array = json_array();

	for (size_t i = 0; i < nr; i++)
		json_array_append_new(
			array,
			json_pack("{s:o,s:o,s:o,s:o,s:i}", "a", json_from_text(pair[i].a->policy), "b",
				  json_from_text(pair[i].b->policy), "ratio", from_interval(pair[i].ratio),
				  "p", json_from_double(pair[i].p), "least", (int)pair[i].least));
	free(pair);
	return array;
}

char *endurance_json(const struct endurance *e)
{
	json_t *root = json_pack("{s:i,s:b,s:o,s:o}", "schema", 1, "emulated", e->emulated, "policies",
				 from_policies(e), "pairs", from_pairs(e));
	char *text = json_dumps(root, JSON_INDENT(1) | JSON_REAL_PRECISION(17));

	json_decref(root);
	return text;
}
