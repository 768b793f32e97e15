/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An executable says what it is. */
#include <errno.h>
#include <stdlib.h>
#include "util/cause.h"
#include "util/log.h"
#include "workload/describe.h"
#include "workload/job.h"

#define DESCRIBE_S 30

int describe_ask(const char *path, const struct workload_caller *as, struct workload **list, struct why *why)
{
	struct job job = {
		.path = path, .verb = "--describe", .env = as->env, .user = as->user, .timeout_s = DESCRIBE_S
	};
	size_t had = workload_count(*list);
	struct job_result result;
	int err = job_run(&job, &result, why);

	if (err == -EACCES && as->user)
		err = log_err(
			-CAUSE_USAGE,
			"user %s, as which workloads run, can't read and execute %s: change its mode or "
			"place, or name another user with --user",
			as->user->name, path);
	else if (!err && result.status)
		err = why_set(why, -EBADMSG, "failed");
	else
		err = err || describe_parse(path, result.output, list, why) ? -EBADMSG : 0;
	free(result.output);
	for (struct workload *w = *list + had; w->name; w++) {
		w->env = as->env;
		w->user = as->user;
	}
	return err;
}

int describe_double(const struct workload *a, const struct workload *b)
{
	return log_err(-CAUSE_USAGE, "two workloads are named '%s': rename %s or %s", a->name, a->path,
		       b->path);
}
