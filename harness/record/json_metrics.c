/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Metrics and histograms as JSON. A histogram has many bins, so it is a list of [low, high, count]. */
#include <math.h>
#include <stdlib.h>
#include "record/bounds.h"
#include "record/fields.h"
#include "record/metrics.h"
#include "util/mem.h"

static json_t *metrics_put(const struct field *f, const void *of)
{
	const struct metrics *m = field_of(f, of);
	json_t *array = json_array();

	for (size_t i = 0; i < m->nr; i++) {
		const struct metric *mt = &m->metric[i];

		json_array_append_new(array,
				      json_pack("{s:o,s:o,s:s,s:o,s:o,s:o}", "name", json_from_text(mt->name),
						"unit", json_from_text(mt->unit), "better",
						better_name(mt->better), "value", json_from_double(mt->value),
						"absent", json_from_text(mt->absent), "resolution",
						json_from_double(mt->resolution)));
	}
	return array;
}

static void get_metric(struct json_doc *doc, const json_t *item, struct metrics *m)
{
	char *name = json_get_text(doc, item, "name"), *unit = json_get_text(doc, item, "unit");
	char *word = json_get_text(doc, item, "better"), *why = json_get_text_or_null(doc, item, "absent");
	double value = json_get_double(doc, item, "value");
	enum better better = BETTER_NONE;

	if (better_parse(word, &better))
		json_bad(doc, "better");
	json_fault(doc, "metrics", metric_fault(&(struct metric){ name, unit, better, value, why, NAN }));
	if (why)
		metrics_absent(m, name, unit, why);
	else
		metrics_add(m, name, unit, better, value);
	if (json_object_get(item, "resolution"))
		metrics_resolution(m, name, json_get_double(doc, item, "resolution"));
	free(name);
	free(unit);
	free(word);
	free(why);
}

static void metrics_get(const struct field *f, struct json_doc *doc, const json_t *object, void *of)
{
	const json_t *array = json_get_array(doc, object, f->name), *item;
	size_t i;

	if (json_array_size(array) > METRICS_MAX)
		json_fault(doc, f->name, mem_printf("at most %d", METRICS_MAX));
	else
		json_array_foreach (array, i, item)
			get_metric(doc, item, field_of(f, of));
}

static json_t *from_bins(const struct hist *h)
{
	json_t *array = json_array();

	for (size_t i = 0; i < h->nr; i++)
		json_array_append_new(array, json_pack("[ffI]", h->bins[i].low, h->bins[i].high,
						       (json_int_t)h->bins[i].count));
	return array;
}

static json_t *hists_put(const struct field *f, const void *of)
{
	const struct metrics *m = field_of(f, of);
	json_t *array = json_array();

	for (size_t i = 0; i < m->nr_hists; i++) {
		const struct hist *h = &m->hist[i];

		json_array_append_new(array, json_pack("{s:o,s:o,s:I,s:o}", "name", json_from_text(h->name),
						       "unit", json_from_text(h->unit), "overflow",
						       (json_int_t)h->overflow, "bins", from_bins(h)));
	}
	return array;
}

static void get_bin(struct json_doc *doc, const json_t *bin, struct hist *h)
{
	const json_t *low = json_array_get(bin, 0), *high = json_array_get(bin, 1),
		     *count = json_array_get(bin, 2);
	double from = json_number_value(low), to = json_number_value(high);

	if (!json_is_number(low) || !json_is_number(high) || json_integer_value(count) <= 0)
		json_bad(doc, "bins");
	else
		hist_add(h, from, to, json_integer_value(count));
}

static void get_hist(struct json_doc *doc, const json_t *item, struct metrics *m)
{
	char *name = json_get_text(doc, item, "name"), *unit = json_get_text(doc, item, "unit");
	struct hist *h = metrics_hist(m, name, unit);
	const json_t *bins = json_get_array(doc, item, "bins"), *bin;
	int64_t overflow = json_get_int(doc, item, "overflow");
	size_t i;

	if (overflow < 0)
		json_bad(doc, "overflow");
	h->overflow = overflow;
	json_array_foreach (bins, i, bin)
		get_bin(doc, bin, h);
	free(name);
	free(unit);
}

static void hists_get(const struct field *f, struct json_doc *doc, const json_t *object, void *of)
{
	const json_t *array = json_get_array(doc, object, f->name), *item;
	size_t i;

	if (json_array_size(array) > HISTS_MAX)
		json_fault(doc, f->name, mem_printf("at most %d", HISTS_MAX));
	else
		json_array_foreach (array, i, item)
			get_hist(doc, item, field_of(f, of));
}

static char *metrics_rule(const struct field *f, const void *of)
{
	return metrics_fault(field_of(f, of));
}

static void metrics_clear(const struct field *f, void *of)
{
	metrics_free(field_of(f, of));
}

const struct field_type type_metrics = {
	.name = "list",
	.put = metrics_put,
	.get = metrics_get,
	.clear = metrics_clear,
};

/* Of the same member, which metrics_clear() frees. */
const struct field_type type_hists = {
	.name = "list",
	.put = hists_put,
	.get = hists_get,
	.fault = metrics_rule,
};
