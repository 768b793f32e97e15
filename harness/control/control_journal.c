/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "control/control_journal.h"

#include <stdlib.h>
#include "util/mem.h"

void journal_begin(struct journal *j, const struct control *c)
{
	*j = (struct journal){ 0 };
	for (int i = 0; i < SCXB_NR_PARAMS; i++)
		j->param[i] = __atomic_load_n(&c->shared->param[i], __ATOMIC_RELAXED);
}

const struct before *journal_add(struct journal *j, const struct control *c,
				 const struct control_change *change)
{
	struct before b = { .target = change->target, .words = change->words };

	b.had = control_get(c, &b.target, &b.setting);
	if (!b.had)
		b.setting = (struct scxb_setting){ 0 };
	if (b.setting.bucket)
		b.bucket = c->bucket[b.setting.bucket % c->buckets];
	j->list = mem_grow(j->list, j->nr, sizeof(*j->list));
	j->list[j->nr] = b;
	return &j->list[j->nr++];
}

/* A bucket that a later rule has had meanwhile is filled as it was. */
static void put_bucket_back(const struct before *b, struct scxb_bucket *bucket)
{
	if (!bucket->quota)
		*bucket = b->bucket;
	__atomic_store_n(&bucket->quota, b->bucket.quota, __ATOMIC_RELEASE);
}

static void undo_change(const struct before *b, struct control *c)
{
	struct scxb_setting now = { 0 }, was = b->setting;
	bool has = control_get(c, &b->target, &now);
	__u32 given = has ? now.bucket : 0, had = was.bucket;

	if (given && given != had)
		__atomic_store_n(&c->bucket[given % c->buckets].quota, 0, __ATOMIC_RELEASE);
	if (had)
		put_bucket_back(b, &c->bucket[had % c->buckets]);
	if (b->had)
		control_put(c, &b->target, &was);
	else if (has)
		control_delete(c, &b->target);
}

void journal_undo(const struct journal *j, struct control *c)
{
	for (size_t i = j->nr; i--;)
		if (j->list[i].target.kind != TARGET_POLICY)
			undo_change(&j->list[i], c);
	for (int i = 0; i < SCXB_NR_PARAMS; i++)
		__atomic_store_n(&c->shared->param[i], j->param[i], __ATOMIC_RELAXED);
}

void journal_end(struct journal *j)
{
	free(j->list);
}
