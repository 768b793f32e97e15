/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The tables of top. */
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "record/abi_name.h"
#include "text/grid.h"
#include "top/top.h"
#include "util/mem.h"

const char *const top_views[NR_VIEWS + 1] = { "policy", "queues",  "custody", "cpus", "nodes",
					      "tasks",	"cgroups", "history", NULL };

/* Two lists side by side, each without what never happened yet. */
static char **cells_at(struct grid *g, unsigned row)
{
	return row < g->rows ? grid_cells(g, row) : grid_row(g, true, NULL);
}

static void add_op(struct grid *g, unsigned row, const struct monitor_rates *r, int op)
{
	char **cell = cells_at(g, row);

	cell[0] = mem_strdup(abi_op[op]);
	cell[1] = top_number(r->op[op].per_s);
	cell[2] = top_number(r->op[op].ns);
	cell[3] = top_share(r->op[op].per_s * r->op[op].ns / 1e9);
}

static void add_count(struct grid *g, unsigned row, const char *name, double per_s)
{
	char **cell = cells_at(g, row);

	cell[4] = mem_strdup(name);
	cell[5] = strstr(name, "_ns") ? top_time(per_s) : top_number(per_s);
}

static void policy_view(struct grid *g, const struct top_data *d)
{
	static const struct grid_column heads[] = {
		{ "OP", GRID_TEXT, 17 },    { "CALLS/S", GRID_NUMBER, 9 }, { "NS", GRID_NUMBER, 9 },
		{ "CPU%", GRID_NUMBER, 7 }, { "EVENT", GRID_TEXT, 20 },	   { "A SECOND", GRID_NUMBER, 9 }
	};
	const struct monitor_rates *r = d->rates;
	const struct scxb_cpu *sum = &r->now->sum;
	unsigned row = 0;

	grid_begin(g, heads, 6);
	for (int i = 0; i < SCXB_NR_OPS; i++)
		if (sum->op[i] || r->op[i].per_s > 0)
			add_op(g, row++, r, i);
	row = 0;
	for (int i = 0; i < SCXB_NR_CUSTODY; i++)
		if (sum->custody[i])
			add_count(g, row++, abi_custody[i], r->custody[i]);
	for (int i = 0; i < SCXB_NR_COUNTS; i++)
		if (sum->count[i])
			add_count(g, row++, abi_count[i], r->count[i]);
}

char *top_name(const struct mon_task *t)
{
	return mem_printf("%.*s", (int)sizeof(t->comm), t->comm);
}

static char *task_name(const struct monitor_rates *r, int32_t tid)
{
	for (size_t i = 0; i < r->now->nr_tasks; i++)
		if (r->now->task[i].tid == tid)
			return top_name(&r->now->task[i]);
	return NULL;
}

static void queues_view(struct grid *g, const struct top_data *d)
{
	static const struct grid_column heads[] = {
		{ "QUEUE", GRID_NUMBER, 6 },  { "TASKS", GRID_NUMBER, 7 }, { "WEIGHT", GRID_NUMBER, 9 },
		{ "OLDEST", GRID_NUMBER, 8 }, { "TID", GRID_NUMBER, 7 },   { "COMM", GRID_TEXT, 15 }
	};
	const struct monitor_rates *r = d->rates;
	bool owned = r->now->owner[0];

	grid_begin(g, heads, 6);
	if (owned)
		grid_column(g, "OWNER", GRID_TEXT);
	for (size_t i = 0; i < r->nr_queues; i++) {
		const struct monitor_queue *q = &r->queue[i];
		char **cell = grid_row(g, true, NULL);

		cell[0] = mem_printf("%" PRIu64 "%s", q->id,
				     r->now->counted && q->id == SCXB_QUEUES - 1 ? "+" : "");
		cell[1] = mem_printf("%" PRId64, q->nr);
		cell[2] = q->weight ? mem_printf("%" PRIu64, q->weight) : mem_strdup("-");
		cell[3] = top_time(q->oldest_ns);
		if (q->oldest) {
			cell[4] = mem_printf("%d", q->oldest);
			cell[5] = task_name(r, q->oldest);
		}
		if (owned && q->id < SCXB_QUEUES && r->now->owner[q->id])
			cell[6] = mem_strdup(r->now->owner[q->id]);
	}
}

static void add_cpu(struct grid *g, const struct monitor_rates *r, int cpu)
{
	const struct mon_task *t = monitor_running(r->now, cpu);
	char **cell = grid_row(g, true, NULL);

	cell[0] = mem_printf("  CPU %d", cpu);
	cell[1] = top_share(cpu < r->now->nr_cpus ? r->idle[cpu] : NAN);
	if (!t)
		return;
	cell[2] = mem_printf("%d", t->tid);
	cell[3] = t->flags & MON_EXT ? top_name(t)
				     : mem_printf("%.*s (another class)", (int)sizeof(t->comm), t->comm);
}

static void add_l3(struct grid *g, const struct top_data *d, int l3)
{
	unsigned at = g->rows;
	double idle = 0;
	int nr = 0, run = 0;
	char **cell;

	cells_at(g, at);
	for (int i = 0; i < d->topology->nr_cpus; i++) {
		int cpu = d->topology->cpu[i].cpu;

		if (d->topology->cpu[i].l3 != l3)
			continue;
		add_cpu(g, d->rates, cpu);
		run += monitor_running(d->rates->now, cpu) != NULL;
		if (cpu >= d->rates->now->nr_cpus || isnan(d->rates->idle[cpu]))
			continue;
		idle += d->rates->idle[cpu];
		nr++;
	}
	cell = grid_cells(g, at);
	cell[0] = mem_printf("L3 group %d", l3);
	cell[1] = top_share(nr ? idle / nr : NAN);
	cell[3] =
		*d->rates->now->policy ? mem_printf("%d of %u run", run, g->rows - at - 1) : mem_strdup("-");
}

static void cpus_view(struct grid *g, const struct top_data *d)
{
	static const struct grid_column heads[] = { { "WHERE", GRID_TEXT, 13 },
						    { "IDLE%", GRID_NUMBER, 6 },
						    { "TID", GRID_NUMBER, 7 },
						    { "RUNS", GRID_TEXT, 0 } };

	grid_begin(g, heads, 4);
	for (int l3 = 0; l3 < d->topology->nr_l3; l3++)
		add_l3(g, d, l3);
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

char *top_path(const struct top_data *d, uint64_t cgroup)
{
	const char *path = monitor_path(d->rates->now, cgroup);

	return *path ? mem_strdup(path) : mem_printf("#%" PRIu64 " (removed)", cgroup);
}

static void tasks_view(struct grid *g, const struct top_data *d)
{
	static const struct grid_column heads[] = {
		{ "TID", GRID_NUMBER, 5 },   { "COMM", GRID_TEXT, 15 },	   { "STATE", GRID_TEXT, 7 },
		{ "CPU", GRID_NUMBER, 3 },   { "RUN%", GRID_NUMBER, 5 },   { "WAIT%", GRID_NUMBER, 5 },
		{ "MOVES", GRID_NUMBER, 5 }, { "WAITED", GRID_NUMBER, 7 }, { "WEIGHT", GRID_NUMBER, 0 },
		{ "CGROUP", GRID_TEXT, 0 }
	};

	grid_begin(g, heads, 10);
	for (size_t i = 0; i < d->rates->nr_tasks; i++) {
		const struct monitor_task *t = &d->rates->task[i];
		char **cell = grid_row(g, true, NULL);

		cell[0] = mem_printf("%d", t->task.tid);
		cell[1] = top_name(&t->task);
		cell[2] = mem_strdup(state_of(&t->task));
		cell[3] = mem_printf("%u", t->task.cpu);
		cell[4] = top_share(t->run);
		cell[5] = top_share(t->wait);
		cell[6] = top_number(t->moves);
		cell[7] = top_time(t->task.custody == MON_OUT ? NAN : t->task.waited_ns);
		cell[8] = mem_printf("%u", t->task.weight);
		cell[9] = top_path(d, t->task.cgroup);
	}
}

void top_table(struct grid *g, const struct top_data *d, enum top_view view)
{
	static void (*const fill[NR_VIEWS])(struct grid *g, const struct top_data *d) = {
		policy_view,	 queues_view, top_custody_table, cpus_view,
		top_nodes_table, tasks_view,  top_cgroups_table, top_history_table
	};

	fill[view](g, d);
	g->close = true;
}
