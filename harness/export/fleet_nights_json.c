/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <jansson.h>
#include <stdlib.h>
#include "export/fleet_json.h"
#include "record/json.h"

static json_t *night_object(const struct fleet_line *line, size_t i)
{
	const struct fleet *f = &line->fleet[i];

	return json_pack("{s:o,s:I,s:o,s:o,s:o,s:o}", "day", json_from_text(line->series.night[i].run->id),
			 "machines", (json_int_t)f->effect.n, "ratio",
			 json_from_double(line->series.night[i].ratio), "low",
			 json_from_double(f->effect.low), "high", json_from_double(f->effect.high), "between",
			 json_from_double(f->between));
}

static json_t *point_object(const struct history_series *s, const struct history_point *p)
{
	return json_pack("{s:s,s:o,s:o,s:o,s:o,s:s}", "kind",
			 p->change.kind == CHANGE_INCIDENT ? "incident" : "level", "day",
			 json_from_text(s->night[p->change.at].run->id), "seen",
			 json_from_text(s->night[p->change.seen].run->id), "before",
			 json_from_double(p->change.before), "after", json_from_double(p->change.after),
			 "side", history_word(s, p));
}

static json_t *line_object(const struct fleet_line *line)
{
	const struct history_series *s = &line->series;
	json_t *nights = json_array(), *points = json_array();

	for (size_t i = 0; i < s->nr; i++)
		json_array_append_new(nights, night_object(line, i));
	for (size_t i = 0; i < s->nr_points; i++)
		json_array_append_new(points, point_object(s, &s->point[i]));
	return json_pack("{s:o,s:o,s:o,s:o,s:o,s:o,s:o}", "workload", json_from_text(s->workload), "metric",
			 json_from_text(s->metric), "unit", json_from_text(s->unit), "policy",
			 json_from_text(s->policy), "level", json_from_double(history_level(s)), "points",
			 points, "nights", nights);
}

char *fleet_nights_json(const struct fleet_nights *n)
{
	json_t *lines = json_array(), *root;
	char *text;

	for (size_t i = 0; i < n->nr; i++)
		json_array_append_new(lines, line_object(&n->line[i]));
	root = json_pack("{s:i,s:b,s:I,s:o}", "schema", 1, "emulated", members_emulated(n->members),
			 "machines", (json_int_t)n->members->nr, "series", lines);
	text = json_dumps(root, JSON_INDENT(1) | JSON_REAL_PRECISION(17));
	json_decref(root);
	return text;
}
