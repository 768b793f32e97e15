/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "run/session.h"
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "run/bench.h"
#include "util/cause.h"
#include "util/home.h"
#include "run/session_take.h"
#include "collect/env.h"
#include "host/host.h"
#include "host/needs.h"
#include "policy/needs.h"
#include "store/store.h"
#include "util/fs.h"
#include "util/guest.h"
#include "util/interrupt.h"
#include "util/log.h"
#include "util/look.h"
#include "util/mem.h"
#include "util/owner.h"

/* Before any change: can any sample of the plan succeed on this machine? All that stands in the way is
 * logged. */
static int check_machine(const struct bench *b)
{
	enum finding_level level = FINDING_NO_SAMPLE;
	struct findings f = { 0 };
	bool below = false, audited = b->opt.outside == OUTSIDE_INSTRUMENTED;
	int err;

	host_needs(&f);
	for (unsigned i = 0; i < b->nr_policies; i++) {
		if (b->policy[i].kind != POLICY_FAIR)
			level = FINDING_NO_POLICY;
		below |= b->policy[i].parent != NULL;
		audited |= b->opt.outside == OUTSIDE_EVERY ||
			   (b->opt.outside == OUTSIDE_FOREIGN && b->foreign[i]);
	}
	if (below)
		policy_needs_below(&f);
	if (audited)
		policy_needs_audit(&f);
	err = findings_refuse(&f, level);
	findings_free(&f);
	return err;
}

static int make_run_dir(const struct bench *b)
{
	char *logs;
	int err;

	if (fs_exists(b->dir))
		return log_err(-CAUSE_EXISTS, "run %s exists: choose another --run-id", b->run.id);
	logs = mem_printf("%s/logs", b->dir);
	err = fs_mkdirs(logs);
	free(logs);
	if (err)
		err = log_err(-CAUSE_CANT, "%s can't be written: %s: choose another with --results", b->dir,
			      strerror(-err));
	else
		err = run_write(&b->run, b->dir);
	if (err && fs_exists(b->dir))
		fs_remove_tree(b->dir);
	return err;
}

/* Removes files that a killed run had not renamed yet. Nothing reads them. */
static int remove_halves(const struct bench *b)
{
	char *pattern = mem_printf("%s/*.json.tmp.*", b->dir);
	glob_t g = { 0 };

	if (!glob(pattern, 0, NULL, &g))
		for (size_t i = 0; i < g.gl_pathc; i++)
			owner_unlink(g.gl_pathv[i]);
	globfree(&g);
	free(pattern);
	return 0;
}

/* Also when no sample is left: what a run that was killed left in the cgroup goes. */
static int run_session(struct session *s)
{
	int err = cgroup_make("scxbench", &s->cgroup);

	if (err)
		return err;
	s->policies.home = s->b->home;
	err = session_take(s);
	policy_kept_free(&s->policies);
	collect_kept_free(&s->kept);
	cgroup_remove(&s->cgroup);
	return err;
}

/* From now on the samples that were taken are the plan. */
static int end_run(struct session *s)
{
	struct run *run = &s->b->run;
	int err;

	if (s->b->opt.precision || s->b->opt.time_budget)
		log_info("%s", s->why);
	run->ended = s->why;
	s->why = NULL;
	run->blocks = s->b->spec.blocks;
	run->planned = s->seq - s->retakes;
	err = run_write(run, s->b->dir);
	return !err && s->store ? store_take_run(s->store, s->b->dir) : err;
}

static int take_samples(struct session *s)
{
	int err = session_boot(s);

	s->b->run.planned = bench_planned(s->b, s->boot);
	s->took_s = mem_zalloc(s->b->nr_workloads, sizeof(*s->took_s));
	s->progress = progress_begin(s->b);
	s->stopping = stopping_begin(s->b);
	if (!err)
		err = session_replay(s);
	if (!err && s->b->opt.boot)
		session_skip(s);
	if (!err)
		err = run_session(s);
	if (!err && session_is_over(s) && !s->b->run.ended)
		err = end_run(s);
	stopping_end(s->stopping);
	progress_end(s->progress);
	free(s->why);
	free(s->again);
	free(s->took_s);
	return err;
}

/* Shows the result, or with --files-only the place of the files. */
static int session_show(struct session *s)
{
	log_progress_end();
	if (s->store)
		return s->b->purpose->show(s->b, s->store);
	printf("%s\n", s->b->dir);
	return 0;
}

/* Says why samples are left, or the run's end is, and how to go on. */
static void log_what_is_left(const struct session *s, int err)
{
	const struct run *run = &s->b->run;
	const char *why = err == -CAUSE_DISK ? "stopped" : "interrupted";
	bool lab = !strcmp(run->where, "lab");

	if (err != -CAUSE_DISK && (session_is_over(s) || (err && err != -CAUSE_INTERRUPTED)))
		return;
	if (!err)
		log_info("boot %u of run %s has taken its share, %u samples so far: the next boot continues",
			 s->boot, run->id, s->seq);
	else if (s->b->purpose->plan)
		log_warn("%s: the samples so far are kept in %s", why, s->b->dir);
	else
		log_warn("%s: the samples so far are kept; '%s --resume %s%s' continues", why,
			 lab ? "make bench WHERE=lab ARGS=\"" : "scxbench bench", run->id, lab ? "\"" : "");
}

/* The host is now as the run asks, which the run's environment must show. */
static int session_begin(struct session *s)
{
	struct bench *b = s->b;
	int err = 0;

	/*
	 * First, so that a run that can't be stored, because another process has the store, leaves nothing
	 * behind.
	 */
	if (!b->opt.files_only)
		err = store_open_in(b->opt.results, STORE_CREATE, &s->store);
	if (!err && !b->opt.resume)
		env_settings(&b->run);
	if (!err)
		err = b->opt.resume ? remove_halves(b) : make_run_dir(b);
	if (err)
		return err;
	err = host_publish_run(b->dir);
	if (!err && s->store)
		err = store_take_run(s->store, b->dir);
	if (err && !b->opt.resume)
		fs_remove_tree(b->dir);
	return err;
}

static void log_prospect(const struct session *s)
{
	char *prospect;

	if (!bench_has_prospect(s->b) || s->b->opt.resume)
		return;
	prospect = bench_prospect(s->b, s->store);
	log_info("%s", prospect);
	free(prospect);
}

/* The last words: what must not go unnoticed, however much was printed since. */
static void log_left_in(const struct bench *b)
{
	struct scx_state s;
	char *way;

	scx_state_read(&s);
	if (!s.present || strcmp(s.state, "enabled") != 0) {
		log_warn(
			"run %s ends with %d: a command left its scheduler in, which was then stopped: it must "
			"stay in the foreground",
			b->run.id, EXIT_CODE_CANT);
		return;
	}
	way = policy_way_out(s.ops);
	log_warn("run %s ends with %d: a command left its scheduler '%s' in, which is still enabled: %s",
		 b->run.id, EXIT_CODE_CANT, s.ops, way);
	free(way);
}

static int take_run(struct bench *b)
{
	struct session s = { .b = b };
	int err = check_machine(b), begun, shown = 0;

	b->opt.wish.policy = b->policy;
	b->opt.wish.nr_policies = b->nr_policies;
	if (!err)
		err = host_prepare(&b->opt.wish);
	if (err)
		return exit_code_of(err);
	begun = err = session_begin(&s);
	if (!err) {
		log_prospect(&s);
		err = take_samples(&s);
	}
	host_restore();
	if (!begun) {
		log_what_is_left(&s, err);
		if (err != -CAUSE_DISK)
			shown = session_show(&s);
	}
	store_close(s.store);
	if (err == -CAUSE_LEFT_IN)
		log_left_in(b);
	if (err || shown)
		return exit_code_of(err ? err : shown);
	if (!s.failed)
		return EXIT_CODE_OK;
	log_warn("run %s ends with %d: %u sample%s of it %s not ok", b->run.id, EXIT_CODE_FAILED, s.failed,
		 s.failed == 1 ? "" : "s", s.failed == 1 ? "is" : "are");
	return EXIT_CODE_FAILED;
}

/*
 * What a killed run left set must not be taken for the machine's own. Where nothing can be recovered,
 * check_machine() says why in its turn.
 */
static int recover_settings(void)
{
	struct scx_state s;

	if (!geteuid())
		policy_sweep();
	scx_state_read(&s);
	return geteuid() || (s.present && strcmp(s.state, "disabled")) ? 0 : host_recover();
}

int session_main(struct bench *b)
{
	int code = EXIT_CODE_OK, err;

	b->home = home_dir();
	interrupt_catch();
	look_hold();
	err = b->opt.dry_run || guest_ahead() ? 0 : recover_settings();
	if (!err)
		err = bench_resolve(b);
	if (err)
		code = exit_code_of(err);
	else if (b->opt.dry_run)
		bench_print_plan(b);
	else if (guest_ahead())
		code = EXIT_CODE_GUEST;
	else
		code = take_run(b);
	bench_free(b);
	return code;
}
