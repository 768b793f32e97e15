/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Custody runs side by side as JSON. Keys: results/README.md. */
#include "export/custody_json.h"
#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "judge/ledgers.h"
#include "record/env_key.h"
#include "record/json.h"
#include "record/metric_name.h"
#include "stats/stats.h"

static json_t *counts(const struct ledger *l, enum custody_group group)
{
	json_t *object = json_object();

	for (int i = custody_span[group].first; i < custody_span[group].end; i++)
		json_object_set_new(object, abi_custody[i],
				    json_from_double(ledger_count(l, (enum scxb_custody)i)));
	return object;
}

static json_t *times(const struct ledger *l)
{
	json_t *object = json_object();

	for (int i = 0; i < SCXB_NR_CAUSES; i++) {
		const struct hist *h = ledger_times(l, (enum scxb_cause)i);

		json_object_set_new(object, abi_cause[i],
				    json_pack("{s:o,s:o,s:I}", "median",
					      json_from_double(h ? stats_hist_quantile(h, 0.5) : NAN), "p99",
					      json_from_double(h ? stats_hist_quantile(h, 0.99) : NAN),
					      "periods", (json_int_t)(h ? hist_total(h) : 0)));
	}
	return object;
}

static json_t *custody_json_storm(const struct ledger *l)
{
	json_t *object = json_object();

	for (size_t i = 0; i < l->sum.nr; i++)
		if (metric_rest(l->sum.metric[i].name, METRIC_STORM))
			json_object_set_new(object, metric_rest(l->sum.metric[i].name, METRIC_STORM),
					    json_from_double(l->sum.metric[i].value));
	return object;
}

/* What only an audit knows; null of a ledger that is the policy's own. */
static json_t *outside(const struct ledger *l)
{
	if (!l->audited)
		return json_null();
	return json_pack("{s:o,s:o,s:o,s:o,s:o,s:o}", "told",
			 json_from_double(ledger_outside(l, OUTSIDE_told)), "owed",
			 json_from_double(ledger_outside(l, OUTSIDE_owed)), "stale",
			 json_from_double(ledger_outside(l, OUTSIDE_stale)), "untold",
			 json_from_text(ledger_why_untold(l)), "calls",
			 json_from_double(metrics_value(&l->sum, METRIC_CUSTODY "calls")), "ns",
			 json_from_double(metrics_value(&l->sum, METRIC_CUSTODY "time")));
}

static json_t *ledger_object(const struct ledgers *s, unsigned i)
{
	const struct ledger *l = &s->ledger[i];
	const struct run *run = &l->run->run;
	enum ledger_state state = ledger_state(l);

	return json_pack("{s:o,s:b,s:o,s:o,s:b,s:s,s:s,s:b,s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:o}", "run",
			 json_from_text(run->id), "emulated", run->emulated, "kernel",
			 json_from_text(run_env(run, ENV_KERNEL)), "policy", json_from_text(l->policy),
			 "audited", l->audited, "semantics", proof_semantics_name(l->exact), "ledger",
			 state == LEDGER_NONE ? "none" : ledger_word(state), "fails", ledger_fails(state),
			 "why", json_from_text(l->why), "entries", counts(l, CUSTODY_ENTRIES), "exits",
			 counts(l, CUSTODY_EXITS), "violations", counts(l, CUSTODY_VIOLATIONS), "normal",
			 counts(l, CUSTODY_NOTES), "ns", times(l), "storm", custody_json_storm(l), "outside",
			 outside(l));
}

char *custody_json(const struct store_run *run, size_t nr)
{
	json_t *list = json_array(), *root;
	struct ledgers s;
	char *text;

	ledgers_make(run, nr, &s);
	for (unsigned i = 0; i < s.nr_policies * s.nr_runs; i++)
		json_array_append_new(list, ledger_object(&s, i));
	ledgers_free(&s);
	root = json_pack("{s:i,s:o}", "schema", 1, "custody", list);
	text = json_dumps(root, JSON_INDENT(1) | JSON_REAL_PRECISION(17));
	json_decref(root);
	return text;
}
