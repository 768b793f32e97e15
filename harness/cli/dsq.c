/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What waits where, in the order in which it will be taken. */
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "text/grid.h"
#include "monitor/monitor_order.h"
#include "policy/print.h"
#include "life/life_graph.h"
#include "record/json.h"
#include "text/buf.h"
#include "util/cause.h"
#include "util/log.h"
#include "util/mem.h"

static const char help[] =
	"usage: scxbench dsq [--json]\n\n"
	"Lists the tasks that wait in the queues of the policy that is in, in the order in which they will be taken. The\n"
	"policy may be of any make.\n\n"
	"A 'dsq' is a user DSQ of the kernel, in its own order: first come first served, or by virtual time, which is\n"
	"then the key. 'own' is the policy's own structure, of which the kernel knows nothing: its tasks are by key\n"
	"(prioq: when it came, in ns, plus what its priority costs), or else by when they came, or, where the policy does\n"
	"not tell that either, in no order. Tasks in the kernel's own queues run next and are not listed.\n\n"
	"Each queue is read at a moment of its own, and nothing stops meanwhile: who moves then may be missing or twice\n"
	"there. 'waited' is the time in custody, absent where the policy keeps no ledger of ours.\n\n"
	"  --json          for a program: results/README.md has the keys\n\n"
	"Exit: 0 ok, 2 usage, 3 no policy is in, not root, or this kernel can't be looked at\n";

static const struct grid_column heads[] = {
	{ "QUEUE", GRID_TEXT, 9 },    { "POSITION", GRID_NUMBER, 0 }, { "TID", GRID_NUMBER, 7 },
	{ "COMM", GRID_TEXT, 15 },    { "WEIGHT", GRID_NUMBER, 0 },   { "KEY", GRID_NUMBER, 14 },
	{ "WAITED", GRID_NUMBER, 7 },
};
#define NR_HEADS (sizeof(heads) / sizeof(*heads))

static char *waited(const struct mon_task *t)
{
	struct buf b = { 0 };

	if (!(t->flags & MON_KNOWN))
		return mem_strdup("absent");
	life_time(&b, t->waited_ns);
	return buf_take(&b);
}

static void add_row(struct grid *g, const struct queued *q)
{
	const struct mon_task *t = &q->task;
	char **cell = grid_row(g, true, NULL);

	cell[0] = mem_printf("%s %" PRIu64, q->own ? "own" : "dsq", q->queue);
	cell[1] = q->position ? mem_printf("%u", q->position) : mem_strdup("-");
	cell[2] = mem_printf("%d", t->tid);
	cell[3] = mem_printf("%.16s", t->comm);
	cell[4] = mem_printf("%u", t->weight);
	cell[5] = t->flags & MON_KEYED ? mem_printf("%llu", t->key) : mem_strdup("-");
	cell[6] = waited(t);
}

static void print_text(const char *policy, const struct queued_list *l)
{
	struct grid g;

	if (!l->nr) {
		printf("%s: nobody waits\n", policy);
		return;
	}
	grid_begin(&g, heads, NR_HEADS);
	for (size_t i = 0; i < l->nr; i++)
		add_row(&g, &l->entry[i]);
	grid_print(&g);
	grid_free(&g);
}

static json_t *json_of(const struct queued *q)
{
	const struct mon_task *t = &q->task;
	char *comm = mem_printf("%.16s", t->comm);
	json_t *o = json_pack("{ss sI so? si so si sI}", "kind", q->own ? "own" : "dsq", "queue",
			      (json_int_t)q->queue, "position",
			      q->position ? json_integer(q->position) : json_null(), "tid", t->tid, "comm",
			      json_from_text(comm), "weight", t->weight, "cgroup", (json_int_t)t->cgroup);

	json_object_set_new(o, "key", t->flags & MON_KEYED ? json_integer(t->key) : json_null());
	json_object_set_new(o, "waited_ns", t->flags & MON_KNOWN ? json_integer(t->waited_ns) : json_null());
	free(comm);
	return o;
}

static void print_json(const char *policy, const struct queued_list *l)
{
	json_t *waiting = json_array(), *all;

	for (size_t i = 0; i < l->nr; i++)
		json_array_append_new(waiting, json_of(&l->entry[i]));
	all = json_pack("{si so sI so}", "schema", 1, "policy", json_from_text(policy), "lost",
			(json_int_t)l->lost, "waiting", waiting);
	json_dumpf(all, stdout, JSON_INDENT(1));
	printf("\n");
	json_decref(all);
}

static int list(struct monitor *m, bool json)
{
	struct monitor_shot shot;
	struct queued_list l = { 0 };
	int err = monitor_look(m, &shot);

	if (!err && !*shot.policy)
		err = log_err(-CAUSE_NO_POLICY, "no policy is in: 'scxbench run POLICY' puts one in");
	else if (!err)
		err = monitor_order(m, &shot, &l);
	if (!err && json)
		print_json(shot.policy, &l);
	else if (!err)
		print_text(shot.policy, &l);
	if (l.lost)
		log_warn("%" PRIu64 " tasks found no room and are not listed", l.lost);
	monitor_order_free(&l);
	monitor_shot_free(&shot);
	return err;
}

int cmd_dsq(int argc, char **argv)
{
	bool json = argc == 2 && !strcmp(argv[1], "--json");
	struct monitor *m;
	char *object;
	int err;

	if (argc == 2 && !strcmp(argv[1], "--help"))
		return cli_usage(help, EXIT_CODE_OK);
	if (argc > 1 && !json) {
		log_err(-CAUSE_USAGE, "'%s' is no option of dsq: see 'scxbench dsq --help'",
			argv[argc > 2 ? 2 : 1]);
		return EXIT_CODE_USAGE;
	}
	object = mem_printf("%s/harness/monitor/monitor.bpf.o", home_dir());
	print_to(NULL);
	m = monitor_open(&(struct monitor_setup){ .object = object, .queues = true });
	err = list(m, json);
	monitor_close(m);
	free(object);
	return exit_code_of(err);
}
