/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "judge/before.h"

#include <stdlib.h>
#include "util/cause.h"
#include "util/mem.h"

/* A reason why not, or nothing in common, is no error: then there is none. */
static void judge_sides(struct before *b)
{
	const struct sides *s = &b->sides;

	b->margin.all = s->b.c.margin;
	sides_spec(s, &b->margin, &b->spec);
	differ_make(&s->a.stored.run, &s->b.stored.run, &b->differences);
	differ_directions(&s->a.c, &s->b.c, &b->differences);
	versus_make(&b->spec, &b->versus);
	b->view = (struct versus_view){ &b->versus, &b->spec, &b->differences, s->a.title, s->b.title };
	b->any = !b->differences.nr_reasons && versus_any_in_common(&b->versus);
}

int before_load(struct store *store, const struct run *run, struct before *b)
{
	static const char *const none[] = { NULL };
	const struct sides_ask ask = { none, NULL };
	const struct store_pick pick = {
		.before = run->id, .plan = run->plan, .comparisons = true, .sampled = true
	};
	int err;

	*b = (struct before){ 0 };
	if (!run->host)
		return 0;
	err = store_pick(store, &pick, &b->name[0]);
	if (err <= 0)
		return err;
	b->name[1] = mem_strdup(run->id);
	err = sides_load(store, b->name, &ask, &b->sides);
	if (!err)
		judge_sides(b);
	return err == -CAUSE_DAMAGED ? 0 : err;
}

void before_free(struct before *b)
{
	if (b->view.v) {
		versus_free(&b->versus);
		differ_free(&b->differences);
	}
	sides_free(&b->sides);
	limits_free(&b->margin);
	free(b->name[0]);
	free(b->name[1]);
}
