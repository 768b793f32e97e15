/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The tables of top. */
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "record/abi_name.h"
#include "text/columns.h"
#include "top/top.h"
#include "util/mem.h"

const char *const top_views[NR_VIEWS + 1] = { "policy", "queues", "cpus", "tasks", "cgroups", NULL };

/* Two lists beside each other, each without what never happened yet. */
static char **cells_at(struct columns *c, size_t row)
{
	return row < c->rows ? &c->cell[row * c->nr] : columns_row(c);
}

static void add_op(struct columns *c, size_t row, const struct monitor_rates *r, int op)
{
	char **cell = cells_at(c, row);

	cell[0] = mem_strdup(abi_op[op]);
	cell[1] = top_number(r->op[op].per_s);
	cell[2] = top_number(r->op[op].ns);
	cell[3] = top_share(r->op[op].per_s * r->op[op].ns / 1e9);
}

static void add_count(struct columns *c, size_t row, const char *name, double per_s)
{
	char **cell = cells_at(c, row);

	cell[4] = mem_strdup(name);
	cell[5] = strstr(name, "_ns") ? top_time(per_s) : top_number(per_s);
}

static void policy_view(const struct top_data *d, struct columns *c)
{
	static const struct column heads[] = { { "OP", true, 17 },    { "CALLS/S", false, 9 },
					       { "NS", false, 9 },    { "CPU%", false, 7 },
					       { "EVENT", true, 20 }, { "A SECOND", false, 9 } };
	const struct monitor_rates *r = d->rates;
	const struct scxb_cpu *sum = &r->now->sum;
	size_t row = 0;

	columns_begin(c, heads, 6);
	for (int i = 0; i < SCXB_NR_OPS; i++)
		if (sum->op[i] || r->op[i].per_s > 0)
			add_op(c, row++, r, i);
	row = 0;
	for (int i = 0; i < SCXB_NR_CUSTODY; i++)
		if (sum->custody[i])
			add_count(c, row++, abi_custody[i], r->custody[i]);
	for (int i = 0; i < SCXB_NR_COUNTS; i++)
		if (sum->count[i])
			add_count(c, row++, abi_count[i], r->count[i]);
}

static char *name_of(const struct mon_task *t)
{
	return mem_printf("%.*s", (int)sizeof(t->comm), t->comm);
}

static char *task_name(const struct monitor_rates *r, int32_t tid)
{
	for (size_t i = 0; i < r->now->nr_tasks; i++)
		if (r->now->task[i].tid == tid)
			return name_of(&r->now->task[i]);
	return NULL;
}

static void queues_view(const struct top_data *d, struct columns *c)
{
	static const struct column heads[] = { { "QUEUE", false, 6 },  { "TASKS", false, 7 },
					       { "WEIGHT", false, 9 }, { "OLDEST", false, 8 },
					       { "TID", false, 7 },    { "COMM", true, 0 } };
	const struct monitor_rates *r = d->rates;

	columns_begin(c, heads, 6);
	for (size_t i = 0; i < r->nr_queues; i++) {
		const struct monitor_queue *q = &r->queue[i];
		char **cell = columns_row(c);

		cell[0] = mem_printf("%" PRIu64 "%s", q->id,
				     r->now->counted && q->id == SCXB_QUEUES - 1 ? "+" : "");
		cell[1] = mem_printf("%" PRId64, q->nr);
		cell[2] = mem_printf("%" PRId64, q->weight);
		cell[3] = top_time(q->oldest_ns);
		if (q->oldest) {
			cell[4] = mem_printf("%d", q->oldest);
			cell[5] = task_name(r, q->oldest);
		}
	}
}

static void add_cpu(struct columns *c, const struct monitor_rates *r, int cpu)
{
	const struct mon_task *t = monitor_running(r->now, cpu);
	char **cell = columns_row(c);

	cell[0] = mem_printf("  CPU %d", cpu);
	cell[1] = top_share(cpu < r->now->nr_cpus ? r->idle[cpu] : NAN);
	if (!t)
		return;
	cell[2] = mem_printf("%d", t->tid);
	cell[3] = t->flags & MON_EXT ? name_of(t)
				     : mem_printf("%.*s (another class)", (int)sizeof(t->comm), t->comm);
}

static void add_l3(struct columns *c, const struct top_data *d, int l3)
{
	size_t at = c->rows;
	double idle = 0;
	int nr = 0, run = 0;

	cells_at(c, at);
	for (int i = 0; i < d->topology->nr_cpus; i++) {
		int cpu = d->topology->cpu[i].cpu;

		if (d->topology->cpu[i].l3 != l3)
			continue;
		add_cpu(c, d->rates, cpu);
		run += monitor_running(d->rates->now, cpu) != NULL;
		if (cpu >= d->rates->now->nr_cpus || isnan(d->rates->idle[cpu]))
			continue;
		idle += d->rates->idle[cpu];
		nr++;
	}
	c->cell[at * c->nr] = mem_printf("L3 group %d", l3);
	c->cell[at * c->nr + 1] = top_share(nr ? idle / nr : NAN);
	c->cell[at * c->nr + 3] = mem_printf("%d of %zu run", run, c->rows - at - 1);
}

static void cpus_view(const struct top_data *d, struct columns *c)
{
	static const struct column heads[] = {
		{ "WHERE", true, 13 }, { "IDLE%", false, 6 }, { "TID", false, 7 }, { "RUNS", true, 0 }
	};

	columns_begin(c, heads, 4);
	for (int l3 = 0; l3 < d->topology->nr_l3; l3++)
		add_l3(c, d, l3);
}

static const char *state_of(const struct mon_task *t)
{
	static const char *const custody_state[] = { "", "pending", "custody" };

	if (t->flags & MON_ON_CPU)
		return "runs";
	if (t->custody != MON_OUT && t->custody <= MON_IN)
		return custody_state[t->custody];
	if (t->flags & MON_IN_DSQ)
		return t->dsq >> 63 ? "next" : "queued";
	return t->flags & MON_OWNED ? "queued" : "-";
}

static char *path_cell(const struct top_data *d, uint64_t cgroup)
{
	const char *path = monitor_path(d->rates->now, cgroup);

	return *path ? mem_strdup(path) : mem_printf("#%" PRIu64 " (removed)", cgroup);
}

static void tasks_view(const struct top_data *d, struct columns *c)
{
	static const struct column heads[] = { { "TID", false, 5 },    { "COMM", true, 15 },
					       { "STATE", true, 7 },   { "CPU", false, 3 },
					       { "RUN%", false, 5 },   { "WAIT%", false, 5 },
					       { "MOVES", false, 5 },  { "WAITED", false, 7 },
					       { "WEIGHT", false, 0 }, { "CGROUP", true, 0 } };

	columns_begin(c, heads, 10);
	for (size_t i = 0; i < d->rates->nr_tasks; i++) {
		const struct monitor_task *t = &d->rates->task[i];
		char **cell = columns_row(c);

		cell[0] = mem_printf("%d", t->task.tid);
		cell[1] = name_of(&t->task);
		cell[2] = mem_strdup(state_of(&t->task));
		cell[3] = mem_printf("%u", t->task.cpu);
		cell[4] = top_share(t->run);
		cell[5] = top_share(t->wait);
		cell[6] = top_number(t->moves);
		cell[7] = top_time(t->task.custody == MON_OUT ? NAN : t->task.waited_ns);
		cell[8] = mem_printf("%u", t->task.weight);
		cell[9] = path_cell(d, t->task.cgroup);
	}
}

static void cgroups_view(const struct top_data *d, struct columns *c)
{
	static const struct column heads[] = { { "USED%", false, 6 },	{ "WAIT%", false, 7 },
					       { "MOVES", false, 6 },	{ "TASKS", false, 5 },
					       { "RUNNING", false, 0 }, { "CUSTODY", false, 0 },
					       { "OLDEST", false, 7 },	{ "CGROUP", true, 0 } };

	columns_begin(c, heads, 8);
	for (size_t i = 0; i < d->rates->nr_groups; i++) {
		const struct monitor_group *g = &d->rates->group[i];
		char **cell = columns_row(c);

		cell[0] = top_share(g->used);
		cell[1] = top_share(g->wait);
		cell[2] = top_number(g->moves);
		cell[3] = mem_printf("%u", g->tasks);
		cell[4] = mem_printf("%u", g->running);
		cell[5] = mem_printf("%u", g->inside);
		cell[6] = top_time(g->oldest_ns);
		cell[7] = path_cell(d, g->cgroup);
	}
}

char **top_lines(const struct top_data *d, enum top_view view)
{
	static void (*const fill[NR_VIEWS])(const struct top_data *d,
					    struct columns *c) = { policy_view, queues_view, cpus_view,
								   tasks_view, cgroups_view };
	struct columns c;
	char **lines;

	fill[view](d, &c);
	lines = columns_lines(&c);
	columns_free(&c);
	return lines;
}
