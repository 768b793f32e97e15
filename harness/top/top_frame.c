/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A shot becomes JSON. */
#include "top/top_frame.h"

#include <stdlib.h>
#include "record/abi_name.h"
#include "util/mem.h"

#define COLUMN(name) { #name, offsetof(struct mon_task, name), sizeof(((struct mon_task *)NULL)->name) }
const struct frame_column frame_columns[] = {
	COLUMN(tid),	COLUMN(tgid),	   COLUMN(flags),  COLUMN(cpu),	     COLUMN(weight),
	COLUMN(run_ns), COLUMN(wait_ns),   COLUMN(moves),  COLUMN(start_ns), COLUMN(custody),
	COLUMN(queue),	COLUMN(waited_ns), COLUMN(cgroup), COLUMN(dsq),	     COLUMN(ready_ns),
};
const unsigned frame_nr_columns = sizeof(frame_columns) / sizeof(*frame_columns);

static json_t *frame_integer(uint64_t value)
{
	return json_integer((json_int_t)value);
}

/* 0 stands for what is not known. */
static json_t *frame_known(uint64_t value)
{
	return value ? frame_integer(value) : json_null();
}

static json_t *frame_numbers(const char *const *name, const __u64 *value, int nr)
{
	json_t *all = json_object();

	for (int i = 0; i < nr; i++)
		json_object_set_new(all, name[i], frame_integer(value[i]));
	return all;
}

static json_t *frame_hist(const struct scxb_hist *h)
{
	json_t *all = json_array();

	for (int i = 0; i < SCXB_HIST_SLOTS; i++)
		if (h->slot[i])
			json_array_append_new(all, json_pack("[iI]", i, (json_int_t)h->slot[i]));
	return all;
}

static json_t *frame_times(const struct monitor_shot *s)
{
	json_t *all = json_object();

	for (int i = 0; i < SCXB_NR_CAUSES; i++)
		json_object_set_new(
			all, abi_cause[i],
			frame_hist(i == SCXB_CAUSE_dispatch ? &s->sum.dispatch_ns : &s->rare.hist[i]));
	return all;
}

static json_t *frame_counters(const struct monitor_shot *s)
{
	json_t *queue = json_array();

	if (!s->counted) {
		json_decref(queue);
		return json_null();
	}
	for (int i = 0; i < SCXB_QUEUES; i++)
		json_array_append_new(queue, json_integer(s->sum.queue[i]));
	return json_pack("{so so so so so}", "ops", frame_numbers(abi_op, s->sum.op, SCXB_NR_OPS), "counts",
			 frame_numbers(abi_count, s->sum.count, SCXB_NR_COUNTS), "custody",
			 frame_numbers(abi_custody, s->sum.custody, SCXB_NR_CUSTODY), "queue", queue, "times",
			 frame_times(s));
}

static json_t *frame_programs(const struct monitor_shot *s)
{
	json_t *all = json_array();

	for (int i = 0; i < s->nr_ops; i++)
		json_array_append_new(all, json_pack("[oII]", json_from_text(s->op[i].name),
						     (json_int_t)s->op[i].calls, (json_int_t)s->op[i].ns));
	return all;
}

static json_t *frame_cpus(const struct monitor_shot *s)
{
	json_t *all = json_array();

	for (int i = 0; i < s->nr_cpus; i++)
		json_array_append_new(
			all, json_pack("[II]", (json_int_t)s->cpu[i].idle, (json_int_t)s->cpu[i].total));
	return all;
}

static uint64_t column_of(const struct mon_task *t, const struct frame_column *c)
{
	const char *at = (const char *)t + c->at;

	return c->size == sizeof(__u64) ? *(const __u64 *)at : *(const __u32 *)at;
}

static json_t *frame_task(const struct mon_task *t)
{
	char *comm = mem_printf("%.*s", (int)sizeof(t->comm), t->comm);
	json_t *row = json_array();

	for (unsigned i = 0; i < frame_nr_columns; i++)
		json_array_append_new(row, frame_integer(column_of(t, &frame_columns[i])));
	json_array_append_new(row, json_from_text(comm));
	free(comm);
	return row;
}

static json_t *frame_tasks(const struct monitor_shot *s)
{
	json_t *all = json_array();

	for (size_t i = 0; i < s->nr_tasks; i++)
		json_array_append_new(all, frame_task(&s->task[i]));
	return all;
}

static json_t *frame_cgroups(const struct monitor_shot *s)
{
	json_t *all = json_array();

	for (size_t i = 0; i < s->nr_cgroups; i++)
		json_array_append_new(all, json_pack("[Ioo]", (json_int_t)s->cgroup[i].id,
						     json_from_text(s->cgroup[i].path),
						     frame_known(s->cgroup[i].used_ns)));
	return all;
}

/* Without what is not known at their end. */
static json_t *frame_owners(const struct monitor_shot *s)
{
	json_t *all = json_array();

	for (int i = 0; i < SCXB_QUEUES && s->owner[i]; i++)
		json_array_append_new(all, json_from_text(s->owner[i]));
	return all;
}

json_t *frame_json(const struct monitor_shot *s)
{
	json_t *all = json_pack("{so so so so}", "when_ns", frame_integer(s->when_ns), "unix_ns",
				frame_integer(s->unix_ns), "cpus", frame_cpus(s), "policy",
				*s->policy ? json_from_text(s->policy) : json_null());

	if (!*s->policy)
		return all;
	json_object_set_new(all, "enable_seq", frame_integer(s->enable_seq));
	json_object_set_new(all, "started_ns", frame_known(s->started_ns));
	json_object_set_new(all, "counters", frame_counters(s));
	json_object_set_new(all, "programs", frame_programs(s));
	json_object_set_new(all, "tasks", frame_tasks(s));
	json_object_set_new(all, "cgroups", frame_cgroups(s));
	json_object_set_new(all, "owners", frame_owners(s));
	return all;
}
