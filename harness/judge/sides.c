/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "judge/sides.h"

#include <stdlib.h>
#include <string.h>

#include "judge/runs.h"
#include "util/cause.h"
#include "util/log.h"
#include "util/mem.h"

static int load_side(struct store *store, const char *text, const struct sides_ask *ask,
		     struct named_side *side)
{
	const char *colon = strchr(text, ':');
	int err;

	side->run = colon ? mem_printf("%.*s", (int)(colon - text), text) : mem_strdup(text);
	side->policy = colon ? colon + 1 : NULL;
	err = runs_load(store, side->run, NULL, &side->stored);
	if (!err)
		err = runs_compare_with(&side->stored.run, ask->baseline);
	if (err)
		return err;
	compare_make_wide(&side->stored, ask->patterns, &side->c);
	side->title = strcmp(text, side->stored.run.id) ? mem_printf("%s (%s)", text, side->stored.run.id)
							: mem_strdup(text);
	return 0;
}

static void free_side(struct named_side *side)
{
	if (side->c.run)
		compare_free(&side->c);
	store_run_free(&side->stored);
	free(side->run);
	free(side->title);
}

/* One named policy is that of the other side as well. */
static int choose_policies(struct sides *s)
{
	struct named_side *a = &s->a, *b = &s->b;
	int err;

	if (!a->policy)
		a->policy = b->policy;
	if (!b->policy)
		b->policy = a->policy;
	if (!a->policy)
		return s->one_run ? log_err(-CAUSE_USAGE,
					    "A and B are the same run: name two policies of it, '%s:POLICY'",
					    a->stored.run.id)
				  : 0;
	err = runs_have_policy(&a->stored.run, a->policy);
	if (!err)
		err = runs_have_policy(&b->stored.run, b->policy);
	if (!err && s->one_run && !strcmp(a->policy, b->policy))
		err = log_err(-CAUSE_USAGE, "A and B are the same policy of the same run");
	return err;
}

int sides_load(struct store *store, char *const *name, const struct sides_ask *ask, struct sides *s)
{
	int err;

	*s = (struct sides){ 0 };
	err = load_side(store, name[0], ask, &s->a);
	if (!err)
		err = load_side(store, name[1], ask, &s->b);
	if (err)
		return err;
	s->one_run = !strcmp(s->a.stored.run.id, s->b.stored.run.id);
	err = choose_policies(s);
	if (err || s->one_run)
		return err;
	return nights_load(store,
			   &(struct nights_ask){ &s->b.stored.run, s->a.stored.run.id, *ask->patterns },
			   &s->nights);
}

void sides_free(struct sides *s)
{
	free_side(&s->a);
	free_side(&s->b);
	nights_free(&s->nights);
}

void sides_spec(const struct sides *s, const struct limits *margin, struct versus_spec *spec)
{
	*spec = (struct versus_spec){ .a = &s->a.c,
				      .b = s->one_run ? &s->a.c : &s->b.c,
				      .nr_a = 1,
				      .nights = &s->nights,
				      .policy_a = s->a.policy,
				      .policy_b = s->b.policy,
				      .margin = margin };
}
