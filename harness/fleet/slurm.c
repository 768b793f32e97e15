/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fleet/slurm.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "text/utc.h"
#include "util/cause.h"
#include "util/child.h"
#include "util/fs.h"
#include "util/log.h"
#include "util/mem.h"
#include "util/search_path.h"

#define DAY_NS 86400000000000

/* What the command printed, to be freed. */
static int ask_slurm(const struct campaign *c, struct child *child, char **text)
{
	char *name = mem_printf(".%s.%d", child->argv[0], (int)getpid()), *path = campaign_file(c, name),
	     *program = mem_strdup(child->argv[0]);
	int code = child_run(child, path), err = code ? -CAUSE_FAILED : fs_read(path, text, NULL);

	unlink(path);
	if (code)
		log_err(err, "%s ended with %d", program, code);
	free(program);
	free(path);
	free(name);
	return err;
}

static int find_slurm(const char *program)
{
	return search_path_has(program)
		       ? 0
		       : log_err(-CAUSE_CANT,
				 "there is no %s: install Slurm's client here (Debian: slurm-client)",
				 program);
}

/* Takes the text over. */
static void add_arg(struct child *child, char *text)
{
	child_arg(child, text);
	free(text);
}

static void add_options(struct child *child, char *const *options)
{
	for (; options && *options; options++)
		child_arg(child, *options);
}

static void fill_sbatch(const struct campaign *c, const struct slurm_ask *ask, struct child *child)
{
	child_arg(child, "sbatch");
	child_arg(child, "--parsable");
	add_arg(child, mem_printf("--job-name=scxbench-%s", c->id));
	add_arg(child, mem_printf("--array=%s", ask->tasks));
	child_arg(child, "--nodes=1");
	child_arg(child, "--exclusive");
	child_arg(child, "--requeue");
	child_arg(child, "--open-mode=append");
	add_arg(child, mem_printf("--output=%s/task-%%a.log", c->dir));
	if (c->partition)
		add_arg(child, mem_printf("--partition=%s", c->partition));
	add_options(child, c->sbatch);
	if (ask->node)
		add_arg(child, mem_printf("--nodelist=%s", ask->node));
	add_options(child, ask->options);
	add_arg(child, campaign_file(c, "task"));
}

int slurm_submit(const struct campaign *c, const struct slurm_ask *ask, char **job)
{
	struct child child = { 0 };
	int err = find_slurm("sbatch");

	*job = NULL;
	if (err)
		return err;
	fill_sbatch(c, ask, &child);
	err = ask_slurm(c, &child, job);
	if (!err)
		(*job)[strcspn(*job, ";\n")] = 0;
	return err;
}

int slurm_cancel(const struct campaign *c)
{
	struct child child = { 0 };
	char *text = NULL;
	int err = find_slurm("scancel");

	if (err)
		return err;
	child_arg(&child, "scancel");
	add_arg(&child, mem_printf("--name=scxbench-%s", c->id));
	err = ask_slurm(c, &child, &text);
	free(text);
	return err;
}

static void set_task(struct slurm_task *t, const char *state, const char *node, const char *why)
{
	free(t->state);
	free(t->node);
	free(t->why);
	t->state = mem_printf("%.*s", (int)strcspn(state, " "), state); /* "CANCELLED by 1000" */
	t->node = node && *node && strcmp(node, "None assigned") ? mem_strdup(node) : NULL;
	t->why = why && *why && strcmp(why, "None") ? mem_strdup(why) : NULL;
}

/* Of "12_3" or "3" the 3, from 1 to nr; 0: it is none of ours. */
static unsigned task_number(const char *text, unsigned nr)
{
	const char *last = strrchr(text, '_');
	unsigned long n = strtoul(last ? last + 1 : text, NULL, 10);

	return n <= nr ? (unsigned)n : 0;
}

/* Lines "12_3|STATE|NODE|WHY"; later ones are of later jobs. */
static void read_lines(const struct campaign *c, char *text, struct slurm_task *tasks, int queued)
{
	char *line;

	while ((line = strsep(&text, "\n"))) {
		char *id = strsep(&line, "|"), *state = strsep(&line, "|"), *node = strsep(&line, "|");
		unsigned n = state ? task_number(id, c->hosts) : 0;

		if (!n)
			continue;
		set_task(&tasks[n - 1], state, node, line);
		tasks[n - 1].queued = queued;
	}
}

static void ask_accounting(const struct campaign *c, struct slurm_task *tasks)
{
	struct child child = { 0 };
	char day[11], *text = NULL;

	if (find_slurm("sacct"))
		return;
	utc_day(c->started_ns - DAY_NS, day); /* wherever the clocks of the machines are */
	child_arg(&child, "sacct");
	child_arg(&child, "--noheader");
	child_arg(&child, "--parsable2");
	child_arg(&child, "--allocations");
	child_arg(&child, "--allusers");
	add_arg(&child, mem_printf("--name=scxbench-%s", c->id));
	add_arg(&child, mem_printf("--starttime=%s", day));
	child_arg(&child, "--format=JobID,State,NodeList");
	if (ask_slurm(c, &child, &text))
		log_warn("without Slurm's accounting only files say what became of tasks that ended");
	else
		read_lines(c, text, tasks, 0);
	free(text);
}

int slurm_tasks(const struct campaign *c, struct slurm_task **tasks)
{
	struct child child = { 0 };
	char *text = NULL;
	int err = find_slurm("squeue");

	*tasks = mem_zalloc(c->hosts, sizeof(**tasks));
	if (err)
		return err;
	ask_accounting(c, *tasks);
	child_arg(&child, "squeue");
	child_arg(&child, "--noheader");
	child_arg(&child, "--array");
	add_arg(&child, mem_printf("--name=scxbench-%s", c->id));
	child_arg(&child, "--format=%K|%T|%N|%r");
	err = ask_slurm(c, &child, &text);
	if (!err)
		read_lines(c, text, *tasks, 1);
	free(text);
	return err;
}

void slurm_free(struct slurm_task *tasks, unsigned nr)
{
	for (unsigned i = 0; tasks && i < nr; i++) {
		free(tasks[i].state);
		free(tasks[i].node);
		free(tasks[i].why);
	}
	free(tasks);
}
