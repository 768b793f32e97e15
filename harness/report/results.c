/* SPDX-License-Identifier: GPL-2.0-or-later */
/* results.json: the comparison for programs. Keys: results/README.md. */
#include <errno.h>
#include <inttypes.h>
#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "report/page.h"
#include "util/fs.h"
#include "util/log.h"
#include "util/mem.h"
#include "util/utf8.h"

static json_t *text(const char *s)
{
	char *clean = utf8_clean(s);
	json_t *j = clean ? json_string(clean) : json_null();

	free(clean);
	return j;
}

static json_t *number(double x)
{
	return isfinite(x) ? json_real(x) : json_null();
}

static json_t *texts(char **list)
{
	json_t *array = json_array();

	for (; list && *list; list++)
		json_array_append_new(array, text(*list));
	return array;
}

static json_t *run_object(const struct compare *c)
{
	const struct run *r = &c->run->run;

	return json_pack("{s:o,s:o,s:o,s:o,s:b,s:b,s:o,s:i,s:i,s:i,s:o,s:o,s:o}", "id", text(r->id), "plan",
			 text(r->plan), "command", text(r->command), "where", text(r->where), "emulated",
			 r->emulated, "demonstration", compare_is_demo(c), "seed",
			 json_sprintf("%" PRIu64, r->seed), "blocks", (int)r->blocks, "planned",
			 (int)r->planned, "taken", (int)c->run->nr, "policies", texts(r->policies),
			 "workloads", texts(r->workloads), "fair", text(compare_fair_name(c)));
}

static json_t *values(const struct compare *c, const struct cell *cell)
{
	json_t *array = json_array();

	for (unsigned b = 1; b <= c->nr_blocks; b++)
		json_array_append_new(array, number(cell->value[b]));
	return array;
}

static json_t *side_of(const struct work *w, const struct cell *cell)
{
	static const char *const names[] = { NULL, "better", "worse" };

	return text(names[cell_side(w, cell)]);
}

static json_t *cell_object(const struct compare *c, unsigned work, unsigned policy)
{
	const struct work *w = &c->work[work];
	const struct cell *cell = compare_cell(c, work, policy);
	bool interval = cell_has_interval(cell);

	return json_pack("{s:o,s:o,s:o,s:o,s:o,s:i,s:i,s:o,s:i,s:o,s:o,s:o,s:o,s:b,s:o}", "workload",
			 text(w->name), "policy", text(c->run->run.policies[policy]), "metric",
			 text(w->metric), "unit", text(w->unit), "better", text(better_name(w->better)),
			 "taken", (int)cell_taken(cell), "valid", (int)cell->valid, "median",
			 number(cell->median), "pairs", (int)cell->effect.n, "ratio",
			 number(cell->effect.ratio), "low", number(interval ? cell->effect.low : NAN), "high",
			 number(interval ? cell->effect.high : NAN), "side", side_of(w, cell), "settled",
			 cell_settled(cell), "values", values(c, cell));
}

static json_t *cells(const struct compare *c)
{
	json_t *array = json_array();

	for (unsigned w = 0; w < c->nr_works; w++)
		for (unsigned p = 0; p < c->nr_policies; p++)
			json_array_append_new(array, cell_object(c, w, p));
	return array;
}

static json_t *not_ok(const struct compare *c)
{
	json_t *array = json_array();

	for (size_t i = 0; i < c->run->nr; i++) {
		const struct record *r = &c->run->sample[i];

		if (r->status != STATUS_OK)
			json_array_append_new(array,
					      json_pack("{s:i,s:o,s:o,s:i,s:b,s:s,s:o}", "sample",
							(int)r->seq, "policy", text(r->policy), "workload",
							text(r->workload), "block", (int)r->block,
							"instrumented", r->instrumented, "status",
							status_name(r->status), "why", text(r->why)));
	}
	return array;
}

int json_write_results(const struct compare *c, const char *out_dir)
{
	char *answer = compare_answer(c), *path = mem_printf("%s/results.json", out_dir), *out;
	json_t *root = json_pack("{s:i,s:o,s:o,s:o,s:o}", "schema", 1, "run", run_object(c), "answer",
				 text(answer), "comparison", cells(c), "not_ok", not_ok(c));
	int err;

	out = root ? json_dumps(root, JSON_INDENT(1) | JSON_REAL_PRECISION(17)) : NULL;
	err = out ? fs_write_durable(path, out, strlen(out)) : -ENOMEM;
	if (err)
		log_err(err, "can't write %s: %s", path, strerror(-err));
	json_decref(root);
	free(out);
	free(path);
	free(answer);
	return err;
}
