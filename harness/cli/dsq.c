/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which tasks wait in which queue, in the order in which they will be taken. */
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli/command.h"
#include "control/queues.h"
#include "text/grid.h"
#include "monitor/monitor_order.h"
#include "policy/find.h"
#include "policy/print.h"
#include "life/life_graph.h"
#include "record/json.h"
#include "text/buf.h"
#include "util/home.h"
#include "util/log.h"
#include "util/mem.h"
#include "util/self.h"

/* The tasks that wait, and the queues where those have owners. */
struct waiting {
	struct queued_list tasks;
	bool owned;
	struct scxb_owned queue[SCXB_OWNED];
};

static const struct grid_column heads[] = {
	{ "QUEUE", GRID_TEXT, 9 },    { "POSITION", GRID_NUMBER, 0 }, { "TID", GRID_NUMBER, 7 },
	{ "COMM", GRID_TEXT, 15 },    { "WEIGHT", GRID_NUMBER, 0 },   { "KEY", GRID_NUMBER, 14 },
	{ "WAITED", GRID_NUMBER, 7 },
};
#define NR_HEADS (sizeof(heads) / sizeof(*heads))

static char *time_waited(const struct mon_task *t)
{
	struct buf b = { 0 };

	if (!(t->flags & MON_KNOWN))
		return mem_strdup("absent");
	life_time(&b, t->waited_ns);
	return buf_take(&b);
}

/* Of the queue; NULL where queues have none. */
static char *owner_of(const struct waiting *w, const struct queued *q)
{
	return w->owned && !q->own && q->queue < SCXB_OWNED ? queue_owner(&w->queue[q->queue]) : NULL;
}

static char *name_queue(const struct waiting *w, const struct queued *q)
{
	char *owner = owner_of(w, q), *name = mem_printf("%s %" PRIu64 "%s%s", q->own ? "own" : "dsq",
							 q->queue, owner ? " " : "", owner ? owner : "");

	free(owner);
	return name;
}

static void add_row(struct grid *g, const struct waiting *w, const struct queued *q)
{
	const struct mon_task *t = &q->task;
	char **cell = grid_row(g, true, NULL);

	cell[0] = name_queue(w, q);
	cell[1] = q->position ? mem_printf("%u", q->position) : mem_strdup("-");
	cell[2] = mem_printf("%d", t->tid);
	cell[3] = mem_printf("%.16s", t->comm);
	cell[4] = mem_printf("%u", t->weight);
	cell[5] = t->flags & MON_KEYED ? mem_printf("%llu", t->key) : mem_strdup("-");
	cell[6] = time_waited(t);
}

static void print_text(const char *policy, const struct waiting *w)
{
	const struct queued_list *l = &w->tasks;
	struct grid g;

	if (!l->nr) {
		printf("%s: no task waits\n", policy);
		return;
	}
	grid_begin(&g, heads, NR_HEADS);
	for (size_t i = 0; i < l->nr; i++)
		add_row(&g, w, &l->entry[i]);
	grid_print(&g);
	grid_free(&g);
}

static json_t *json_of(const struct waiting *w, const struct queued *q)
{
	const struct mon_task *t = &q->task;
	char *comm = mem_printf("%.16s", t->comm), *owner = owner_of(w, q);
	json_t *o = json_pack("{ss sI so? si so si sI}", "kind", q->own ? "own" : "dsq", "queue",
			      (json_int_t)q->queue, "position",
			      q->position ? json_integer(q->position) : json_null(), "tid", t->tid, "comm",
			      json_from_text(comm), "weight", t->weight, "cgroup", (json_int_t)t->cgroup);

	json_object_set_new(o, "key", t->flags & MON_KEYED ? json_integer(t->key) : json_null());
	json_object_set_new(o, "waited_ns", t->flags & MON_KNOWN ? json_integer(t->waited_ns) : json_null());
	json_object_set_new(o, "owner", owner ? json_from_text(owner) : json_null());
	free(owner);
	free(comm);
	return o;
}

static void print_json(const char *policy, const struct waiting *w)
{
	const struct queued_list *l = &w->tasks;
	json_t *waiting = json_array(), *all;

	for (size_t i = 0; i < l->nr; i++)
		json_array_append_new(waiting, json_of(w, &l->entry[i]));
	all = json_pack("{si so sI so}", "schema", 1, "policy", json_from_text(policy), "lost",
			(json_int_t)l->lost, "waiting", waiting);
	json_dumpf(all, stdout, JSON_INDENT(1));
	printf("\n");
	json_decref(all);
}

static void read_owners(struct waiting *w)
{
	struct found f;

	w->owned = !find_attached_now(&f) && queues_read(&f, w->queue);
}

static int list_queues(struct monitor *m, bool json)
{
	struct monitor_shot shot;
	struct waiting w = { 0 };
	int err = monitor_look(m, &shot);

	if (!err && !*shot.policy)
		err = log_err(-CAUSE_NO_POLICY, "no policy is attached: 'scxbench run POLICY' attaches one");
	else if (!err)
		err = monitor_order(m, &shot, &w.tasks);
	if (!err)
		read_owners(&w);
	if (!err && json)
		print_json(shot.policy, &w);
	else if (!err)
		print_text(shot.policy, &w);
	if (w.tasks.lost)
		log_warn("%" PRIu64 " waiting tasks are not listed: there was no room for them",
			 w.tasks.lost);
	monitor_order_free(&w.tasks);
	monitor_shot_free(&shot);
	return err;
}

static int call_dsq(struct call *call)
{
	bool json = false;
	struct monitor *m;
	char *object;
	int err;

	if (!options_parse(call, &json))
		return call->code;
	object = mem_printf("%s/harness/monitor/monitor.bpf.o", home_dir());
	print_to(NULL);
	/* Else we wait with the tasks that we list. */
	self_try_leave_class();
	m = monitor_open(&(struct monitor_setup){ .object = object, .queues = true });
	err = list_queues(m, json);
	monitor_close(m);
	free(object);
	return exit_code_of(err);
}

const struct command cmd_dsq = {
	.name = "dsq",
	.summary = "list the tasks that wait, queue by queue, in order",
	.argp = { .parser = options_pass_on,
		  .children = (const struct argp_child[]){ { &options_json, 0, NULL, 0 }, { 0 } },
		  .doc = "Lists the tasks that wait in the queues of the attached policy, in the order "
			 "in which they will be taken. Any sched_ext policy will do.\n\n"
			 "A 'dsq' is a user DSQ of the kernel in its own order: first come first "
			 "served, or by virtual time, which is then the key. 'own' is a BPF-side queue, "
			 "which the kernel does not know. Its tasks are in the order of their key "
			 "(prioq: time of arrival in ns, plus what the priority costs; so it is in the "
			 "DSQs of owners), or else of "
			 "their arrival. Where the policy reports neither, they are in no order. Where queues "
			 "belong to users or cgroups (owners) their names are beside the number. Tasks "
			 "in the kernel's own queues run next and are not listed.\n\n"
			 "Each queue is read at its own moment while tasks go on: a task that moves "
			 "meanwhile may be missing or listed twice. 'waited' is the time in custody; it "
			 "is absent where the policy keeps no ledger of scxbench." },
	.kernel = KERNEL_USED,
	.exits = "0 ok\n2 usage\n3 no policy is attached, not root, or this kernel can't be watched\n",
	.examples = "scxbench dsq\nscxbench dsq --json\n",
	.run = call_dsq,
};
