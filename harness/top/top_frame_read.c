/* SPDX-License-Identifier: GPL-2.0-or-later */
/* JSON from a file, which may hold anything, becomes a shot. */
#include "top/top_frame.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "record/abi_name.h"
#include "util/mem.h"

#define CPUS_MOST 8192 /* of a kernel */

/* Of a row, element i: a whole number from least to most; else the document is bad, and it is 0. */
struct place {
	struct json_doc *doc;
	const char *key; /* that it is below */
	const json_t *row;
};
static int64_t integer_at(const struct place *p, size_t i, int64_t least, int64_t most)
{
	const json_t *found = json_array_get(p->row, i);
	int64_t value = json_integer_value(found);

	if (json_is_integer(found) && value >= least && value <= most)
		return value;
	json_bad(p->doc, p->key);
	return 0;
}

static uint64_t count_at(const struct place *p, size_t i)
{
	return (uint64_t)integer_at(p, i, 0, INT64_MAX);
}

/* Copied without what does not fit. */
static void text_at(const struct place *p, size_t i, char *to, size_t room)
{
	const json_t *found = json_array_get(p->row, i);

	if (json_is_string(found))
		strncpy(to, json_string_value(found), room - 1);
	else
		json_bad(p->doc, p->key);
}

static uint64_t frame_count(struct json_doc *doc, const json_t *object, const char *key)
{
	int64_t value = json_get_int(doc, object, key);

	if (value < 0)
		json_bad(doc, key);
	return value < 0 ? 0 : (uint64_t)value;
}

/* null: not known. */
static uint64_t frame_count_or_null(struct json_doc *doc, const json_t *object, const char *key)
{
	return json_is_null(json_object_get(object, key)) ? 0 : frame_count(doc, object, key);
}

/*
 * What this scxbench does not know is left out; what it has and the file lacks stays 0. A counter may be
 * below 0: workload_ns is, as long as tasks that it counted when they came have not left.
 */
static void read_numbers(const struct place *p, const char *const *name, __u64 *value, int nr)
{
	const json_t *object = json_get_object(p->doc, p->row, p->key);

	for (int i = 0; i < nr; i++)
		if (json_object_get(object, name[i]))
			value[i] = (__u64)json_get_int(p->doc, object, name[i]);
}

/* Sums of all slots stay far below what a number holds. */
#define MOST_PERIODS ((int64_t)1 << 53)

static void read_hist(const struct place *p, struct scxb_hist *h)
{
	const json_t *all = json_get_array(p->doc, p->row, p->key), *pair;
	size_t i;

	json_array_foreach (all, i, pair) {
		const struct place at = { p->doc, p->key, pair };

		h->slot[integer_at(&at, 0, 0, SCXB_HIST_SLOTS - 1)] = integer_at(&at, 1, 0, MOST_PERIODS);
	}
}

static void read_counters(struct json_doc *doc, struct monitor_shot *s)
{
	const json_t *all, *queue, *times;
	size_t i;

	if (json_is_null(json_object_get(doc->root, "counters")))
		return;
	all = json_get_object(doc, doc->root, "counters");
	s->counted = true;
	read_numbers(&(struct place){ doc, "ops", all }, abi_op, s->sum.op, SCXB_NR_OPS);
	read_numbers(&(struct place){ doc, "counts", all }, abi_count, s->sum.count, SCXB_NR_COUNTS);
	read_numbers(&(struct place){ doc, "custody", all }, abi_custody, s->sum.custody, SCXB_NR_CUSTODY);
	queue = json_get_array(doc, all, "queue");
	for (i = 0; i < json_array_size(queue) && i < SCXB_QUEUES; i++)
		s->sum.queue[i] = integer_at(&(struct place){ doc, "queue", queue }, i, INT64_MIN, INT64_MAX);
	times = json_get_object(doc, all, "times");
	for (i = 0; i < SCXB_NR_CAUSES; i++)
		read_hist(&(struct place){ doc, abi_cause[i], times },
			  i == SCXB_CAUSE_dispatch ? &s->sum.dispatch_ns : &s->rare.hist[i]);
}

static void read_programs(struct json_doc *doc, struct monitor_shot *s)
{
	const json_t *all = json_get_array(doc, doc->root, "programs"), *row;
	size_t i;

	json_array_foreach (all, i, row) {
		const struct place at = { doc, "programs", row };
		struct monitor_op *op = &s->op[s->nr_ops];

		if (i == MONITOR_MAX_OPS)
			return json_bad(doc, "programs");
		text_at(&at, 0, op->name, sizeof(op->name));
		op->calls = count_at(&at, 1);
		op->ns = count_at(&at, 2);
		s->nr_ops++;
	}
}

static void read_cpus(struct json_doc *doc, struct monitor_shot *s)
{
	const json_t *all = json_get_array(doc, doc->root, "cpus"), *row;
	size_t i;

	if (json_array_size(all) > CPUS_MOST)
		return json_bad(doc, "cpus");
	s->cpu = mem_zalloc(json_array_size(all) + 1, sizeof(*s->cpu));
	json_array_foreach (all, i, row) {
		const struct place at = { doc, "cpus", row };

		s->cpu[s->nr_cpus++] = (struct monitor_cpu){ count_at(&at, 0), count_at(&at, 1) };
	}
}

/* Only the number of a DSQ uses its highest bit. */
static int64_t least_of(const struct frame_column *c)
{
	return c->at == offsetof(struct mon_task, dsq) ? INT64_MIN : 0;
}

static void read_task(const struct place *p, struct mon_task *t)
{
	for (unsigned i = 0; i < frame_nr_columns; i++) {
		const struct frame_column *c = &frame_columns[i];
		bool wide = c->size == sizeof(__u64);
		int64_t value = integer_at(p, i, least_of(c), wide ? INT64_MAX : INT32_MAX);
		char *at = (char *)t + c->at;

		if (wide)
			*(__u64 *)at = (__u64)value;
		else
			*(__u32 *)at = (__u32)value;
	}
	text_at(p, frame_nr_columns, t->comm, sizeof(t->comm));
	t->flags &= ~MON_KEYED;
	if (t->custody > SCXB_WORD_STATE)
		json_bad(p->doc, p->key);
}

static void read_tasks(struct json_doc *doc, struct monitor_shot *s)
{
	const json_t *all = json_get_array(doc, doc->root, "tasks"), *row;
	size_t i;

	s->task = mem_zalloc(json_array_size(all) + 1, sizeof(*s->task));
	json_array_foreach (all, i, row)
		read_task(&(struct place){ doc, "tasks", row }, &s->task[s->nr_tasks++]);
	qsort(s->task, s->nr_tasks, sizeof(*s->task), monitor_by_tid);
}

static void read_cgroups(struct json_doc *doc, struct monitor_shot *s)
{
	const json_t *all = json_get_array(doc, doc->root, "cgroups"), *row;
	size_t i;

	s->cgroup = mem_zalloc(json_array_size(all) + 1, sizeof(*s->cgroup));
	json_array_foreach (all, i, row) {
		const struct place at = { doc, "cgroups", row };
		const json_t *path = json_array_get(row, 1), *used = json_array_get(row, 2);
		struct monitor_cgroup *c = &s->cgroup[s->nr_cgroups++];

		c->id = count_at(&at, 0);
		c->path = mem_strdup(json_string_value(path));
		c->used_ns = json_is_null(used) ? 0 : count_at(&at, 2);
		if (c->path ? strlen(c->path) >= PATH_MAX : !json_is_null(path))
			json_bad(doc, "cgroups");
	}
	qsort(s->cgroup, s->nr_cgroups, sizeof(*s->cgroup), monitor_by_id);
}

/* A record of a scxbench that did not know any has none. */
static void read_owners(struct json_doc *doc, struct monitor_shot *s)
{
	const json_t *all = json_object_get(doc->root, "owners"), *name;
	size_t i;

	json_array_foreach (all, i, name) {
		const char *text = json_string_value(name);

		if (!text || strlen(text) >= PATH_MAX || i >= SCXB_QUEUES)
			return json_bad(doc, "owners");
		s->owner[i] = mem_strdup(text);
	}
}

static void read_policy(struct json_doc *doc, struct monitor_shot *s)
{
	char *policy = json_get_text_or_null(doc, doc->root, "policy");

	snprintf(s->policy, sizeof(s->policy), "%s", policy ?: "");
	free(policy);
	if (!*s->policy)
		return;
	s->enable_seq = frame_count(doc, doc->root, "enable_seq");
	s->started_ns = frame_count_or_null(doc, doc->root, "started_ns");
	read_counters(doc, s);
	read_programs(doc, s);
	read_tasks(doc, s);
	read_cgroups(doc, s);
	read_owners(doc, s);
}

int frame_read(const char *where, json_t *object, struct monitor_shot *shot)
{
	struct json_doc doc = { .path = where, .root = object };

	*shot = (struct monitor_shot){ 0 };
	shot->when_ns = frame_count(&doc, object, "when_ns");
	shot->unix_ns = frame_count(&doc, object, "unix_ns");
	read_cpus(&doc, shot);
	read_policy(&doc, shot);
	return json_close(&doc);
}
