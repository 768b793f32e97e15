/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What differed between the nights where a level changed. */
#include <stdlib.h>
#include <string.h>
#include "judge/history.h"
#include "record/env_key.h"
#include "util/mem.h"

int history_load(struct store *s, struct history_run *run)
{
	int err;

	if (run->loaded)
		return 0;
	run->loaded = mem_zalloc(1, sizeof(*run->loaded));
	err = store_load_run(s, run->id, run->loaded);
	if (err) {
		free(run->loaded);
		run->loaded = NULL;
	}
	return err;
}

static void history_cause_add(struct history_point *p, const struct history_run *run, const char *key,
			      const char *const value[2])
{
	p->difference = mem_grow(p->difference, p->nr, sizeof(*p->difference));
	p->difference[p->nr++] = (struct history_difference){ run, mem_strdup(key), mem_strdup(value[0]),
							      mem_strdup(value[1]) };
}

static void history_cause_compare(struct history_point *p, const struct history_run *run, const char *key,
				  const char *const value[2])
{
	if (value[0] && value[1] ? strcmp(value[0], value[1]) != 0 : value[0] != value[1])
		history_cause_add(p, run, key, value);
}

/* The objects of all policies are in every run's environment; this policy's is compared by its own hash. */
static void compare_env(struct history_point *p, const struct history_run *before,
			const struct history_run *run)
{
	const struct run *a = before->loaded, *b = run->loaded;

	for (size_t i = 0; i < b->nr_env; i++)
		if (!env_key_is_object(b->env[i].key))
			history_cause_compare(p, run, b->env[i].key,
					      (const char *[]){ run_env(a, b->env[i].key), b->env[i].value });
	for (size_t i = 0; i < a->nr_env; i++)
		if (!env_key_is_object(a->env[i].key) && !run_env(b, a->env[i].key))
			history_cause_compare(p, run, a->env[i].key,
					      (const char *[]){ a->env[i].value, NULL });
}

static int compare_nights(struct store *s, struct history_point *p, const struct history_night *night)
{
	struct history_run *before = night[-1].run, *run = night->run;
	int err = history_load(s, before);

	if (!err)
		err = history_load(s, run);
	if (err)
		return err;
	history_cause_compare(p, run, "policy",
			      (const char *[]){ night[-1].policy_hash, night->policy_hash });
	history_cause_compare(p, run, "plan", (const char *[]){ before->loaded->plan, run->loaded->plan });
	compare_env(p, before, run);
	return 0;
}

bool history_is_wide(const struct history_point *p)
{
	return p->change.high + 1 - p->change.low > HISTORY_RANGE;
}

int history_attribute(struct store *s, struct history_series *series, struct history_point *p)
{
	int err = 0;

	if (history_is_wide(p))
		return 0;
	for (size_t i = p->change.low; i <= p->change.high && !err; i++)
		err = compare_nights(s, p, &series->night[i]);
	for (size_t beside = 1; beside <= HISTORY_BESIDE && !p->nr && !err; beside++) {
		if (p->change.at > beside)
			err = compare_nights(s, p, &series->night[p->change.at - beside]);
		if (!err && p->change.at + beside < series->nr)
			err = compare_nights(s, p, &series->night[p->change.at + beside]);
	}
	return err;
}
