/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "control/hint_users.h"

#include <stdlib.h>
#include "control/hint_rules.h"
#include "util/mem.h"

struct hint_user {
	uid_t uid;
	pid_t *tid; /* of the threads that have a hint */
	unsigned nr, next;
	uint64_t due_ns; /* when all that it asked for would be done, one after the other at HINT_RATE */
	bool warned;
};

struct hint_users {
	struct hint_user **list;
	size_t nr;
	unsigned hints;
	struct owner_of {
		struct hint_user *user;
		unsigned at; /* its place in user->tid[] */
	} *of;		     /* by thread; memory that is not touched is not used */
};

struct hint_users *hint_users_new(void)
{
	struct hint_users *users = mem_zalloc(1, sizeof(*users));

	users->of = mem_zalloc(HINT_MAX_TID + 1, sizeof(*users->of));
	return users;
}

void hint_users_free(struct hint_users *users)
{
	for (size_t i = 0; i < users->nr; i++) {
		free(users->list[i]->tid);
		free(users->list[i]);
	}
	free(users->list);
	free(users->of);
	free(users);
}

struct hint_user *hint_user_of(struct hint_users *users, uid_t uid)
{
	struct hint_user *u;

	for (size_t i = 0; i < users->nr; i++)
		if (users->list[i]->uid == uid)
			return users->list[i];
	u = mem_zalloc(1, sizeof(*u));
	u->uid = uid;
	users->list = mem_grow(users->list, users->nr, sizeof(*users->list));
	return users->list[users->nr++] = u;
}

bool hint_user_admits(struct hint_user *u, uint64_t now_ns)
{
	const uint64_t each = 1000000000ULL / HINT_RATE;

	if (u->due_ns < now_ns)
		u->due_ns = now_ns;
	if (u->due_ns - now_ns > (HINT_BURST - 1) * each)
		return false;
	u->due_ns += each;
	return true;
}

unsigned hint_user_has(const struct hint_user *u)
{
	return u->nr;
}

unsigned hint_users_have(const struct hint_users *users)
{
	return users->hints;
}

bool hint_user_warns(struct hint_user *u)
{
	bool first = !u->warned;

	u->warned = true;
	return first;
}

pid_t hint_user_next(struct hint_user *u)
{
	return u->nr ? u->tid[u->next++ % u->nr] : 0;
}

bool hint_user_owns(const struct hint_users *users, const struct hint_user *u, pid_t tid)
{
	return users->of[tid].user == u;
}

static void take_from(struct hint_users *users, struct owner_of *o)
{
	struct hint_user *u = o->user;
	pid_t last = u->tid[--u->nr];

	u->tid[o->at] = last;
	users->of[last].at = o->at;
	o->user = NULL;
	users->hints--;
}

void hint_users_give(struct hint_users *users, struct hint_user *u, pid_t tid)
{
	struct owner_of *o = &users->of[tid];

	if (o->user == u)
		return;
	if (o->user)
		take_from(users, o);
	if (!u)
		return;
	*o = (struct owner_of){ u, u->nr };
	u->tid = mem_grow(u->tid, u->nr, sizeof(*u->tid));
	u->tid[u->nr++] = tid;
	users->hints++;
}

void hint_users_clear(struct hint_users *users)
{
	for (size_t i = 0; i < users->nr; i++)
		while (users->list[i]->nr)
			hint_users_give(users, NULL, users->list[i]->tid[0]);
}
