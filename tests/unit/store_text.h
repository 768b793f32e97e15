/* SPDX-License-Identifier: GPL-2.0-or-later */
/* All that is read of a store as text, to compare it to the last digit; "refused" where nothing is. */
#pragma once
#include <stdlib.h>
#include "record/fields.h"
#include "store/store.h"
#include "text/buf.h"
#include "util/mem.h"

static inline void put_json(struct buf *b, json_t *j)
{
	char *text = json_dumps(j, JSON_SORT_KEYS | JSON_ENCODE_ANY | JSON_REAL_PRECISION(17));

	buf_printf(b, "%s\n", text);
	free(text);
	json_decref(j);
}

static inline void put_all(struct buf *b, const struct fields *t, const void *of)
{
	for (const struct field *f = t->field; f < t->field + t->nr; f++)
		put_json(b, f->type->put(f, of));
}

/* All of a run as text; or "refused". */
static inline char *text_of_run(struct store *s, const char *id)
{
	struct store_run run;
	struct buf b = { 0 };
	int err = store_load(s, id, &run);

	if (err)
		return mem_strdup("refused");
	put_all(&b, &run_fields, &run.run);
	for (size_t i = 0; i < run.nr; i++)
		put_all(&b, &record_fields, &run.sample[i]);
	store_run_free(&run);
	return buf_take(&b);
}

static inline int put_family(void *ctx, const struct store_family *f)
{
	buf_printf(ctx, "%s %s %s %s %d %d\n", f->host, f->workload, f->metric, f->unit, (int)f->better,
		   f->primary);
	for (size_t i = 0; i < f->nr; i++)
		for (size_t k = 0; k < f->series[i].nr; k++) {
			const struct store_point *p = &f->series[i].point[k];

			buf_printf(ctx, "%s %s %s %lld %u %u %s %.17g\n", f->series[i].policy, p->run,
				   p->policy_hash, (long long)p->started_ns, p->block, p->boot, p->status,
				   p->value);
		}
	return 0;
}

static inline int put_outcome(void *ctx, const struct store_outcome *o)
{
	buf_printf(ctx, "%s %s %s %s %u %u\n", o->host, o->workload, o->policy, o->run, o->ok, o->due);
	return 0;
}

/* host: of this machine alone, or NULL. */
static inline char *text_of_series(struct store *s, bool primary, const char *host)
{
	struct store_filter filter = { .primary_only = primary, .host = host };
	struct buf b = { 0 };
	int err = store_series(s, &filter, put_family, &b);

	if (!err)
		err = store_outcomes(s, &filter, put_outcome, &b);
	if (!err)
		return buf_take(&b);
	free(b.text);
	return mem_strdup("refused");
}
