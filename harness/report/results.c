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

	return json_pack("{s:o,s:o,s:o,s:o,s:b,s:b,s:b,s:o,s:f,s:i,s:i,s:i,s:i,s:o,s:o,s:o}", "id", text(r->id), "plan",
			 text(r->plan), "command", text(r->command), "where", text(r->where), "emulated",
			 r->emulated, "demonstration", compare_is_demo(c), "interim",
			 compare_is_partial(c), "seed", json_sprintf("%" PRIu64, r->seed), "margin", c->margin,
			 "family", (int)c->family, "blocks", (int)r->blocks, "planned",
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

/* null outside the family, for there is none there. */
static json_t *verdict(const struct compare *c, unsigned policy, const struct cell *cell)
{
	static const char *const names[] = {
		[VERDICT_NONE] = "none",	 [VERDICT_INCONCLUSIVE] = "inconclusive",
		[VERDICT_BETTER] = "better",	 [VERDICT_WORSE] = "worse",
		[VERDICT_EQUIVALENT] = "equivalent",
	};

	return compare_is_fair(c->run->run.policies[policy]) ? json_null() : json_string(names[cell->verdict]);
}

static json_t *effect(const struct cell *cell)
{
	const struct effect *e = &cell->effect;

	return json_pack("{s:i,s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:o}", "pairs", (int)e->n, "ratio", number(e->ratio),
			 "low", number(e->low), "high", number(e->high), "low90", number(e->low90), "high90",
			 number(e->high90), "p", number(e->p), "p_adjusted", number(cell->adjusted), "cliff",
			 number(e->cliff));
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
	json_t *object = json_pack("{s:o,s:o,s:o,s:o,s:o,s:i,s:o,s:i,s:o,s:o,s:o}", "workload", text(w->name), "policy",
				   text(c->run->run.policies[policy]), "metric", text(w->metric), "unit",
				   text(w->unit), "better", text(better_name(w->better)), "taken",
				   (int)cell_taken(cell), "statuses", statuses(cell), "valid", (int)cell->valid,
				   "median", number(cell->median), "verdict", verdict(c, policy, cell), "values",
				   values(c, cell));

	json_object_update_new(object, effect(cell));
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
