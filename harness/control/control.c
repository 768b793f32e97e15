/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The rules of a policy that runs: written, taken back, listed. */
#include "control/control_maps.h"

#include <bpf/bpf.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include "control/control_log.h"
#include "util/cause.h"
#include "util/clock.h"
#include "util/log.h"
#include "util/mem.h"

static struct scxb_rule_key key_of(const struct target *t)
{
	__u64 id = t->kind == TARGET_CGROUP ? t->cgroup : (__u64)t->id;

	if (t->kind == TARGET_COMM)
		return t->comm;
	return (struct scxb_rule_key){ .bits = SCXB_ID_BITS, .id = { id, id >> 32 } };
}

static struct target target_of(enum target_kind kind, const struct scxb_rule_key *key)
{
	struct target t = { .kind = kind };

	if (kind == TARGET_COMM)
		t.comm = *key;
	else if (kind == TARGET_CGROUP)
		t.cgroup = (__u64)key->id[1] << 32 | key->id[0];
	else
		t.id = key->id[0];
	return t;
}

/* After every change: tasks look up their settings again. */
static void in_force(struct control *c)
{
	__atomic_fetch_add(&c->shared->generation, 1, __ATOMIC_RELEASE);
	__atomic_store_n(&c->shared->asked, 1, __ATOMIC_RELEASE);
}

static void control_note(struct control *c, const struct target *t, char *const *words)
{
	char *target = target_text(t);

	if (c->log < 0)
		c->log = control_log_open();
	control_log(c->log,
		    &(struct control_entry){ .policy = c->found.scx.ops,
					     .target = target,
					     .words = words,
					     .into_run_s = (clock_ns() - c->shared->started_ns) / 1e9 });
	free(target);
}

/* The index of an unused bucket, or 0. */
static __u32 free_bucket(const struct control *c)
{
	for (__u32 i = 1; i < c->buckets; i++)
		if (!c->bucket[i].ppm)
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
	__atomic_store_n(&c->bucket[nr].ppm, s->value[SCXB_SETTING_quota_ppm], __ATOMIC_RELEASE);
	return 0;
}

/* The key of a word, if the policy heeds it. */
static int parse_word(const struct control *c, bool params, const char *word, __u64 *value)
{
	const struct control_key *keys = params ? control_params : control_settings;
	int nr = control_parse(keys, word, value);

	if (nr >= 0 && !(control_heeds(c, params) & 1U << nr))
		return log_err(-CAUSE_USAGE, "policy %s does not heed %s: see 'scxbench ctl list'",
			       c->found.scx.ops, keys[nr].name);
	if (nr == SCXB_SETTING_cpu && !params && *value >= (__u64)c->cpus)
		return log_err(-CAUSE_USAGE, "this machine has no CPU %llu", *value);
	return nr;
}

static int set_params(struct control *c, char *const *words)
{
	__u64 value[SCXB_NR_PARAMS] = { 0 }, v;

	for (int i = 0; words[i]; i++) {
		int nr = parse_word(c, true, words[i], &v);

		if (nr < 0)
			return nr;
		value[nr] = SCXB_GIVEN | v;
	}
	for (int i = 0; i < SCXB_NR_PARAMS; i++)
		if (value[i])
			__atomic_store_n(&c->shared->param[i], value[i], __ATOMIC_RELAXED);
	return 0;
}

static int set_rule(struct control *c, const struct target *t, char *const *words)
{
	struct scxb_rule_key key = key_of(t);
	struct scxb_setting s = { 0 };
	__u64 value;
	int err = 0;

	control_get(c, t, &s);
	for (int i = 0; words[i]; i++) {
		int nr = parse_word(c, false, words[i], &value);

		if (nr < 0)
			return nr;
		s.value[nr] = value;
		s.set |= 1U << nr;
	}
	s.when_ns = clock_ns();
	if (s.set & SCXB_HAS_SETTING(quota_ppm))
		err = give_quota(c, &s);
	if (!err && bpf_map_update_elem(c->rule[t->kind], &key, &s, BPF_ANY))
		err = log_err(-errno, "the rule can't be written: %m");
	return err;
}

int control_set(struct control *c, const struct target *t, char *const *words)
{
	int err;

	flock(c->lock, LOCK_EX);
	err = t->kind == TARGET_POLICY ? set_params(c, words) : set_rule(c, t, words);
	if (!err) {
		in_force(c);
		control_note(c, t, words);
	}
	flock(c->lock, LOCK_UN);
	return err;
}

/* A look-up alone would answer with the rule of a shorter beginning of the name. */
static bool has_rule(const struct control *c, enum target_kind kind, const struct scxb_rule_key *wanted)
{
	struct scxb_rule_key key, *before = NULL;

	while (!bpf_map_get_next_key(c->rule[kind], before, &key)) {
		if (key.bits == wanted->bits && !memcmp(key.comm, wanted->comm, sizeof(key.comm)))
			return true;
		before = &key;
	}
	return false;
}

bool control_get(const struct control *c, const struct target *t, struct scxb_setting *s)
{
	struct scxb_rule_key key = key_of(t);

	return t->kind != TARGET_POLICY && (t->kind != TARGET_COMM || has_rule(c, t->kind, &key)) &&
	       !bpf_map_lookup_elem(c->rule[t->kind], &key, s);
}

static int reset_rule(struct control *c, const struct target *t)
{
	struct scxb_rule_key key = key_of(t);
	struct scxb_setting s;

	if (!control_get(c, t, &s) || bpf_map_delete_elem(c->rule[t->kind], &key))
		return -ENOENT;
	if (s.bucket)
		__atomic_store_n(&c->bucket[s.bucket % c->buckets].ppm, 0, __ATOMIC_RELEASE);
	in_force(c);
	control_note(c, t, NULL);
	return 0;
}

static int reset_params(struct control *c)
{
	bool any = false;

	for (int i = 0; i < SCXB_NR_PARAMS; i++)
		any |= __atomic_exchange_n(&c->shared->param[i], 0, __ATOMIC_RELAXED) != 0;
	if (!any)
		return -ENOENT;
	in_force(c);
	control_note(c, &(struct target){ .kind = TARGET_POLICY }, NULL);
	return 0;
}

/* All keys of a kind as targets. They are read first, because rules may be deleted during the walk. */
static int list_rules(const struct control *c, enum target_kind kind, struct target **list)
{
	struct scxb_rule_key key, *before = NULL;
	int nr = 0;

	*list = NULL;
	while (!bpf_map_get_next_key(c->rule[kind], before, &key)) {
		*list = mem_grow(*list, nr, sizeof(**list));
		(*list)[nr++] = target_of(kind, &key);
		before = &key;
	}
	return nr;
}

static void for_all(struct control *c, void (*each)(struct control *c, const struct target *t, void *ctx),
		    void *ctx)
{
	for (int kind = 0; kind < NR_RULE_KINDS; kind++) {
		struct target *list;
		int nr = list_rules(c, kind, &list);

		for (int i = 0; i < nr; i++)
			each(c, &list[i], ctx);
		free(list);
	}
}

static void reset_each(struct control *c, const struct target *t, void *ctx)
{
	(void)ctx;
	reset_rule(c, t);
}

static void sweep_each(struct control *c, const struct target *t, void *ctx)
{
	(void)ctx;
	if (!target_exists(t))
		reset_rule(c, t);
}

int control_reset(struct control *c, const struct target *t)
{
	char *name;
	int err = 0;

	flock(c->lock, LOCK_EX);
	if (!t) {
		for_all(c, reset_each, NULL);
		reset_params(c);
	} else {
		err = t->kind == TARGET_POLICY ? reset_params(c) : reset_rule(c, t);
	}
	flock(c->lock, LOCK_UN);
	if (!err)
		return 0;
	name = target_text(t);
	err = log_err(-CAUSE_NOT_FOUND, "nothing is set for %s", name);
	free(name);
	return err;
}

struct visit {
	void (*each)(void *ctx, const struct control_rule *r);
	void *ctx;
};

static void visit_rule(struct control *c, const struct target *t, void *ctx)
{
	struct control_rule r = { .target = *t };
	struct visit *v = ctx;

	if (!control_get(c, t, &r.setting))
		return;
	r.age_s = (clock_ns() - r.setting.when_ns) / 1e9;
	if (r.setting.bucket)
		r.bucket = c->bucket[r.setting.bucket % c->buckets];
	v->each(v->ctx, &r);
}

void control_each(struct control *c, void (*each)(void *ctx, const struct control_rule *r), void *ctx)
{
	flock(c->lock, LOCK_EX);
	for_all(c, sweep_each, NULL);
	flock(c->lock, LOCK_UN);
	for_all(c, visit_rule, &(struct visit){ each, ctx });
}
