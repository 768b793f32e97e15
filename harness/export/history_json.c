/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The same for programs. Keys: results/README.md. */
#include "export/history_files.h"
#include <jansson.h>
#include <math.h>
#include "record/json.h"

static json_t *night(const struct history_night *n)
{
	char time[21];

	history_time(n->run, time);
	return json_pack("{s:o,s:s,s:o,s:o,s:i,s:i,s:o}", "run", json_from_text(n->run->id), "started", time,
			 "ratio", json_from_double(n->ratio), "median", json_from_double(n->median), "values",
			 (int)n->values, "pairs", (int)n->pairs, "policy_hash",
			 json_from_text(n->policy_hash));
}

static json_t *difference(const struct history_difference *d)
{
	return json_pack("{s:o,s:o,s:o,s:o}", "run", json_from_text(d->run->id), "key",
			 json_from_text(d->key), "was", json_from_text(d->was), "is", json_from_text(d->is));
}

static json_t *point(const struct history_series *s, const struct history_point *p)
{
	const struct change *c = &p->change;
	bool incident = c->kind == CHANGE_INCIDENT;
	json_t *differences = json_array();

	for (size_t i = 0; i < p->nr; i++)
		json_array_append_new(differences, difference(&p->difference[i]));
	return json_pack("{s:s,s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:s,s:o,s:o}", "kind",
			 incident ? "incident" : "level", "run", json_from_text(s->night[c->at].run->id),
			 "earliest", json_from_text(s->night[c->low].run->id), "latest",
			 json_from_text(s->night[c->high].run->id), "seen",
			 json_from_text(s->night[c->seen].run->id), "until",
			 json_from_text(incident ? s->night[c->until].run->id : NULL), "over",
			 json_from_text(incident ? s->night[c->over].run->id : NULL), "before",
			 json_from_double(c->before), "after", json_from_double(c->after), "rise",
			 json_from_double(history_rise(p)), "side", history_side(s, p), "p",
			 json_from_double(c->p), "differences", differences);
}

static json_t *series(const struct history_series *s)
{
	json_t *nights = json_array(), *points = json_array();

	for (size_t i = 0; i < s->nr; i++)
		json_array_append_new(nights, night(&s->night[i]));
	for (size_t i = 0; i < s->nr_points; i++)
		json_array_append_new(points, point(s, &s->point[i]));
	return json_pack("{s:o,s:o,s:o,s:o,s:o,s:s,s:b,s:s,s:o,s:o,s:o}", "host", json_from_text(s->host),
			 "workload", json_from_text(s->workload), "metric", json_from_text(s->metric),
			 "policy", json_from_text(s->policy), "unit", json_from_text(s->unit), "better",
			 better_name(s->better), "primary", s->primary, "of",
			 s->of_ratio ? "ratio" : "median", "level", json_from_double(history_level(s)),
			 "nights", nights, "points", points);
}

char *history_json(const struct history *h)
{
	json_t *all = json_array(), *root;
	char *text;

	for (size_t i = 0; i < h->nr; i++)
		json_array_append_new(all, series(&h->series[i]));
	root = json_pack("{s:i,s:o}", "schema", 1, "series", all);
	text = json_dumps(root, JSON_INDENT(1) | JSON_REAL_PRECISION(17));
	json_decref(root);
	return text;
}
