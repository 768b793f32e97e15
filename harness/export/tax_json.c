/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "export/tax_json.h"

#include "export/effect_json.h"
#include "judge/tax.h"
#include "record/json.h"

static json_t *row(const struct compare *c, const struct tax *t, unsigned work)
{
	const struct work *w = &c->work[work];
	const struct judgement *fair = &compare_cell(c, work, t->policy)->judgement;
	const struct judgement ledger = tax_ledger(c, t, work);

	return json_pack("{s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:o}", "workload", json_from_text(w->name),
			 "metric", json_from_text(w->metric), "unit", json_from_text(w->unit), "verdict",
			 json_from_verdict(fair), "ratio", json_from_double(judgement_ratio(fair)), "low",
			 json_from_double(fair->effect.low), "high", json_from_double(fair->effect.high),
			 "ledger_ratio", json_from_double(judgement_ratio(&ledger)), "ledger_low",
			 json_from_double(ledger.effect.low), "ledger_high",
			 json_from_double(ledger.effect.high));
}

json_t *tax_json(const struct compare *c)
{
	json_t *array = json_array();
	struct tax t;

	if (tax_of(c, &t))
		for (unsigned w = 0; w < c->nr_works; w++)
			json_array_append_new(array, row(c, &t, w));
	return array;
}
