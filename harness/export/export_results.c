/* SPDX-License-Identifier: GPL-2.0-or-later */
/* results.json: the comparison for programs. Keys: results/README.md. */
#include <inttypes.h>
#include <jansson.h>
#include <stdlib.h>
#include "export/effect_json.h"
#include "judge/fitness.h"
#include "export/exports.h"
#include "export/tax_json.h"
#include "export/watching_json.h"
#include "judge/life.h"
#include "record/env_key.h"
#include "record/json.h"
#include "record/role.h"
#include "util/scan.h"

/* What fair is in that kernel, "EEVDF"; NULL: not known, or the run does not have it. */
static const char *fair_of(const struct run *r)
{
	for (char **p = r->policies; *p; p++)
		if (run_is_fair(r, *p))
			return run_env(r, ENV_FAIR);
	return NULL;
}

static json_t *run_object(const struct compare *c)
{
	const struct run *r = &c->run->run;

	return json_pack(
		"{s:o,s:o,s:o,s:o,s:b,s:b,s:b,s:o,s:i,s:o,s:f,s:i,s:i,s:i,s:i,s:i,s:o,s:o,s:o,s:o,s:o}", "id",
		json_from_text(r->id), "plan", json_from_text(r->plan), "command", json_from_text(r->command),
		"where", json_from_text(r->where), "emulated", r->emulated, "demonstration",
		compare_is_demo(c), "interim", compare_is_partial(c), "ended", json_from_text(r->ended),
		"restarts", (int)r->restarts, "seed", json_sprintf("%" PRIu64, r->seed), "margin", c->margin,
		"family", (int)c->family, "blocks", (int)r->blocks, "planned", (int)r->planned, "taken",
		(int)compare_taken(c), "retakes", (int)compare_retakes(c), "policies",
		json_from_texts(r->policies), "workloads", json_from_texts(r->workloads), "baseline",
		json_from_text(compare_baseline_label(c)), "fair", json_from_text(fair_of(r)), "version",
		json_from_text(run_env(r, ENV_VERSION)));
}

static const char *text_at(char **list, size_t i)
{
	return list ? list[i] : NULL;
}

static json_t *arms(const struct run *r)
{
	json_t *array = json_array();

	for (size_t i = 0; r->policies[i]; i++) {
		const char *ns = text_at(r->slice_ns, i);
		uint64_t slice;
		bool known = ns && scan_count(ns, &slice) && slice <= INT64_MAX;

		json_array_append_new(
			array, json_pack("{s:o,s:o,s:o}", "policy", json_from_text(r->policies[i]), "given",
					 json_from_text(text_at(r->policy_given, i)), "slice_ns",
					 known ? json_integer((json_int_t)slice) : json_null()));
	}
	return array;
}

static json_t *values(const struct compare *c, const struct cell *cell)
{
	json_t *array = json_array();

	for (unsigned b = 1; b <= c->nr_blocks; b++)
		json_array_append_new(array, json_from_double(cell->value[b]));
	return array;
}

static json_t *statuses(const struct cell *cell)
{
	json_t *object = json_object();

	for (int s = 0; s < NR_STATUS; s++)
		json_object_set_new(object, status_name((enum status)s), json_integer(cell->taken[s]));
	return object;
}

static json_t *cell_object(const struct compare *c, unsigned work, unsigned policy)
{
	const struct work *w = &c->work[work];
	const struct cell *cell = compare_cell(c, work, policy);
	const char *name = c->run->run.policies[policy];
	json_t *object = json_pack(
		"{s:o,s:o,s:o,s:o,s:o,s:i,s:o,s:i,s:i,s:o,s:o,s:o}", "workload", json_from_text(w->name),
		"policy", json_from_text(name), "metric", json_from_text(w->metric), "unit",
		json_from_text(w->unit), "better", json_from_text(better_name(w->better)), "taken",
		(int)cell_taken(cell), "statuses", statuses(cell), "valid", (int)cell->valid, "retakes",
		(int)cell->again, "median", json_from_double(cell->median), "verdict",
		compare_is_baseline(c, policy) ? json_null() : json_from_verdict(&cell->judgement), "values",
		values(c, cell));

	json_object_set_new(object, "reliability", json_from_reliability(&cell->judgement.of));
	json_object_update_new(object, json_from_judgement(&cell->judgement, cell->judgement.adjusted));
	return object;
}

static json_t *cells(const struct compare *c)
{
	json_t *array = json_array();

	for (unsigned w = 0; w < c->nr_works; w++)
		for (unsigned p = 0; p < c->nr_policies; p++)
			json_array_append_new(array, cell_object(c, w, p));
	return array;
}

static json_t *fitness(const struct compare *c)
{
	json_t *array = json_array();
	struct fitness f;

	fitness_make(c, &f);
	for (size_t i = 0; i < f.nr; i++)
		json_array_append_new(array, json_pack("{s:s,s:s,s:o}", "check", f.item[i].what, "fit",
						       fit_name(f.item[i].fit), "found",
						       json_from_text(f.item[i].found)));
	fitness_free(&f);
	return array;
}

static json_t *not_ok(const struct compare *c)
{
	json_t *array = json_array();

	for (size_t i = 0; i < c->run->nr; i++) {
		const struct record *r = &c->run->sample[i];

		if (r->status != STATUS_OK)
			json_array_append_new(
				array, json_pack("{s:i,s:o,s:o,s:i,s:i,s:b,s:b,s:i,s:s,s:o}", "sample",
						 (int)r->seq, "policy", json_from_text(r->policy), "workload",
						 json_from_text(r->workload), "block", (int)r->block, "boot",
						 (int)r->boot, "instrumented", r->instrumented, "warmup",
						 r->warmup, "retake_of", (int)r->retake_of, "status",
						 status_name(r->status), "why", json_from_text(r->why)));
	}
	return array;
}

char *export_results(const struct compare *c)
{
	char *answer = compare_answer(c), *text;
	json_t *root = json_pack("{s:i,s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:o}", "schema", 1, "run",
				 run_object(c), "arms", arms(&c->run->run), "answer", json_from_text(answer),
				 "comparison", cells(c), "not_ok", not_ok(c), "fitness", fitness(c), "life",
				 lives_json(c), "tax", tax_json(c), "watching", watching_json(c));

	text = json_dumps(root, JSON_INDENT(1) | JSON_REAL_PRECISION(17));
	json_decref(root);
	free(answer);
	return text;
}
