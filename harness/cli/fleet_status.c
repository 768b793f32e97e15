/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How far a fleet's run is, and what ended of it into the store. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli/fleet.h"
#include "fleet/tasks.h"
#include "judge/fleet_cells.h"
#include "record/json.h"
#include "text/grid.h"
#include "util/cause.h"
#include "util/mem.h"

static char *text_or_dash(const char *text)
{
	return mem_strdup(text ? text : "-");
}

static void add_task(struct grid *g, const struct tasks *t, unsigned i)
{
	const struct task_run *best = task_best(&t->task[i]);
	const struct slurm_task *slurm = &t->slurm[i];
	char *number = mem_printf("%u", i + 1), **cell = grid_row(g, true, number);

	cell[1] = mem_strdup(task_state_name(t->task[i].state));
	cell[2] = slurm->why ? mem_printf("%s, %s", slurm->state, slurm->why) : text_or_dash(slurm->state);
	cell[3] = text_or_dash(slurm->node);
	cell[4] = best ? mem_printf("%u of %u", best->samples, best->planned) : mem_strdup("-");
	cell[5] = mem_printf("%u", t->task[i].starts);
	cell[6] = text_or_dash(best ? best->id : NULL);
	free(number);
}

static void print_table(const struct tasks *t)
{
	static const struct grid_column columns[] = {
		{ "task", GRID_NUMBER, 0 }, { "state", GRID_TEXT, 0 },	   { "Slurm", GRID_TEXT, 0 },
		{ "node", GRID_TEXT, 0 },   { "samples", GRID_NUMBER, 0 }, { "starts", GRID_NUMBER, 0 },
		{ "run", GRID_TEXT, 0 }
	};
	char *answer = tasks_answer(t);
	struct grid g;

	grid_begin(&g, columns, sizeof(columns) / sizeof(*columns));
	for (unsigned i = 0; i < t->c->hosts; i++)
		add_task(&g, t, i);
	grid_print(&g);
	printf("%s", answer);
	grid_free(&g);
	free(answer);
}

static json_t *task_object(const struct tasks *t, unsigned i)
{
	const struct task_run *best = task_best(&t->task[i]);
	const struct slurm_task *slurm = &t->slurm[i];

	return json_pack("{s:i,s:s,s:o,s:o,s:o,s:i,s:i,s:i}", "task", (int)i + 1, "state",
			 task_state_name(t->task[i].state), "slurm", json_from_text(slurm->state), "node",
			 json_from_text(slurm->node), "run", json_from_text(best ? best->id : NULL),
			 "samples", best ? (int)best->samples : 0, "planned", best ? (int)best->planned : 0,
			 "starts", (int)t->task[i].starts);
}

static void print_json(const struct tasks *t)
{
	json_t *list = json_array(), *root;
	char *answer = tasks_answer(t);

	for (unsigned i = 0; i < t->c->hosts; i++)
		json_array_append_new(list, task_object(t, i));
	root = json_pack("{s:i,s:o,s:o,s:i,s:o}", "schema", 1, "id", json_from_text(t->c->id), "answer",
			 json_from_text(answer), "machines", (int)t->machines, "tasks", list);
	json_dumpf(root, stdout, JSON_INDENT(1));
	putchar('\n');
	json_decref(root);
	free(answer);
}

static int take_task(struct store *store, const struct task *t)
{
	int err = 0;

	for (size_t i = 0; i < t->nr; i++) {
		int failed = store_take_run(store, t->run[i].dir);

		if (failed && !err)
			err = failed;
	}
	return err;
}

/* What one machine left damaged keeps nothing of the others out. */
static int take_tasks(const char *results, const struct tasks *t)
{
	struct store *store;
	int kept, err = store_open_in(results, STORE_CREATE, &store);

	if (err)
		return err;
	for (unsigned i = 0; i < t->c->hosts; i++) {
		int failed = take_task(store, &t->task[i]);

		if (failed && !err)
			err = failed;
	}
	kept = fleet_keep(store);
	store_close(store);
	return err ? err : kept;
}

static int show_fleet(const struct fleet_options *o, bool take)
{
	struct campaign c;
	struct tasks t = { 0 };
	int err = campaign_load(&c, o->results, o->words[0]), code = 0;

	if (!err)
		err = tasks_load(&c, &t);
	if (!err && take)
		err = take_tasks(o->results, &t);
	if (!err) {
		(o->json ? print_json : print_table)(&t);
		code = tasks_code(&t);
	}
	tasks_free(&t);
	campaign_free(&c);
	return err ? exit_code_of(err) : code;
}

int fleet_call_status(const struct fleet_options *o)
{
	return show_fleet(o, false);
}

int fleet_call_collect(const struct fleet_options *o)
{
	return show_fleet(o, true);
}
