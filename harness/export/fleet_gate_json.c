/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <jansson.h>
#include <stdlib.h>
#include "export/fleet_json.h"
#include "record/json.h"

static json_t *row_object(const struct fleet_gate *g, const struct fleet_gate_row *row)
{
	const struct fleet_work *w = &g->then->work[row->work];
	const struct effect *e = &row->fleet.effect;

	return json_pack("{s:o,s:o,s:o,s:o,s:o,s:I,s:I,s:o,s:o,s:o,s:o,s:s,s:o}", "workload",
			 json_from_text(w->name), "metric", json_from_text(w->metric), "unit",
			 json_from_text(w->unit), "policy", json_from_text(g->then->policy[row->policy]),
			 "class", row->class < 0 ? json_null() : json_integer(row->class + 1), "machines",
			 (json_int_t)e->n, "asked", (json_int_t)row->asked, "ratio",
			 json_from_double(e->ratio), "low", json_from_double(e->low), "high",
			 json_from_double(e->high), "between", json_from_double(row->fleet.between), "gate",
			 ruling_name(row->ruling), "why", json_from_text(row->why));
}

static json_t *machine_object(const struct fleet_gate *g, const struct member *m)
{
	int then = members_host(g->then->members, m->run.host);

	return json_pack("{s:o,s:i,s:o,s:o}", "host", json_from_text(m->run.host), "class", (int)m->class + 1,
			 "run", json_from_text(m->run.id), "baseline",
			 json_from_text(then < 0 ? NULL : g->then->members->member[then].run.id));
}

static json_t *classes(const struct fleet_gate *g)
{
	json_t *all = json_array();

	for (unsigned i = 0; i < g->nr_classes; i++)
		json_array_append_new(all, json_pack("{s:i,s:o}", "class", (int)i + 1, "what",
						     json_from_text(fleet_gate_class(g, i))));
	return all;
}

char *fleet_gate_json(const struct fleet_gate *g)
{
	json_t *rows = json_array(), *machines = json_array(), *root;
	char *text, *answer = fleet_gate_answer(g);

	for (size_t i = 0; i < g->nr; i++)
		json_array_append_new(rows, row_object(g, &g->row[i]));
	for (size_t i = 0; i < g->now->members->nr; i++)
		json_array_append_new(machines, machine_object(g, &g->now->members->member[i]));
	root = json_pack("{s:i,s:s,s:b,s:o,s:o,s:o,s:o,s:o}", "schema", 1, "gate", fleet_gate_word(g),
			 "emulated", members_emulated(g->now->members), "threshold",
			 json_from_double(g->threshold), "answer", json_from_text(answer), "classes",
			 classes(g), "machines", machines, "rows", rows);
	text = json_dumps(root, JSON_INDENT(1) | JSON_REAL_PRECISION(17));
	json_decref(root);
	free(answer);
	return text;
}
