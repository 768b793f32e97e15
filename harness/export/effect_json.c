/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "export/effect_json.h"

#include <math.h>
#include <stdlib.h>
#include "record/json.h"

static json_t *from_effect(const struct judgement *j, double adjusted)
{
	const struct effect *e = &j->effect;

	return json_pack("{s:i,s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:o}", "pairs", (int)e->n, "ratio",
			 json_from_double(judgement_ratio(j)), "low", json_from_double(e->low), "high",
			 json_from_double(e->high), "low90", json_from_double(e->low90), "high90",
			 json_from_double(e->high90), "p", json_from_double(e->p), "p_adjusted",
			 json_from_double(adjusted), "cliff", json_from_double(e->cliff));
}

json_t *json_from_extent(const struct extent *r)
{
	return json_pack("{s:o,s:o}", "block_least", json_from_double(r->least), "block_most",
			 json_from_double(r->most));
}

static json_t *from_reason(const struct judgement *j)
{
	char *words = judgement_reason(j);
	json_t *object = json_pack("{s:o,s:o}", "reason",
				   j->reason ? json_string(reason_name(j->reason)) : json_null(),
				   "reason_text", j->reason ? json_from_text(words) : json_null());

	free(words);
	return object;
}

/* Without an interval a number says nothing. */
static json_t *middle(double value, double low)
{
	return json_from_double(isnan(low) ? NAN : value);
}

static json_t *from_totals(const struct effect *e)
{
	return json_pack("{s:o,s:o,s:o,s:o,s:o}", "total_ratio", middle(e->ratio, e->low), "total_low",
			 json_from_double(e->low), "total_high", json_from_double(e->high), "total_low90",
			 json_from_double(e->low90), "total_high90", json_from_double(e->high90));
}

static json_t *from_shift(const struct shift *s)
{
	return json_pack("{s:o,s:o,s:o}", "difference", middle(s->value, s->low), "difference_low",
			 json_from_double(s->low), "difference_high", json_from_double(s->high));
}

json_t *json_from_judgement(const struct judgement *j, double adjusted)
{
	json_t *object = from_effect(j, adjusted);

	json_object_update_new(object, json_from_extent(&j->extent));
	json_object_update_new(object, from_reason(j));
	json_object_update_new(object, from_totals(&j->totals));
	json_object_update_new(object, from_shift(&j->shift));
	json_object_set_new(object, "totals_differ", json_boolean(judgement_totals_differ(j)));
	json_object_set_new(object, "survivors_only", json_boolean(j->verdict == VERDICT_UNUSABLE));
	json_object_set_new(object, "left_out", json_integer((json_int_t)j->left_out));
	return object;
}

json_t *json_from_reliability(const struct reliability *r)
{
	struct interval lost = reliability_share(r);
	json_t *object =
		json_pack("{s:i,s:i,s:i,s:i,s:o,s:o,s:o}", "planned", (int)r->planned, "data_points",
			  (int)r->valid, "lost", (int)reliability_lost(r), "missing",
			  (int)reliability_missing(r), "lost_share", json_from_double(lost.value), "lost_low",
			  json_from_double(lost.low), "lost_high", json_from_double(lost.high));

	for (int s = 0; s < NR_STATUS; s++)
		json_object_set_new(object, status_name((enum status)s), json_integer(r->taken[s]));
	json_object_set_new(object, "why", json_from_text(r->why));
	return object;
}

const char *verdict_name(const struct judgement *j)
{
	static const char *const names[] = {
		[VERDICT_NONE] = "none",
		[VERDICT_INCONCLUSIVE] = "inconclusive",
		[VERDICT_BETTER] = "better",
		[VERDICT_WORSE] = "worse",
		[VERDICT_EQUIVALENT] = "equivalent",
		[VERDICT_UNUSABLE] = "unusable",
	};

	if (j->emulated && judgement_is_difference(j))
		return "different";
	return names[j->verdict];
}

json_t *json_from_verdict(const struct judgement *j)
{
	return json_string(verdict_name(j));
}
