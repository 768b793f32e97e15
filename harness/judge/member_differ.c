/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is otherwise with one machine of a fleet than with the others. */
#include "judge/members.h"

#include <stdlib.h>
#include <string.h>
#include "record/env_key.h"
#include "util/mem.h"

#define SHAPE "topology"

/* What is asked first; then all else that the machine's run recorded. */
static const char *const first[] = { ENV_CPU, SHAPE, ENV_KERNEL, ENV_CPU_GOVERNOR, ENV_CPU_SMT };
#define NR_FIRST (sizeof(first) / sizeof(*first))

static const char *value_of(const struct member *m, const char *key)
{
	return strcmp(key, SHAPE) ? run_env(&m->run, key) : m->shape;
}

static bool is_same(const char *a, const char *b)
{
	return a == b || (a && b && !strcmp(a, b));
}

static size_t count_like(const struct members *m, const char *key, const char *value)
{
	size_t n = 0;

	for (size_t i = 0; i < m->nr; i++)
		n += is_same(value_of(&m->member[i], key), value);
	return n;
}

/* More than half of all have it so, or there is no such value. */
static bool find_most(const struct members *m, const char *key, const char **most)
{
	size_t n = 0;

	/* Of a majority one is left when each is set against one that has it otherwise (Boyer and Moore). */
	for (size_t i = 0; i < m->nr; i++) {
		const char *value = value_of(&m->member[i], key);

		if (!n)
			*most = value;
		if (is_same(value, *most))
			n++;
		else
			n--;
	}
	return 2 * count_like(m, key, *most) > m->nr;
}

struct finding {
	const struct members *m;
	size_t member;
	struct member_difference *d;
	size_t nr;
};

static void look_at(struct finding *f, const char *key)
{
	const char *is = value_of(&f->m->member[f->member], key), *most = NULL;

	if (!is || !find_most(f->m, key, &most) || is_same(is, most))
		return;
	f->d = mem_grow(f->d, f->nr, sizeof(*f->d));
	f->d[f->nr++] = (struct member_difference){ key, is, most };
}

/* How a run was asked for, and what its files are, is the same on every machine of a fleet, or no cause. */
static bool is_of_machine(const char *key)
{
	static const char *const not[] = { "plan.", ENV_ABOUT, ENV_WORKLOAD, ENV_TOOL };

	for (size_t i = 0; i < NR_FIRST; i++)
		if (!strcmp(key, first[i]))
			return false;
	for (size_t i = 0; i < sizeof(not) / sizeof(*not); i++)
		if (env_key_is(key, not[i]))
			return false;
	return true;
}

size_t member_differences(const struct members *m, size_t member, struct member_difference **d)
{
	const struct run *run = &m->member[member].run;
	struct finding f = { .m = m, .member = member };

	for (size_t i = 0; i < NR_FIRST; i++)
		look_at(&f, first[i]);
	for (size_t i = 0; i < run->nr_env; i++)
		if (is_of_machine(run->env[i].key))
			look_at(&f, run->env[i].key);
	*d = f.d;
	return f.nr;
}
