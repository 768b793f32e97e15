/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Single rules in the maps of the policy. */
#include <bpf/bpf.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "control/control_maps.h"
#include "util/cause.h"
#include "util/fs.h"
#include "util/log.h"
#include "util/mem.h"

struct scxb_rule_key control_key_of(const struct target *t)
{
	__u64 id = t->kind == TARGET_CGROUP ? t->cgroup : t->kind == TARGET_QUEUE ? t->owner : (__u64)t->id;
	struct scxb_rule_key key;

	if (t->kind == TARGET_COMM)
		return t->comm;
	memset(&key, 0, sizeof(key)); /* in a hash map all of it counts */
	key.bits = SCXB_ID_BITS;
	key.id[0] = id;
	key.id[1] = id >> 32;
	return key;
}

void control_forget(struct known *k)
{
	if (!k->text)
		return;
	free(k->text);
	if (k->cpuset >= 0)
		close(k->cpuset);
	k->text = NULL;
}

static struct known *know_cgroup(struct control *c, const struct target *t)
{
	struct known *k = &c->known[t->cgroup % CONTROL_NAMES];

	if (!k->text || k->id != t->cgroup) {
		control_forget(k);
		*k = (struct known){ .id = t->cgroup, .text = target_text(t), .cpuset = -1 };
	}
	return k;
}

char *control_name(struct control *c, const struct target *t)
{
	return t->kind == TARGET_CGROUP ? mem_strdup(know_cgroup(c, t)->text) : target_text(t);
}

char *control_cpuset(struct control *c, const struct target *t)
{
	struct known *k = know_cgroup(c, t);
	const char *path = fs_sys("/sys/fs/cgroup/%s/cpuset.cpus.effective", k->text + strlen("cgroup:"));
	char list[4096], *whole;

	if (fs_read_again(k->cpuset, list, sizeof(list)))
		return mem_strdup(list);
	if (k->cpuset >= 0)
		close(k->cpuset);
	k->cpuset = open(path, O_RDONLY | O_CLOEXEC);
	return fs_read(path, &whole, NULL) ? NULL : whole;
}

static struct target target_of(enum target_kind kind, const struct scxb_rule_key *key)
{
	struct target t = { .kind = kind };

	if (kind == TARGET_COMM)
		t.comm = *key;
	else if (kind == TARGET_CGROUP)
		t.cgroup = (__u64)key->id[1] << 32 | key->id[0];
	else if (kind == TARGET_QUEUE)
		t.owner = (__u64)key->id[1] << 32 | key->id[0];
	else
		t.id = key->id[0];
	return t;
}

static int map_of(const struct control *c, const struct target *t)
{
	return t->hint ? c->hint : t->kind == TARGET_POLICY ? -1 : c->rule[t->kind];
}

/* A look-up answers with the rule of a shorter beginning of the name, too. */
bool control_get(const struct control *c, const struct target *t, struct scxb_setting *s)
{
	struct scxb_rule_key key = control_key_of(t);

	return t->kind != TARGET_POLICY && !bpf_map_lookup_elem(map_of(c, t), &key, s) && s->bits == key.bits;
}

int control_put(struct control *c, const struct target *t, struct scxb_setting *s)
{
	struct scxb_rule_key key = control_key_of(t);

	int err;

	s->bits = key.bits;
	err = bpf_map_update_elem(map_of(c, t), &key, s, BPF_ANY);
	if (err == -ENOSPC)
		return log_err(-CAUSE_USAGE, "there is no room for further rules of this kind: reset some");
	return err ? log_err(err, "the rule can't be written: %s", strerror(-err)) : 0;
}

int control_delete(struct control *c, const struct target *t)
{
	struct scxb_rule_key key = control_key_of(t);
	int err = bpf_map_delete_elem(map_of(c, t), &key);

	return err ? log_err(err, "the rule can't be removed: %s", strerror(-err)) : 0;
}

struct list {
	struct target *target;
	size_t nr;
};

static void list_map(struct list *list, int map, struct target of)
{
	struct scxb_rule_key key, *before = NULL;

	while (!bpf_map_get_next_key(map, before, &key)) {
		list->target = mem_grow(list->target, list->nr, sizeof(*list->target));
		list->target[list->nr] = target_of(of.kind, &key);
		list->target[list->nr++].hint = of.hint;
		before = &key;
	}
}

size_t control_list(const struct control *c, struct target **list)
{
	struct list all = { 0 };

	for (int kind = 0; kind < NR_RULE_KINDS; kind++)
		list_map(&all, c->rule[kind], (struct target){ .kind = kind });
	list_map(&all, c->hint, (struct target){ .kind = TARGET_TASK, .hint = true });
	*list = all.target;
	return all.nr;
}
