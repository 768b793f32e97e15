/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "export/effect_json.h"

#include "record/json.h"

json_t *json_from_effect(const struct effect *e, double adjusted)
{
	return json_pack("{s:i,s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:o}", "pairs", (int)e->n, "ratio",
			 json_from_double(e->ratio), "low", json_from_double(e->low), "high",
			 json_from_double(e->high), "low90", json_from_double(e->low90), "high90",
			 json_from_double(e->high90), "p", json_from_double(e->p), "p_adjusted",
			 json_from_double(adjusted), "cliff", json_from_double(e->cliff));
}

const char *verdict_name(enum verdict v)
{
	static const char *const names[] = {
		[VERDICT_NONE] = "none",
		[VERDICT_INCONCLUSIVE] = "inconclusive",
		[VERDICT_BETTER] = "better",
		[VERDICT_WORSE] = "worse",
		[VERDICT_EQUIVALENT] = "equivalent",
		[VERDICT_UNUSABLE] = "unusable",
	};

	return names[v];
}

json_t *json_from_verdict(enum verdict v)
{
	return json_string(verdict_name(v));
}
