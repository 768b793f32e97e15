/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Two sides for programs: JSON and CSV. */
#include "export/versus_json.h"
#include <math.h>
#include <string.h>
#include "text/buf.h"
#include "text/csv.h"
#include "export/effect_json.h"
#include "record/json.h"

static json_t *from_side(const struct side *side)
{
	json_t *object = json_pack("{s:b,s:o,s:i}", "part", side->part, "middle",
				   json_from_double(extent_known(&side->extent) ? NAN : side->middle),
				   "valid", (int)side->valid);

	json_object_update_new(object, json_from_extent(&side->extent));
	for (int s = 0; s < NR_STATUS; s++)
		json_object_set_new(object, status_name((enum status)s),
				    json_integer(side->samples.taken[s]));
	json_object_set_new(object, "reliability", json_from_reliability(&side->samples));
	return object;
}

json_t *json_from_row(const struct versus_row *row)
{
	const struct work *w = row->work;
	json_t *object = json_pack(
		"{s:o,s:o,s:o,s:s,s:o,s:o,s:s,s:b,s:o,s:o,s:o,s:o}", "workload", json_from_text(w->name),
		"metric", json_from_text(w->metric), "unit", json_from_text(w->unit), "better",
		better_name(w->better), "policy_a", json_from_text(row->policy_a), "policy_b",
		json_from_text(row->policy_b), "basis", basis_name(row->basis), "confirmatory",
		row->confirmatory, "a", from_side(&row->a), "b", from_side(&row->b), "missing",
		json_from_text(row->missing), "verdict",
		row->confirmatory && !row->missing ? json_from_verdict(&row->judgement) : json_null());

	json_object_set_new(object, "run_to_run", json_from_double(row->judgement.between));
	json_object_update_new(
		object,
		json_from_judgement(&row->judgement, row->confirmatory ? row->judgement.adjusted : NAN));
	return object;
}

json_t *json_from_differences(const struct differences *d)
{
	json_t *array = json_array();

	for (size_t i = 0; i < d->nr; i++)
		json_array_append_new(array, json_pack("{s:o,s:o,s:o}", "key", json_from_text(d->item[i].key),
						       "a", json_from_text(d->item[i].a), "b",
						       json_from_text(d->item[i].b)));
	return array;
}

static json_t *from_reasons(const struct differences *d)
{
	json_t *array = json_array();

	for (size_t i = 0; i < d->nr_reasons; i++)
		json_array_append_new(array, json_from_text(d->reason[i]));
	return array;
}

static json_t *from_run(const struct compare *c)
{
	return json_pack("{s:o,s:o,s:b,s:b}", "run", json_from_text(c->run->run.id), "plan",
			 json_from_text(c->run->run.plan), "emulated", c->run->run.emulated, "interim",
			 compare_is_partial(c));
}

char *versus_json(const struct versus_view *view)
{
	json_t *rows = json_array(), *root;
	char *text;

	for (size_t i = 0; i < view->v->nr; i++)
		json_array_append_new(rows, json_from_row(&view->v->row[i]));
	root = json_pack("{s:i,s:o,s:o,s:b,s:o,s:o,s:i,s:o}", "schema", 1, "a", from_run(view->spec->a), "b",
			 from_run(view->spec->b), "comparable", !view->differences->nr_reasons, "reasons",
			 from_reasons(view->differences), "differences",
			 json_from_differences(view->differences), "family", (int)view->v->family, "rows",
			 rows);
	text = json_dumps(root, JSON_INDENT(1) | JSON_REAL_PRECISION(17));
	json_decref(root);
	return text;
}

static void put_numbers(struct buf *b, const double *numbers, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		buf_put(b, ",");
		csv_number(b, numbers[i]);
	}
}

/* Why there is no verdict, the totals, and what both comparisons are without. */
static void put_rest(struct buf *b, const struct versus_row *row)
{
	const struct effect *e = &row->judgement.totals;
	const double totals[] = { isnan(e->low) ? NAN : e->ratio, e->low, e->high };

	csv_text(b, row->judgement.reason ? reason_name(row->judgement.reason) : "");
	put_numbers(b, totals, 3);
	put_numbers(b, (const double[]){ row->judgement.extent.least, row->judgement.extent.most }, 2);
	buf_printf(b, ",%zu,%u,%u\n", row->judgement.left_out, reliability_lost(&row->a.samples),
		   reliability_lost(&row->b.samples));
}

static void put_line(struct buf *b, const struct versus_row *row)
{
	const char *const texts[] = { emulated_name(row->judgement.emulated),
				      row->work->name,
				      row->work->metric,
				      row->work->unit,
				      better_name(row->work->better),
				      row->policy_a,
				      row->policy_b,
				      basis_name(row->basis),
				      row->confirmatory ? "yes" : "no" };
	const struct effect *e = &row->judgement.effect;
	const double numbers[] = { extent_known(&row->a.extent) ? NAN : row->a.middle,
				   extent_known(&row->b.extent) ? NAN : row->b.middle,
				   judgement_ratio(&row->judgement),
				   e->low,
				   e->high,
				   e->p,
				   row->confirmatory ? row->judgement.adjusted : NAN,
				   e->cliff };

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		buf_put(b, i ? "," : "");
		csv_text(b, texts[i]);
	}
	put_numbers(b, numbers, sizeof(numbers) / sizeof(*numbers));
	buf_printf(b, ",%u,%u,%s,", row->a.valid, row->b.valid,
		   row->confirmatory && !row->missing ? verdict_name(&row->judgement) : "");
	csv_text(b, row->missing ? row->missing : "");
	buf_put(b, ",");
	put_rest(b, row);
}

char *versus_csv(const struct versus *v)
{
	struct buf b = { 0 };

	buf_put(&b,
		"emulated,workload,metric,unit,better,policy_a,policy_b,basis,confirmatory,a,b,ratio,low,high,"
		"p,p_adjusted,cliff,n_a,n_b,verdict,missing,reason,total_ratio,total_low,total_high,block_least,block_most,left_out,lost_a,lost_b\n");
	for (size_t i = 0; i < v->nr; i++)
		put_line(&b, &v->row[i]);
	return buf_take(&b);
}
