/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One object per interval: results/README.md has the keys. */
#include <math.h>
#include <stdlib.h>

#include "record/abi_name.h"
#include "top/top.h"
#include "record/json.h"
#include "text/utc.h"
#include "util/mem.h"

static json_t *all_ops(const struct monitor_rates *r)
{
	json_t *all = json_object();

	for (int i = 0; i < SCXB_NR_OPS; i++)
		json_object_set_new(all, abi_op[i],
				    json_pack("{so so}", "per_s", json_from_double(r->op[i].per_s), "ns",
					      json_from_double(r->op[i].ns)));
	return all;
}

static json_t *numbers(const char *const *name, const double *value, int nr)
{
	json_t *all = json_object();

	for (int i = 0; i < nr; i++)
		json_object_set_new(all, name[i], json_from_double(value[i]));
	return all;
}

/* null: it is not known. */
static json_t *integer_if(bool known, uint64_t value)
{
	return known ? json_integer((json_int_t)value) : json_null();
}

static json_t *top_json_wait(const struct monitor_wait *w)
{
	return json_pack("{so so so so}", "periods",
			 isnan(w->periods) ? json_null() : json_integer((json_int_t)w->periods), "p50_ns",
			 json_from_double(w->ns[0]), "p99_ns", json_from_double(w->ns[1]), "p999_ns",
			 json_from_double(w->ns[2]));
}

static json_t *waits(const struct monitor_rates *r)
{
	json_t *all = json_object();

	for (int i = 0; i < SCXB_NR_CAUSES; i++)
		json_object_set_new(all, abi_cause[i],
				    json_pack("{so so}", "last", top_json_wait(&r->last[i]), "ever",
					      top_json_wait(&r->ever[i])));
	return all;
}

static json_t *queues(const struct monitor_rates *r)
{
	json_t *all = json_array();

	for (size_t i = 0; i < r->nr_queues; i++) {
		const struct monitor_queue *q = &r->queue[i];

		json_array_append_new(
			all, json_pack("{sI sI so so so so}", "queue", (json_int_t)q->id, "tasks",
				       (json_int_t)q->nr, "weight", integer_if(q->weight, q->weight),
				       "oldest_ns", json_from_double(q->oldest_ns), "oldest_tid",
				       integer_if(q->oldest, q->oldest), "owner",
				       json_from_text(q->id < SCXB_QUEUES ? r->now->owner[q->id] : NULL)));
	}
	return all;
}

static json_t *comm(const struct mon_task *t)
{
	char *name = mem_printf("%.*s", (int)sizeof(t->comm), t->comm);
	json_t *json = json_from_text(name);

	free(name);
	return json;
}

static json_t *cpus(const struct top_data *d)
{
	json_t *all = json_array();

	for (int i = 0; i < d->topology->nr_cpus; i++) {
		const struct topology_cpu *c = &d->topology->cpu[i];
		const struct mon_task *t = monitor_running(d->rates->now, c->cpu);
		double idle = c->cpu < d->rates->now->nr_cpus ? d->rates->idle[c->cpu] : NAN;

		json_array_append_new(all, json_pack("{si si si so so so}", "cpu", c->cpu, "l3", c->l3,
						     "node", c->node, "idle", json_from_double(idle), "tid",
						     t ? json_integer(t->tid) : json_null(), "comm",
						     t ? comm(t) : json_null()));
	}
	return all;
}

static json_t *custody_of(const struct mon_task *t)
{
	static const char *const state[] = { "out", "pending", "in" };

	return t->flags & MON_KNOWN && t->custody <= MON_IN ? json_string(state[t->custody]) : json_null();
}

static json_t *task(const struct top_data *d, const struct monitor_task *m)
{
	const struct mon_task *t = &m->task;
	bool inside = t->custody != MON_OUT;

	return json_pack("{si si so si sb so so so so so so si so}", "tid", t->tid, "pid", t->tgid, "comm",
			 comm(t), "cpu", t->cpu, "running", !!(t->flags & MON_ON_CPU), "run",
			 json_from_double(m->run), "wait", json_from_double(m->wait), "moves_per_s",
			 json_from_double(m->moves), "custody", custody_of(t), "waited_ns",
			 inside ? json_integer(t->waited_ns) : json_null(), "queue",
			 inside ? json_integer(t->queue) : json_null(), "weight", t->weight, "cgroup",
			 json_from_text(monitor_path(d->rates->now, t->cgroup)));
}

static json_t *tasks(const struct top_data *d)
{
	json_t *all = json_array();

	for (size_t i = 0; i < d->rates->nr_tasks; i++)
		json_array_append_new(all, task(d, &d->rates->task[i]));
	return all;
}

static json_t *cgroups(const struct top_data *d)
{
	json_t *all = json_array();

	for (size_t i = 0; i < d->rates->nr_groups; i++) {
		const struct monitor_group *g = &d->rates->group[i];

		json_array_append_new(
			all,
			json_pack("{so so si si so so so so so}", "cgroup",
				  json_from_text(monitor_path(d->rates->now, g->cgroup)), "used",
				  json_from_double(g->used), "tasks", g->tasks, "running", g->running,
				  "inside", integer_if(d->rates->now->counted, g->inside), "run",
				  json_from_double(g->run), "wait", json_from_double(g->wait), "moves_per_s",
				  json_from_double(g->moves), "oldest_ns", json_from_double(g->oldest_ns)));
	}
	return all;
}

static json_t *age(const struct monitor_shot *now)
{
	return now->started_ns && now->started_ns <= now->when_ns
		       ? json_real((now->when_ns - now->started_ns) / 1e9)
		       : json_null();
}

json_t *top_json(const struct top_data *d)
{
	const struct monitor_rates *r = d->rates;
	const struct monitor_shot *now = r->now;
	char time[21];
	json_t *all;

	utc_time((int64_t)now->unix_ns, time);
	all = json_pack("{si ss so so so so}", "schema", 1, "time", time, "policy",
			*now->policy ? json_from_text(now->policy) : json_null(), "in_for_s", age(now),
			"seconds", json_from_double(r->seconds), "cpus", cpus(d));

	if (!*now->policy)
		return all;
	json_object_set_new(all, "tasks_running", json_integer(r->nr_running));
	json_object_set_new(all, "tasks_inside", integer_if(now->counted, r->nr_inside));
	json_object_set_new(all, "ops", all_ops(r));
	json_object_set_new(all, "counts", numbers(abi_count, r->count, SCXB_NR_COUNTS));
	json_object_set_new(all, "custody", numbers(abi_custody, r->custody, SCXB_NR_CUSTODY));
	json_object_set_new(all, "violations", integer_if(now->counted, r->violations));
	json_object_set_new(all, "in_custody", waits(r));
	json_object_set_new(all, "queues", queues(r));
	json_object_set_new(all, "tasks", tasks(d));
	json_object_set_new(all, "cgroups", cgroups(d));
	return all;
}
