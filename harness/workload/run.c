/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A workload's two verbs: each is a job, whose end and output are judged here. */
#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include "record/metric_name.h"
#include "util/last_line.h"
#include "util/log.h"
#include "workload/job.h"

static int judge_exit(const struct workload_run *run, int status, struct why *why)
{
	char line[LAST_LINE];

	if (!status)
		return 0;
	last_line(run->log_path, line);
	if (WIFSIGNALED(status))
		why_set(why, 0, "was ended by signal %d", WTERMSIG(status));
	else
		why_set(why, 0, "exited with %d", WEXITSTATUS(status));
	if (line[0])
		why_add(why, ": %s", line);
	return -ECHILD;
}

/* Runs one job; 0 when it exited with 0. */
static int call_verb(const struct workload_run *run, const char *verb, struct job_result *result,
		     struct why *why)
{
	const struct workload *w = run->workload;
	struct job job = { .path = w->path,
			   .verb = verb,
			   .env = w->env,
			   .user = workload_user(w),
			   .caps = w->caps,
			   .run = run,
			   .timeout_s = fmax(w->timeout_s, run->limit_s) };
	int err = job_run(&job, result, why);

	return err ? err : judge_exit(run, result->status, why);
}

static int parse_output(char *output, struct metrics *m, struct why *why)
{
	char *rest, *line;

	for (line = strtok_r(output, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
		int err = workload_parse_line(line, m, why);

		if (err)
			return err;
	}
	return 0;
}

/* When the result is only the time that it took, we may measure it for the workload. */
static int check_primary(const struct workload *w, struct metrics *m, double wall_s, struct why *why)
{
	if (metrics_find(m, w->primary))
		return 0;
	if (!strcmp(w->primary, METRIC_TIME)) {
		metrics_add(m, METRIC_TIME, "s", BETTER_LOWER, wall_s);
		return 0;
	}
	return why_set(why, -EBADMSG, "did not report its primary metric %s", w->primary);
}

static void fill_usage(const struct job_result *result, struct workload_usage *usage)
{
	const struct rusage *r = &result->usage;

	*usage = (struct workload_usage){
		.wall_s = result->wall_s,
		.user_s = r->ru_utime.tv_sec + r->ru_utime.tv_usec * 1e-6,
		.system_s = r->ru_stime.tv_sec + r->ru_stime.tv_usec * 1e-6,
		.nvcsw = r->ru_nvcsw,
		.nivcsw = r->ru_nivcsw,
		.minflt = r->ru_minflt,
		.majflt = r->ru_majflt,
		.maxrss_kb = r->ru_maxrss,
	};
}

/* why may quote the workload, whose bytes a terminal must not obey. */
static int log_failure(const struct workload_run *run, const char *verb, int err, struct why *why)
{
	if (!err)
		return 0;
	for (char *p = why->text; *p; p++)
		if (iscntrl((unsigned char)*p))
			*p = '?';
	return log_err(err, "workload %s (%s) %s; its log is %s", run->workload->name, verb, why->text,
		       run->log_path);
}

int workload_prepare(const struct workload_run *run, struct why *why)
{
	struct job_result result;
	int err;

	if (!run->workload->prepares)
		return 0;
	err = call_verb(run, "prepare", &result, why);
	free(result.output);
	return log_failure(run, "prepare", err, why);
}

int workload_run(const struct workload_run *run, struct metrics *m, struct workload_usage *usage,
		 struct why *why)
{
	struct job_result result;
	int err = call_verb(run, "run", &result, why);

	fill_usage(&result, usage);
	if (!err)
		err = parse_output(result.output, m, why);
	if (!err)
		err = check_primary(run->workload, m, result.wall_s, why);
	free(result.output);
	return log_failure(run, "run", err, why);
}
