/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The rules of a policy that runs: changed all at once, or not at all. */
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include "control/control_journal.h"
#include "control/control_log.h"
#include "control/effect.h"
#include "control/quota.h"
#include "util/cause.h"
#include "util/clock.h"
#include "util/log.h"
#include "util/mem.h"

/* Tasks look up their settings again, or their hint. */
static void in_force(struct control *c, const struct journal *j)
{
	bool hints = false, rules = false;

	for (size_t i = 0; i < j->nr; i++) {
		hints |= j->list[i].target.hint;
		rules |= !j->list[i].target.hint;
	}
	if (hints)
		__atomic_fetch_add(&c->shared->hints, 1, __ATOMIC_RELEASE);
	if (rules)
		__atomic_fetch_add(&c->shared->generation, 1, __ATOMIC_RELEASE);
	if (hints || rules)
		__atomic_store_n(&c->shared->asked, 1, __ATOMIC_RELEASE);
}

#define LINES_BYTES 65536 /* are written without waiting for more */

static void log_changes(struct control *c, const struct journal *j)
{
	for (size_t i = 0; i < j->nr; i++) {
		char *target = control_name(c, &j->list[i].target);

		control_log_add(&c->lines,
				&(struct control_entry){ .policy = c->found.scx.ops,
							 .target = target,
							 .hint = j->list[i].target.hint,
							 .words = j->list[i].words,
							 .into_run_ns = clock_ns() - c->shared->started_ns });
		free(target);
		if (c->lines.len >= LINES_BYTES)
			c->log = control_log_write(c->log, &c->lines);
	}
}

/* The index of an unused bucket, or 0. */
static __u32 free_bucket(const struct control *c)
{
	for (__u32 i = 1; i < c->buckets; i++)
		if (!c->bucket[i].quota)
			return i;
	return 0;
}

static int give_quota(struct control *c, struct scxb_setting *s)
{
	__u32 nr = s->bucket ? s->bucket : free_bucket(c);

	if (!nr)
		return log_err(-CAUSE_USAGE, "all %u quotas are in use: reset one", c->buckets - 1);
	if (!s->bucket)
		c->bucket[nr] = (struct scxb_bucket){ 0 };
	s->bucket = nr;
	__atomic_store_n(&c->bucket[nr].quota, s->value[SCXB_SETTING_quota], __ATOMIC_RELEASE);
	return 0;
}

/* The key of a word, if the policy heeds it. */
static int parse_word(const struct control *c, enum target_kind kind, const char *word, __u64 *value)
{
	const struct control_key *keys = control_keys(kind);
	const bool of_tasks = keys == control_settings;
	int nr = control_parse(keys, word, value);

	if (nr >= 0 && !(control_heeds(c, kind) & 1U << nr))
		return log_err(-CAUSE_USAGE, "policy %s does not heed %s%s: see 'scxbench ctl list'",
			       c->found.scx.ops, keys[nr].name, kind == TARGET_QUEUE ? " of a queue" : "");
	if (nr == SCXB_SETTING_cpu && of_tasks && *value >= (__u64)c->cpus)
		return log_err(-CAUSE_USAGE, "this machine has no CPU %llu", *value);
	if (nr == SCXB_SETTING_quota && of_tasks && quota_check(*value, c->online))
		return -CAUSE_USAGE;
	return nr;
}

static int check_words(const struct control *c, const struct control_change *change)
{
	__u64 value;

	for (char *const *word = change->words; word && *word; word++)
		if (parse_word(c, change->target.kind, *word, &value) < 0)
			return -CAUSE_USAGE;
	return 0;
}

static void set_params(struct control *c, char *const *words)
{
	__u64 value;

	for (; *words; words++) {
		int nr = parse_word(c, TARGET_POLICY, *words, &value);

		if (nr >= 0)
			__atomic_store_n(&c->shared->param[nr], SCXB_GIVEN | value, __ATOMIC_RELAXED);
	}
}

static int check_effect(struct control *c, const struct target *t, const struct scxb_setting *s)
{
	bool cpu = t->kind == TARGET_CGROUP && s->set & SCXB_HAS_SETTING(cpu);
	char *cpuset = cpu ? control_cpuset(c, t) : NULL;
	int err = effect_check(t, cpuset, s);

	free(cpuset);
	return err;
}

static int set_rule(struct control *c, const struct before *b)
{
	struct scxb_setting s = { 0 };
	__u64 value;
	int err = 0;

	if (!b->target.hint)
		s = b->setting;
	for (char *const *word = b->words; *word; word++) {
		int nr = parse_word(c, b->target.kind, *word, &value);

		if (nr < 0)
			return nr;
		s.value[nr] = value;
		s.set |= 1U << nr;
	}
	/* What any program asks for must fill no log. */
	err = b->target.hint ? 0 : check_effect(c, &b->target, &s);
	if (err)
		return err;
	s.when_ns = clock_ns();
	if (s.set & SCXB_HAS_SETTING(quota))
		err = give_quota(c, &s);
	if (!err)
		err = control_put(c, &b->target, &s);
	if (!err && b->target.kind == TARGET_TREE)
		c->shared->trees = 1;
	if (err && s.bucket != b->setting.bucket)
		__atomic_store_n(&c->bucket[s.bucket].quota, 0, __ATOMIC_RELEASE);
	return err;
}

static int reset_rule(struct control *c, const struct before *b)
{
	int err = b->had ? control_delete(c, &b->target) : 0;

	if (!err && b->setting.bucket)
		__atomic_store_n(&c->bucket[b->setting.bucket % c->buckets].quota, 0, __ATOMIC_RELEASE);
	return err;
}

/* Is anything set for the target? */
static bool is_set(const struct control *c, const struct target *t)
{
	struct scxb_setting s;
	__u64 value;
	bool any = false;

	for (int i = 0; t->kind == TARGET_POLICY && i < SCXB_NR_PARAMS; i++)
		any |= control_param(c, i, &value);
	return any || control_get(c, t, &s);
}

static int change_one(struct control *c, const struct before *b)
{
	if (b->target.kind != TARGET_POLICY)
		return b->words ? set_rule(c, b) : reset_rule(c, b);
	if (b->words)
		set_params(c, b->words);
	else
		for (int i = 0; i < SCXB_NR_PARAMS; i++)
			__atomic_store_n(&c->shared->param[i], 0, __ATOMIC_RELAXED);
	return 0;
}

struct changes {
	const struct control_change *list;
	size_t nr, at; /* at: the present one */
};

static int change_all(struct control *c, struct changes *all, struct journal *j)
{
	int err = 0;

	for (all->at = 0; all->at < all->nr; all->at++) {
		err = check_words(c, &all->list[all->at]);
		if (err)
			return err;
	}
	for (all->at = 0; all->at < all->nr; all->at++) {
		if (!all->list[all->at].words && !is_set(c, &all->list[all->at].target))
			continue;
		err = change_one(c, journal_add(j, c, &all->list[all->at]));
		if (err)
			break;
	}
	if (err)
		journal_undo(j, c);
	return err;
}

/* With the lock; *changed: how many. */
static int apply_locked(struct control *c, struct changes *all, size_t *changed)
{
	struct journal j;
	int err;

	journal_begin(&j, c);
	err = change_all(c, all, &j);
	if (!err) {
		in_force(c, &j);
		log_changes(c, &j);
	}
	*changed = j.nr;
	journal_end(&j);
	return err;
}

static void end_turn(struct control *c)
{
	c->log = control_log_write(c->log, &c->lines);
	flock(c->lock, LOCK_UN);
}

void control_hold(struct control *c)
{
	if (!c->held)
		flock(c->lock, LOCK_EX);
	c->held = true;
}

void control_release(struct control *c)
{
	if (c->held)
		end_turn(c);
	c->held = false;
}

static int apply_changes(struct control *c, struct changes *all, size_t *changed)
{
	int err;

	if (!c->held)
		flock(c->lock, LOCK_EX);
	err = apply_locked(c, all, changed);
	if (!c->held)
		end_turn(c);
	return err;
}

int control_apply(struct control *c, const struct control_change *list, size_t nr, size_t *at)
{
	struct changes all = { .list = list, .nr = nr };
	size_t changed;
	int err = apply_changes(c, &all, &changed);

	if (at)
		*at = all.at;
	return err;
}

int control_set(struct control *c, const struct target *t, char *const *words)
{
	return control_apply(c, &(struct control_change){ *t, words }, 1, NULL);
}

int control_reset(struct control *c, const struct target *t)
{
	struct changes all = { .list = &(struct control_change){ .target = *t }, .nr = 1 };
	size_t changed;
	int err = apply_changes(c, &all, &changed);
	char *name;

	if (err || changed)
		return err;
	name = target_text(t);
	err = log_err(-CAUSE_NOT_FOUND, "nothing is set for %s", name);
	free(name);
	return err;
}

static void add_reset(struct changes *all, struct control_change **list, const struct target *t)
{
	*list = mem_grow(*list, all->nr, sizeof(**list));
	(*list)[all->nr++] = (struct control_change){ .target = *t };
}

size_t control_reset_all(const struct control *c, bool hints, struct control_change **list)
{
	const struct target policy = { .kind = TARGET_POLICY };
	struct changes all = { 0 };
	struct target *target;
	size_t nr = control_list(c, &target);

	*list = NULL;
	for (size_t i = 0; i < nr; i++)
		if (target[i].hint == hints)
			add_reset(&all, list, &target[i]);
	if (!hints)
		add_reset(&all, list, &policy);
	free(target);
	return all.nr;
}

int control_clear(struct control *c, bool hints)
{
	struct control_change *list;
	size_t nr = control_reset_all(c, hints, &list);
	int err = control_apply(c, list, nr, NULL);

	free(list);
	return err;
}

/* Takes back what is set for what no longer exists. */
static void sweep(struct control *c, const struct target *target, size_t nr)
{
	struct control_change *list = NULL;
	struct changes gone = { 0 };
	size_t changed;

	flock(c->lock, LOCK_EX);
	for (size_t i = 0; i < nr; i++)
		if (!target_exists(&target[i]))
			add_reset(&gone, &list, &target[i]);
	gone.list = list;
	apply_locked(c, &gone, &changed);
	end_turn(c);
	free(list);
}

void control_each(struct control *c, void (*each)(void *ctx, const struct control_rule *r), void *ctx)
{
	struct target *list;
	size_t nr = control_list(c, &list);

	sweep(c, list, nr);
	for (size_t i = 0; i < nr; i++) {
		struct control_rule r = { .target = list[i] };

		if (!control_get(c, &list[i], &r.setting))
			continue;
		r.age_s = (clock_ns() - r.setting.when_ns) / 1e9;
		if (r.setting.bucket) {
			r.bucket = c->bucket[r.setting.bucket % c->buckets];
			r.quota_cpus = quota_cpus(r.setting.value[SCXB_SETTING_quota], c->online);
		}
		each(ctx, &r);
	}
	free(list);
}
