/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The machine by NUMA node. A task belongs to the node of the CPU on which it runs, or ran last. */
#include <math.h>
#include <stdlib.h>

#include "text/grid.h"
#include "top/top.h"
#include "util/mem.h"

struct node {
	int cpus, ticked, busy; /* busy: with a task of any class */
	double idle;		/* sum of those that ticked */
	unsigned tasks, inside;
	double run, wait, moves; /* NAN: known of no task */
	double oldest_ns;
};

static void add_cpu(struct node *n, const struct monitor_rates *r, int cpu)
{
	n->cpus++;
	n->busy += monitor_running(r->now, cpu) != NULL;
	if (cpu >= r->now->nr_cpus || isnan(r->idle[cpu]))
		return;
	n->ticked++;
	n->idle += r->idle[cpu];
}

static void add_task(struct node *n, const struct monitor_task *t)
{
	n->tasks++;
	monitor_add_known(&n->run, t->run);
	monitor_add_known(&n->wait, t->wait);
	monitor_add_known(&n->moves, t->moves);
	if (t->task.custody == MON_OUT)
		return;
	n->inside++;
	n->oldest_ns = fmax(n->oldest_ns, t->task.waited_ns);
}

static struct node node_of(const struct top_data *d, int node)
{
	struct node n = { .run = NAN, .wait = NAN, .moves = NAN, .oldest_ns = NAN };

	for (int i = 0; i < d->topology->nr_cpus; i++)
		if (d->topology->cpu[i].node == node)
			add_cpu(&n, d->rates, d->topology->cpu[i].cpu);
	for (size_t i = 0; i < d->rates->nr_tasks; i++) {
		const struct topology_cpu *c = topology_cpu(d->topology, (int)d->rates->task[i].task.cpu);

		if (c && c->node == node)
			add_task(&n, &d->rates->task[i]);
	}
	return n;
}

void top_nodes_table(struct grid *g, const struct top_data *d)
{
	static const struct grid_column heads[] = {
		{ "NODE", GRID_NUMBER, 4 },    { "CPUS", GRID_NUMBER, 4 },  { "IDLE%", GRID_NUMBER, 6 },
		{ "RUNNING", GRID_NUMBER, 0 }, { "TASKS", GRID_NUMBER, 5 }, { "RUN%", GRID_NUMBER, 7 },
		{ "WAIT%", GRID_NUMBER, 7 },   { "MOVES", GRID_NUMBER, 7 }, { "CUSTODY", GRID_NUMBER, 0 },
		{ "OLDEST", GRID_NUMBER, 7 }
	};

	const bool known = *d->rates->now->policy; /* without a policy nobody looks at tasks */

	grid_begin(g, heads, 10);
	for (int i = 0; i < d->topology->nr_nodes; i++) {
		const struct node n = node_of(d, i);
		char **cell = grid_row(g, true, NULL);

		cell[0] = mem_printf("%d", i);
		cell[1] = mem_printf("%d", n.cpus);
		cell[2] = top_share(n.ticked ? n.idle / n.ticked : NAN);
		cell[3] = known ? mem_printf("%d", n.busy) : mem_strdup("-");
		cell[4] = known ? mem_printf("%u", n.tasks) : mem_strdup("-");
		cell[5] = top_share(n.run);
		cell[6] = top_share(n.wait);
		cell[7] = top_number(n.moves);
		cell[8] = d->rates->now->counted ? mem_printf("%u", n.inside) : mem_strdup("-");
		cell[9] = top_time(n.oldest_ns);
	}
}
