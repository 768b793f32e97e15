/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "export/fleet_json.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include "export/effect_json.h"
#include "record/env_key.h"
#include "record/json.h"

/* Takes the text over. */
static json_t *taken(char *text)
{
	json_t *value = json_from_text(*text ? text : NULL);

	free(text);
	return value;
}

static json_t *part_object(const struct fleet_part *part)
{
	const struct fleet *f = &part->fleet;

	return json_pack("{s:I,s:I,s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:o}", "machines",
			 (json_int_t)f->effect.n, "asked", (json_int_t)part->nr, "verdict",
			 json_from_verdict(&part->judgement), "reason", taken(fleet_reason(part)), "ratio",
			 json_from_double(f->effect.ratio), "low", json_from_double(f->effect.low), "high",
			 json_from_double(f->effect.high), "low90", json_from_double(f->effect.low90),
			 "high90", json_from_double(f->effect.high90), "p", json_from_double(f->effect.p),
			 "p_adjusted", json_from_double(part->judgement.adjusted), "between",
			 json_from_double(f->between), "next_low", json_from_double(f->next_low), "next_high",
			 json_from_double(f->next_high), "differ_p", json_from_double(f->differ_p));
}

static json_t *one_object(const struct fleet_view *f, const struct fleet_cell *cell, size_t i)
{
	const struct fleet_one *one = &cell->one[i];
	const struct judgement own = fleet_own(f, one);

	return json_pack("{s:o,s:o,s:o,s:o,s:I,s:I,s:I,s:o,s:o,s:o,s:b}", "host",
			 json_from_text(f->members->member[i].run.host), "ratio",
			 json_from_double(own.effect.ratio), "low", json_from_double(own.effect.low), "high",
			 json_from_double(own.effect.high), "blocks", (json_int_t)own.effect.n, "data_points",
			 (json_int_t)one->ok, "planned", (json_int_t)one->due, "worst",
			 json_from_text(one->due ? status_name(one->worst) : NULL), "why",
			 json_from_text(one->why), "stray_p", json_from_double(one->stray), "disagrees",
			 fleet_strays(one));
}

static json_t *cell_object(const struct fleet_view *f, unsigned work, unsigned policy)
{
	const struct fleet_cell *cell = fleet_cell(f, work, policy);
	const struct fleet_work *w = &f->work[work];
	json_t *object = part_object(&cell->all), *classes = json_array(), *machines = json_array();

	for (unsigned i = 0; i < f->members->nr_classes; i++)
		json_array_append_new(classes, part_object(&cell->class[i]));
	for (size_t i = 0; i < f->members->nr; i++)
		json_array_append_new(machines, one_object(f, cell, i));
	json_object_update_new(
		object,
		json_pack("{s:o,s:o,s:o,s:o,s:o,s:o,s:b,s:o,s:o,s:o}", "workload", json_from_text(w->name),
			  "metric", json_from_text(w->metric), "unit", json_from_text(w->unit), "policy",
			  json_from_text(f->policy[policy]), "without_one_least",
			  json_from_double(cell->least), "without_one_most", json_from_double(cell->most),
			  "holds_without_any_one", cell->holds, "classes_p",
			  json_from_double(cell->explained_by), "by_class", classes, "by_machine", machines));
	return object;
}

static json_t *differences_of(const struct members *m, size_t i)
{
	struct member_difference *d;
	size_t nr = member_differences(m, i, &d);
	json_t *list = json_array();

	for (size_t k = 0; k < nr; k++)
		json_array_append_new(list,
				      json_pack("{s:o,s:o,s:o}", "key", json_from_text(d[k].key), "is",
						json_from_text(d[k].is), "most", json_from_text(d[k].most)));
	free(d);
	return list;
}

static json_t *machine_object(const struct member *m)
{
	return json_pack("{s:o,s:o,s:b,s:o,s:o,s:o}", "host", json_from_text(m->run.host), "run",
			 json_from_text(m->run.id), "interim", !m->run.ended, "kernel",
			 json_from_text(run_env_known(&m->run, ENV_KERNEL)), "cpu",
			 json_from_text(run_env_known(&m->run, ENV_CPU)), "topology",
			 json_from_text(m->shape));
}

static json_t *machines_of(const struct members *m)
{
	json_t *list = json_array();

	for (size_t i = 0; i < m->nr; i++) {
		json_t *object = machine_object(&m->member[i]);

		json_object_set_new(object, "class", json_integer(m->member[i].class + 1));
		json_object_set_new(object, "differs", differences_of(m, i));
		json_array_append_new(list, object);
	}
	return list;
}

static json_t *left_out(const struct members *m)
{
	json_t *list = json_array();

	for (size_t i = 0; i < m->nr_out; i++) {
		json_t *object = machine_object(&m->out[i]);

		json_object_set_new(object, "why", json_from_text(m->out[i].why));
		json_array_append_new(list, object);
	}
	return list;
}

static json_t *classes_of(const struct members *m)
{
	json_t *list = json_array();

	for (unsigned i = 0; i < m->nr_classes; i++)
		json_array_append_new(list, json_pack("{s:i,s:o,s:I}", "class", (int)i + 1, "what",
						      json_from_text(m->class[i]), "machines",
						      (json_int_t)m->size[i]));
	return list;
}

char *fleet_json(const struct fleet_view *f)
{
	json_t *cells = json_array(), *root;
	char *text;

	for (unsigned w = 0; w < f->nr_works; w++)
		for (unsigned p = 0; p < f->nr_policies; p++)
			json_array_append_new(cells, cell_object(f, w, p));
	root = json_pack("{s:i,s:o,s:b,s:o,s:o,s:o,s:o,s:o,s:o}", "schema", 1, "plan",
			 json_from_text(f->members->plan), "emulated", members_emulated(f->members), "margin",
			 json_from_double(f->margin), "answer", taken(fleet_answer(f)), "classes",
			 classes_of(f->members), "machines", machines_of(f->members), "left_out",
			 left_out(f->members), "cells", cells);
	text = json_dumps(root, JSON_INDENT(1) | JSON_REAL_PRECISION(17));
	json_decref(root);
	return text;
}
