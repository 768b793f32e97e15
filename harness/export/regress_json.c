/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The gate for programs. Keys: results/README.md. */
#include "export/regress_json.h"
#include "export/versus_json.h"
#include "record/json.h"
#include <math.h>

static json_t *from_row(const struct regress_row *row)
{
	json_t *object = json_from_row(row->v);

	json_object_set_new(object, "gate", json_string(ruling_name(row->ruling)));
	json_object_set_new(object, "threshold",
			    row->ruling == RULING_INFO ? json_null() : json_real(row->threshold));
	json_object_set_new(object, "why", json_from_text(row->why));
	return object;
}

static json_t *from_since(const struct regress_row *row)
{
	json_t *object = from_row(row);

	json_object_set_new(object, "leak", json_boolean(row->leak.alarm));
	json_object_set_new(object, "leak_since", json_from_text(row->since));
	json_object_set_new(object, "rise", json_from_double(expm1(row->leak.rise)));
	return object;
}

static json_t *from_anchor(const struct regress *anchor, const char *id)
{
	json_t *rows = json_array();

	for (size_t i = 0; i < anchor->versus.nr; i++)
		json_array_append_new(rows, from_since(&anchor->row[i]));
	return json_pack("{s:o,s:s,s:o}", "run", json_from_text(id), "gate", regress_word(anchor), "rows",
			 rows);
}

char *regress_json(const struct regress *r, const struct regress_names *names)
{
	json_t *rows = json_array(), *root;
	struct differences d;
	char *text;

	for (size_t i = 0; i < r->versus.nr; i++)
		json_array_append_new(rows, from_row(&r->row[i]));
	differ_make(names->baseline, names->run, &d);
	root = json_pack("{s:i,s:s,s:o,s:o,s:o,s:i,s:b,s:b,s:o,s:o,s:o,s:o}", "schema", 1, "gate",
			 regress_word(r), "run", json_from_text(names->run->id), "baseline",
			 json_from_text(names->baseline->id), "title", json_from_text(names->title), "nights",
			 (int)names->nights, "emulated", names->run->emulated, "interim", r->partial,
			 "command", json_from_text(names->run->command), "judge",
			 json_from_text(names->command), "differences", json_from_differences(&d), "rows",
			 rows);
	differ_free(&d);
	json_object_set_new(root, "anchor", r->anchor ? from_anchor(r->anchor, names->anchor) : json_null());
	text = json_dumps(root, JSON_INDENT(1) | JSON_REAL_PRECISION(17));
	json_decref(root);
	return text;
}
