/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A plan on many machines, by Slurm: begun, gone on with, ended. */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli/fleet.h"
#include "fleet/slurm.h"
#include "fleet/tasks.h"
#include "util/cause.h"
#include "util/clock.h"
#include "util/log.h"
#include "util/mem.h"

/* The path of this very program, as the machines find it on a file system that they share. */
static int own_program(char **program)
{
	char path[PATH_MAX];
	ssize_t len = readlink("/proc/self/exe", path, sizeof(path) - 1);

	if (len < 0)
		return log_err(-CAUSE_CANT, "this program's own path can't be read: give --program");
	path[len] = 0;
	*program = mem_strdup(path);
	return 0;
}

/* "fleet-20261129-200034", in UTC */
static char *new_id(int64_t now_ns)
{
	time_t at = (time_t)(now_ns / 1000000000);
	char text[32];
	struct tm tm;

	strftime(text, sizeof(text), "fleet-%Y%m%d-%H%M%S", gmtime_r(&at, &tm));
	return mem_strdup(text);
}

static char **copy_words(char *const *words)
{
	size_t nr = 0;
	char **copy = mem_zalloc(1, sizeof(*copy));

	for (; words && words[nr]; nr++) {
		copy[nr] = mem_strdup(words[nr]);
		copy = mem_resize(copy, (nr + 2) * sizeof(*copy));
		copy[nr + 1] = NULL;
	}
	return copy;
}

static int submit_tasks(const struct campaign *c, const struct slurm_ask *ask)
{
	char *job;
	int err = slurm_submit(c, ask, &job);

	if (!err)
		printf("fleet %s: job %s, tasks %s%s%s, results in %s\n", c->id, job, ask->tasks,
		       ask->node ? " on " : "", ask->node ? ask->node : "", c->dir);
	free(job);
	return err;
}

static int fill_campaign(const struct fleet_options *o, struct campaign *c)
{
	*c = (struct campaign){ .hosts = (unsigned)o->hosts,
				.plan = mem_strdup(o->plan),
				.started_ns = (int64_t)clock_ns_of(CLOCK_REALTIME),
				.program = mem_strdup(o->program),
				.options = copy_words(o->bench),
				.partition = mem_strdup(o->partition),
				.sbatch = copy_words(o->words) };
	c->id = o->id ? mem_strdup(o->id) : new_id(c->started_ns);
	c->seed = o->seed ? o->seed : (uint64_t)c->started_ns % CAMPAIGN_MAX_SEED;
	return c->program ? 0 : own_program(&c->program);
}

static int begin_fleet(const struct fleet_options *o)
{
	struct campaign c;
	char *tasks = mem_printf("1-%u", (unsigned)o->hosts);
	int err = fill_campaign(o, &c);

	if (!err)
		err = campaign_make(&c, o->results);
	if (!err)
		err = submit_tasks(&c, &(struct slurm_ask){ .tasks = tasks });
	campaign_free(&c);
	free(tasks);
	return err;
}

/* Each of them where its samples are: on another node it would begin anew. */
static int submit_stopped(const struct fleet_options *o, const struct tasks *t)
{
	struct slurm_ask ask = { .options = o->words };
	char *tasks = tasks_anywhere(t);
	int err = 0;

	ask.tasks = tasks;
	if (*tasks)
		err = submit_tasks(t->c, &ask);
	free(tasks);
	for (unsigned n = 1; n <= t->c->hosts && !err; n++) {
		ask.node = tasks_node(t, n);
		if (!ask.node)
			continue;
		ask.tasks = tasks = mem_printf("%u", n);
		err = submit_tasks(t->c, &ask);
		free(tasks);
	}
	return err;
}

/* Only what stopped; the rest is done or goes on. */
static int resume_fleet(const struct fleet_options *o)
{
	struct campaign c;
	struct tasks t = { 0 };
	int err = campaign_load(&c, o->results, o->resume);

	if (!err && o->partition) {
		free(c.partition);
		c.partition = mem_strdup(o->partition);
	}
	if (!err)
		err = tasks_load(&c, &t);
	if (!err && !t.count[TASK_STOPPED])
		printf("fleet %s: no task is stopped\n", c.id);
	else if (!err)
		err = submit_stopped(o, &t);
	tasks_free(&t);
	campaign_free(&c);
	return err;
}

int fleet_call_run(const struct fleet_options *o)
{
	int err;

	if (o->resume && (o->hosts || o->plan || o->bench || o->id || o->seed))
		err = log_err(-CAUSE_USAGE,
			      "--resume %s goes on as it was planned: leave out the other options",
			      o->resume);
	else if (!o->resume && !o->hosts)
		err = log_err(-CAUSE_USAGE, "say on how many machines: --hosts N");
	else
		err = o->resume ? resume_fleet(o) : begin_fleet(o);
	return exit_code_of(err);
}

int fleet_call_cancel(const struct fleet_options *o)
{
	struct campaign c;
	int err = campaign_load(&c, o->results, o->words[0]);

	if (!err)
		err = slurm_cancel(&c);
	if (!err)
		printf("fleet %s: cancelled; 'scxbench fleet collect %s' takes in what ended\n", c.id, c.id);
	campaign_free(&c);
	return exit_code_of(err);
}
