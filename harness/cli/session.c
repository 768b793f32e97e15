/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/bench.h"
#include "cli/cli.h"
#include "cli/session.h"
#include "sample/host.h"
#include "sample/sample.h"
#include "store/store.h"
#include "util/fs.h"
#include "util/log.h"

static volatile sig_atomic_t interrupted;

static void on_signal(int sig)
{
	(void)sig;
	interrupted = 1;
}

static void catch_signals(void)
{
	struct sigaction sa = { .sa_handler = on_signal };

	sigaction(SIGINT, &sa, NULL);
	sigaction(SIGTERM, &sa, NULL);
	sigaction(SIGHUP, &sa, NULL);
}

/* Before anything is touched: can this machine take the plan's samples? */
static int check_machine(const struct bench *b)
{
	struct scx_state s;

	scx_state_read(&s);
	if (geteuid())
		return log_err(-EPERM, "swapping schedulers needs root: run it with sudo, or 'make %s WHERE=lab'", b->verb);
	for (unsigned i = 0; i < b->nr_policies && !s.present; i++)
		if (b->policy[i].kind != POLICY_FAIR)
			return log_err(-ENOSYS, "this kernel has no sched_ext: 'make %s WHERE=lab', or see 'scxbench doctor'",
				       b->verb);
	if (s.present && strcmp(s.state, "disabled"))
		return log_err(-EBUSY, "sched_ext scheduler '%s' is active (%s): stop it first, it is never taken over", s.ops,
			       s.state);
	return 0;
}

static int make_run_dir(const struct bench *b)
{
	char logs[4200];
	int err;

	snprintf(logs, sizeof(logs), "%s/logs", b->dir);
	if (fs_exists(b->dir))
		return log_err(-EEXIST, "run %s exists: choose another --run-id", b->run.id);
	err = fs_mkdirs(logs);
	if (err)
		return log_err(-EACCES, "%s can't be written: choose another with --results", b->dir);
	return run_write(&b->run, b->dir);
}

/* What one run has open. */
struct session {
	struct bench *b;
	struct cgroup cgroup;
	struct store *store; /* NULL with --files-only */
	struct progress *progress;
	unsigned failed;
};

static int take_item(struct session *s, size_t i)
{
	struct bench *b = s->b;
	const struct plan_item *it = &b->plan.item[i];
	const struct sample_job job = {
		.policy = &b->policy[it->policy],
		.workload = b->workload[it->workload],
		.topology = &b->topology,
		.cgroup = &s->cgroup,
		.run_dir = b->dir,
		.seed = b->run.seed,
		.audit = b->audit,
		.interrupted = &interrupted,
	};
	struct record r = {
		.seq = i + 1,
		.block = it->block,
		.boot = 1,
		.instrumented = it->instrumented,
		.policy = strdup(job.policy->text),
		.workload = strdup(job.workload->name),
	};
	int err;

	progress_sample(s->progress, i);
	err = sample_take(&job, &r);
	if (!err)
		err = record_write(&r, b->dir);
	if (!err && s->store)
		err = store_take_sample(s->store, b->run.id, &r);
	if (!err) {
		progress_ended(s->progress, i, &r);
		s->failed += b->purpose->failed(&r);
	}
	record_free(&r);
	return err;
}

static int take_all(struct session *s)
{
	int err = 0;

	for (size_t i = 0; i < s->b->plan.nr && !err; i++)
		err = interrupted ? -ECANCELED : take_item(s, i);
	return err;
}

static int open_store(struct session *s)
{
	char path[4200];
	int err;

	if (s->b->opt.files_only)
		return 0;
	snprintf(path, sizeof(path), "%s/scxbench.db", s->b->opt.results);
	err = store_open(path, true, &s->store);
	return err ? err : store_take_run(s->store, s->b->dir);
}

static int run_session(struct session *s)
{
	int err = cgroup_make("scxbench", &s->cgroup);

	if (err)
		return err;
	err = host_prepare();
	if (!err) {
		s->progress = progress_begin(s->b);
		err = take_all(s);
		progress_end(s->progress);
		host_restore();
	}
	cgroup_remove(&s->cgroup);
	return err;
}

/* The result, or with --files-only where the files are. */
static int show(struct session *s)
{
	log_progress_end();
	if (s->store)
		return s->b->purpose->show(s->b, s->store);
	printf("%s\n", s->b->dir);
	return 0;
}

static int take_run(struct bench *b)
{
	struct session s = { .b = b };
	int err = check_machine(b), shown = 0;

	if (!err)
		err = make_run_dir(b);
	if (err)
		return cli_exit_code(err);
	err = open_store(&s);
	if (!err) {
		err = run_session(&s);
		shown = show(&s);
	}
	store_close(s.store);
	if (err == -ECANCELED)
		log_warn("interrupted: the samples so far are kept in %s", b->dir);
	if (err || shown)
		return cli_exit_code(err ? err : shown);
	return s.failed ? EXIT_CODE_FAILED : EXIT_CODE_OK;
}

int session_main(struct bench *b)
{
	int code = EXIT_CODE_OK, err;

	b->home = cli_home();
	catch_signals();
	err = bench_resolve(b);
	if (err)
		code = cli_exit_code(err);
	else if (b->opt.dry_run)
		bench_print_plan(b);
	else
		code = take_run(b);
	bench_free(b);
	return code;
}
