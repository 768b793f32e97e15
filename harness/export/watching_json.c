/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "export/watching_json.h"

#include <stdlib.h>
#include "judge/instrumented.h"
#include "judge/watching.h"
#include "record/json.h"

/* collector: NULL: all together. */
static json_t *row(const struct compare *c, unsigned work, const char *collector)
{
	struct watching_tax t;

	watching_tax(c, work, collector, &t);
	return json_pack("{s:o,s:o,s:i,s:o,s:o,s:o,s:o,s:o,s:o}", "workload",
			 json_from_text(c->work[work].name), "collector", json_from_text(collector),
			 "samples", (int)t.n, "share", json_from_double(t.share.value), "low",
			 json_from_double(t.share.low), "high", json_from_double(t.share.high), "least",
			 json_from_double(t.extent.least), "most", json_from_double(t.extent.most), "absent",
			 json_from_text(t.absent));
}

static json_t *rows(const struct compare *c)
{
	json_t *array = json_array();
	struct watching_collectors w;

	watching_collectors(c, &w);
	for (unsigned i = 0; i < c->nr_works; i++)
		for (unsigned k = 0; w.nr && k <= w.nr; k++)
			json_array_append_new(array, row(c, i, k < w.nr ? w.name[k] : NULL));
	watching_collectors_free(&w);
	return array;
}

static json_t *refused(const struct compare *c)
{
	json_t *array = json_array();

	for (size_t i = 0; i < c->run->nr; i++) {
		const struct record *r = &c->run->sample[i];
		char *why = instrumented_why(&c->run->run, r);

		if (why)
			json_array_append_new(array,
					      json_pack("{s:i,s:o,s:o,s:f,s:o}", "sample", (int)r->seq,
							"policy", json_from_text(r->policy), "workload",
							json_from_text(r->workload), "share",
							watching_share(r, NULL), "why", json_from_text(why)));
		free(why);
	}
	return array;
}

json_t *watching_json(const struct compare *c)
{
	return json_pack("{s:f,s:o,s:o}", "budget", instrumented_budget(&c->run->run), "shares", rows(c),
			 "refused", refused(c));
}
