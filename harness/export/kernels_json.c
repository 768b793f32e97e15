/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "export/kernels_json.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include "export/effect_json.h"
#include "judge/compare.h"
#include "record/env_key.h"
#include "record/json.h"

static json_t *run_object(const struct kernels *k, unsigned i, bool exact)
{
	const struct run *run = &k->run[i].run;
	char *answer = kernels_answer(k, i), *notes = kernels_notes(k, i);
	json_t *object = json_pack(
		"{s:o,s:o,s:o,s:o,s:o,s:b,s:b,s:b,s:o,s:o}", "run", json_from_text(run->id), "label",
		json_from_text(k->label[i]), "kernel", json_from_text(run_env(run, ENV_KERNEL)), "host",
		json_from_text(run->host), "fair", json_from_text(kernels_fair(k, i)), "exact", exact,
		"emulated", run->emulated, "interim", compare_is_partial(&k->compare[i]), "answer",
		json_from_text(answer), "notes", json_from_text(*notes ? notes : NULL));

	free(notes);
	free(answer);
	return object;
}

static void add_runs(json_t *list, const struct kernels *k, bool exact)
{
	for (unsigned i = 0; i < k->nr_runs; i++)
		json_array_append_new(list, run_object(k, i, exact));
}

static json_t *place_object(const struct kernels *k, struct kernel_place at)
{
	const struct kernel_work *w = &k->work[at.work];

	return json_pack("{s:o,s:o,s:o,s:o,s:o}", "run", json_from_text(k->run[at.run].run.id), "workload",
			 json_from_text(w->name), "metric", json_from_text(w->metric), "unit",
			 json_from_text(w->unit), "policy", json_from_text(k->policy[at.policy]));
}

/* The comparison with the fair of the same kernel; of one that was not run only why, if it is known. */
static json_t *judged_object(const struct kernels *k, struct kernel_place at)
{
	json_t *object = place_object(k, at);
	const struct work *row = NULL;
	const struct cell *cell = kernels_cell(k, at, &row);
	const struct compare *c = &k->compare[at.run];

	json_object_set_new(object, "left_out", json_from_text(cell ? NULL : kernels_why(k, at)));
	json_object_set_new(object, "valid", cell ? json_integer(cell->valid) : json_null());
	if (!cell)
		return object;
	json_object_set_new(object, "verdict",
			    compare_is_baseline(c, (unsigned)compare_policy(c, k->policy[at.policy]))
				    ? json_null()
				    : json_from_verdict(&cell->judgement));
	json_object_set_new(object, "reliability", json_from_reliability(&cell->judgement.of));
	json_object_update_new(object, json_from_judgement(&cell->judgement, cell->judgement.adjusted));
	return object;
}

static json_t *counted_object(const struct kernels *k, struct kernel_place at)
{
	struct kernel_place to = at;
	bool any = kernels_against(k, at, &to);
	json_t *object = place_object(k, at);

	json_object_set_new(object, "median", json_from_double(kernels_median(k, at)));
	json_object_set_new(object, "ratio", json_from_double(any ? kernels_ratio(k, at, to) : NAN));
	json_object_set_new(object, "ratio_to", json_from_text(any ? k->run[to.run].run.id : NULL));
	return object;
}

static json_t *places(const struct kernels *k,
		      json_t *(*object)(const struct kernels *k, struct kernel_place at))
{
	json_t *list = json_array();
	struct kernel_place at;

	for (at.work = 0; at.work < k->nr_works; at.work++)
		for (at.policy = 0; at.policy < k->nr_policies; at.policy++)
			for (at.run = 0; at.run < k->nr_runs; at.run++)
				json_array_append_new(list, object(k, at));
	return list;
}

char *kernels_json(const struct kernels *measured, const struct kernels *counted, const char *const *without)
{
	json_t *runs = json_array(), *gone = json_array(), *root;
	char *text;

	add_runs(runs, measured, false);
	add_runs(runs, counted, true);
	for (; without && *without; without++)
		json_array_append_new(gone, json_from_text(*without));
	root = json_pack("{s:i,s:o,s:o,s:o,s:o}", "schema", 1, "runs", runs, "cells",
			 places(measured, judged_object), "instructions", places(counted, counted_object),
			 "without", gone);
	text = json_dumps(root, JSON_INDENT(1) | JSON_REAL_PRECISION(17));
	json_decref(root);
	return text;
}
