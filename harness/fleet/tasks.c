/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fleet/tasks.h"

#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include "record/record.h"
#include "text/buf.h"
#include "util/cause.h"
#include "util/fs.h"
#include "util/mem.h"

static unsigned count_samples(const char *dir)
{
	char **path;
	unsigned n = 0;

	run_samples(dir, &path);
	while (path[n])
		n++;
	run_samples_free(path);
	return n;
}

/* One whose run.json is not there yet, or damaged, is none. */
static void add_run(struct task *t, const char *dir)
{
	struct run run;
	struct task_run *r;

	if (run_read(dir, &run))
		return;
	t->run = mem_grow(t->run, t->nr, sizeof(*t->run));
	r = &t->run[t->nr++];
	*r = (struct task_run){ .dir = mem_strdup(dir),
				.id = mem_strdup(run.id),
				.host = mem_strdup(run.host),
				.samples = count_samples(dir),
				.planned = run.planned,
				.ended = run.ended };
	run_free(&run);
}

static unsigned count_starts(const char *path)
{
	char *text = NULL;
	unsigned n = 0;

	if (fs_read(path, &text, NULL))
		return 0;
	for (const char *c = text; *c; c++)
		n += *c == '\n';
	free(text);
	return n;
}

static void load_files(const struct campaign *c, unsigned number, struct task *t)
{
	char *pattern = mem_printf("%s/task-%u/runs/*/run.json", c->dir, number),
	     *starts = mem_printf("%s/task-%u/starts", c->dir, number);
	glob_t found = { 0 };

	glob(pattern, 0, NULL, &found);
	for (size_t i = 0; i < found.gl_pathc; i++) {
		*strrchr(found.gl_pathv[i], '/') = 0;
		add_run(t, found.gl_pathv[i]);
	}
	t->starts = count_starts(starts);
	globfree(&found);
	free(starts);
	free(pattern);
}

static enum task_state state_of(const struct task *t, const struct slurm_task *slurm)
{
	for (size_t i = 0; i < t->nr; i++)
		if (t->run[i].ended)
			return TASK_DONE;
	if (!slurm->queued)
		return TASK_STOPPED;
	return strcmp(slurm->state, "PENDING") ? TASK_RUNS : TASK_WAITS;
}

static bool is_counted(const struct tasks *t, unsigned before, const char *host)
{
	for (unsigned i = 0; i < before; i++)
		for (size_t k = 0; k < t->task[i].nr; k++)
			if (t->task[i].run[k].ended && t->task[i].run[k].host &&
			    !strcmp(t->task[i].run[k].host, host))
				return true;
	return false;
}

static void count_machines(struct tasks *t, unsigned i)
{
	for (size_t k = 0; k < t->task[i].nr; k++)
		if (t->task[i].run[k].ended && t->task[i].run[k].host &&
		    !is_counted(t, i, t->task[i].run[k].host))
			t->machines++;
}

int tasks_load(const struct campaign *c, struct tasks *t)
{
	int err;

	*t = (struct tasks){ .c = c, .task = mem_zalloc(c->hosts, sizeof(*t->task)) };
	err = slurm_tasks(c, &t->slurm);
	for (unsigned i = 0; i < c->hosts && !err; i++) {
		load_files(c, i + 1, &t->task[i]);
		t->task[i].state = state_of(&t->task[i], &t->slurm[i]);
		t->count[t->task[i].state]++;
		count_machines(t, i);
	}
	return err;
}

void tasks_free(struct tasks *t)
{
	for (unsigned i = 0; t->task && i < t->c->hosts; i++) {
		for (size_t k = 0; k < t->task[i].nr; k++) {
			free(t->task[i].run[k].dir);
			free(t->task[i].run[k].id);
			free(t->task[i].run[k].host);
		}
		free(t->task[i].run);
	}
	if (t->c)
		slurm_free(t->slurm, t->c->hosts);
	free(t->task);
}

const char *task_state_name(enum task_state state)
{
	static const char *const names[NR_TASK_STATES] = { "done", "waits", "runs", "stopped" };

	return names[state];
}

const struct task_run *task_best(const struct task *t)
{
	const struct task_run *best = NULL;

	for (size_t i = 0; i < t->nr; i++)
		if (!best || (t->run[i].ended && !best->ended) ||
		    (t->run[i].ended == best->ended && t->run[i].samples > best->samples))
			best = &t->run[i];
	return best;
}

const char *tasks_node(const struct tasks *t, unsigned number)
{
	const struct task *task = &t->task[number - 1];
	const struct task_run *best = task_best(task);
	const char *node = NULL;
	char *before;

	if (task->state != TASK_STOPPED || !best || !best->samples)
		return NULL;
	before = mem_printf("%s-%u-", t->c->id, number);
	if (!strncmp(best->id, before, strlen(before)))
		node = best->id + strlen(before);
	free(before);
	return node;
}

char *tasks_anywhere(const struct tasks *t)
{
	struct buf b = { 0 };

	buf_put(&b, "");
	for (unsigned n = 1; n <= t->c->hosts; n++)
		if (t->task[n - 1].state == TASK_STOPPED && !tasks_node(t, n))
			buf_printf(&b, "%s%u", b.len ? "," : "", n);
	return buf_take(&b);
}

char *tasks_answer(const struct tasks *t)
{
	unsigned done = t->count[TASK_DONE];
	struct buf b = { 0 };

	buf_printf(&b, "%u of %u tasks are done", done, t->c->hosts);
	for (int s = TASK_WAITS; s < NR_TASK_STATES; s++)
		if (t->count[s])
			buf_printf(&b, ", %u %s", t->count[s], task_state_name((enum task_state)s));
	buf_printf(&b, "; %u machine%s.\n", t->machines, t->machines == 1 ? "" : "s");
	if (t->machines < done)
		buf_put(&b, "Some machines took several tasks: each counts once, by its latest run.\n");
	if (t->count[TASK_STOPPED])
		buf_printf(
			&b,
			"Samples of stopped tasks that ended are kept: 'scxbench fleet run --resume %s' goes on "
			"with them.\n",
			t->c->id);
	return buf_take(&b);
}

int tasks_code(const struct tasks *t)
{
	if (t->count[TASK_DONE] == t->c->hosts)
		return EXIT_CODE_OK;
	return t->count[TASK_STOPPED] ? EXIT_CODE_FAILED : EXIT_CODE_INCONCLUSIVE;
}
