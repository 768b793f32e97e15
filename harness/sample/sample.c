/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sample/sample.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "collect/collect.h"
#include "host/fair.h"
#include "record/metric_name.h"
#include "sample/elsewhere.h"
#include "sample/scratch.h"
#include "sample/settle.h"
#include "sample/swap.h"
#include "sample/verify.h"
#include "util/cause.h"
#include "util/clock.h"
#include "util/fs.h"
#include "util/interrupt.h"
#include "util/log.h"
#include "util/mem.h"

#define MAX_SOURCES 16
#define GIVEN_UP 1 /* result of a step: the sample ended badly and has the reason; undo and record it */

/* The state that the steps of one sample share. */
struct taking {
	const struct sample_job *job;
	struct record *r;
	struct policy *policy;
	struct changes fair; /* its settings, until they are put back */
	struct source *source[MAX_SOURCES];
	struct scratch scratch;
	char *log; /* of the last log_path() */
	int stats_fd;
	struct swap swap;
	struct elsewhere *elsewhere; /* while a policy is measured */
	double suspended_s;
	double step_s; /* when the present step began */
};

static void step_ends(struct taking *t, const char *name)
{
	double now = clock_s();

	metrics_add(&t->r->metrics, name, "s", BETTER_LOWER, now - t->step_s);
	t->step_s = now;
}

/* Called at least once a second while something runs. Signals life to the holder and checks for an end. */
static bool sample_beat(void *ctx)
{
	struct taking *t = ctx;

	if (t->elsewhere)
		elsewhere_look(t->elsewhere);
	return (!t->policy || policy_beat(t->policy)) && !interrupted();
}

static int give_up(struct taking *t, enum status status, const char *why)
{
	if (interrupted())
		return -CAUSE_INTERRUPTED;
	t->r->status = status;
	free(t->r->why);
	t->r->why = strdup(why);
	return GIVEN_UP;
}

static const char *log_path(struct taking *t, const char *what)
{
	free(t->log);
	return t->log = run_log_path(t->job->run_dir, t->r->seq, what);
}

static struct workload_run workload_run_of(struct taking *t)
{
	return (struct workload_run){
		.workload = t->job->workload,
		.cgroup = t->job->cgroup,
		.cpus = topology_allowed(t->job->topology),
		.seed = t->job->seed + t->r->block,
		.sched_ext = t->swap.partial,
		.scratch = t->scratch.path,
		.log_path = log_path(t, "workload"),
		.limit_s = t->job->limit_s,
		.beat = sample_beat,
		.ctx = t,
	};
}

static struct source_ctx source_ctx_of(const struct taking *t)
{
	return (struct source_ctx){
		.policy = t->policy,
		.cgroup = t->job->cgroup,
		.topology = t->job->topology,
		.out_dir = t->job->run_dir,
		.seq = t->r->seq,
		.instrumented = t->r->instrumented,
		.stats = t->stats_fd >= 0,
		.kept = t->job->kept,
		.home = t->job->home,
		.first = t->job->first,
		.audited = t->job->audited,
		.outside = t->job->outside,
	};
}

static void load_sources(struct taking *t)
{
	const struct source_ctx ctx = source_ctx_of(t);

	for (int i = 0; collect_sources[i]; i++)
		if (collect_sources[i]->load)
			collect_sources[i]->load(&ctx);
}

/* Errors that every later sample would have too: the run must end. */
static bool is_fatal(int err)
{
	return err == -CAUSE_BUSY || err == -CAUSE_CANT || err == -CAUSE_LEFT_IN;
}

static int sample_load(struct taking *t)
{
	const struct policy_setup setup = {
		.topology = t->job->topology,
		.cgroup_id = t->job->cgroup->id,
		.detail = t->r->instrumented,
		.kept = t->job->policies,
		.attach_limit_s = t->job->attach_limit_s,
		.log_path = log_path(t, "policy"),
	};
	int err = swap_load(&t->swap, &setup, &t->policy, t->r);

	if (!err || is_fatal(err))
		return err;
	return give_up(t, STATUS_FAILED,
		       err == -CAUSE_REFUSED ? log_last_err() : "the policy could not be loaded");
}

static int sample_prepare(struct taking *t)
{
	struct workload_run run = workload_run_of(t);
	struct why why = { 0 };
	int err = scratch_make(&t->scratch, workload_user(t->job->workload));

	if (err)
		return err;
	if (workload_prepare(&run, &why))
		return give_up(t, STATUS_FAILED, why.text);
	step_ends(t, METRIC_STEP "prepare");
	load_sources(t);
	err = sample_load(t);
	step_ends(t, METRIC_STEP "load");
	return err;
}

static void prove_fair(struct taking *t, enum proof_check check)
{
	const struct policy_spec *spec = t->job->policy;

	if (spec->kind == POLICY_FAIR && spec->nr_knobs)
		record_prove(t->r, fair_is_set(spec), check, "%s", spec->given);
}

static int sample_attach(struct taking *t)
{
	int err;

	collect_spin(t->r);
	err = swap_attach(&t->swap, t->policy, t->r);
	if (!err && t->job->policy->kind == POLICY_FAIR)
		err = fair_set(t->job->policy, &t->fair);
	if (!err)
		prove_fair(t, PROOF_FAIR_SET);
	step_ends(t, METRIC_STEP "attach");
	if (!err || is_fatal(err))
		return err;
	/* The policy's end has its status and why, see policy_attach(). */
	return interrupted() ? -CAUSE_INTERRUPTED : GIVEN_UP;
}

static int sample_settle(struct taking *t)
{
	const struct workload_run run = workload_run_of(t);
	int err = settle(&run, t->policy, &t->r->metrics);

	step_ends(t, METRIC_STEP "settle");
	return err ? give_up(t, STATUS_VOID, "the policy was detached before the measurement began") : 0;
}

static void begin_sources(struct taking *t)
{
	struct source_ctx ctx;

	if (t->r->instrumented)
		t->stats_fd = policy_stats_on();
	ctx = source_ctx_of(t);
	for (int i = 0; collect_sources[i]; i++) {
		t->source[i] = collect_sources[i]->begin(&ctx);
		sample_beat(t);
	}
}

/* In reverse order, so that the last one (our own CPU time) does not count the end of the others. */
static void end_sources(struct taking *t)
{
	int nr = 0;

	while (collect_sources[nr])
		nr++;
	while (nr--)
		if (t->source[nr])
			collect_sources[nr]->end(t->source[nr], &t->r->metrics);
	if (t->stats_fd >= 0)
		close(t->stats_fd);
	t->stats_fd = -1;
}

static void add_usage(struct metrics *m, const struct workload_usage *u)
{
	metrics_add(m, METRIC_WALL, "s", BETTER_NONE, u->wall_s);
	metrics_add(m, "rusage.user", "s", BETTER_NONE, u->user_s);
	metrics_add(m, "rusage.system", "s", BETTER_NONE, u->system_s);
	metrics_add(m, METRIC_NVCSW, "count", BETTER_NONE, u->nvcsw);
	metrics_add(m, METRIC_NIVCSW, "count", BETTER_NONE, u->nivcsw);
	metrics_add(m, "rusage.minflt", "count", BETTER_NONE, u->minflt);
	metrics_add(m, "rusage.majflt", "count", BETTER_NONE, u->majflt);
	metrics_add(m, "rusage.maxrss", "kB", BETTER_NONE, u->maxrss_kb);
}

static int sample_measure(struct taking *t)
{
	struct workload_run run = workload_run_of(t);
	struct workload_usage usage = { 0 };
	uint64_t before = 0, after = 0;
	double suspended_s = clock_suspended_s();
	struct why why = { 0 };
	double start;
	int err;

	begin_sources(t);
	step_ends(t, METRIC_STEP "begin");
	if (t->job->policy->kind != POLICY_FAIR)
		t->elsewhere = elsewhere_begin(t->job->cgroup);
	start = clock_s();
	cgroup_cpu_ns(t->job->cgroup, &before);
	err = workload_run(&run, &t->r->metrics, &usage, &why);
	t->r->window_s = clock_s() - start;
	/* A policy counts what a task ran when the task is dead. */
	cgroup_kill(t->job->cgroup);
	cgroup_cpu_ns(t->job->cgroup, &after);
	t->suspended_s = clock_suspended_s() - suspended_s;
	step_ends(t, METRIC_STEP "workload");
	end_sources(t);
	step_ends(t, METRIC_STEP "end");
	add_usage(&t->r->metrics, &usage);
	metrics_add(&t->r->metrics, METRIC_CGROUP_CPU, "ns", BETTER_NONE, after - before);
	if (err == -ECANCELED)
		return give_up(t, STATUS_VOID, "the policy was detached before the workload ended");
	return err ? give_up(t, STATUS_FAILED, why.text) : 0;
}

static bool is_proven(const struct record *r)
{
	for (size_t i = 0; i < r->nr_proofs; i++)
		if (!r->proof[i].holds)
			return false;
	return !r->ejection.kind;
}

/* The policy's log is kept if it went wrong, and if anything was said. */
static void name_log(struct taking *t)
{
	char *why = t->r->why;

	if (!why || t->r->status == STATUS_OK || !fs_exists(log_path(t, "policy")))
		return;
	t->r->why = mem_printf("%s; its log is kept", why);
	free(why);
}

/*
 * After any failed step too: detaches the policy, keeps its own record, removes the scratch directory.
 * Returns what the detach did.
 */
static int sample_finish(struct taking *t, bool attached)
{
	int err = 0;

	if (attached) {
		prove_fair(t, PROOF_FAIR_STILL_SET);
		policy_prove_still_in(t->policy, t->r);
		err = swap_detach(&t->swap, t->policy, t->r);
		step_ends(t, METRIC_STEP "detach");
		collect_ledger(t->policy, t->r);
		if (t->job->outside)
			collect_custody_audit(t->job->kept, t->r);
		step_ends(t, METRIC_STEP "ledger");
		if (!err && t->r->status == STATUS_OK && is_proven(t->r))
			policy_keep(t->policy);
	}
	policy_unload(t->policy);
	swap_end(&t->swap);
	name_log(t);
	step_ends(t, METRIC_STEP "unload");
	cgroup_kill(t->job->cgroup);
	scratch_remove(&t->scratch);
	free(t->log);
	return err;
}

static int sample_steps(struct taking *t, bool *attached)
{
	int err = sample_prepare(t);

	if (!err)
		err = sample_attach(t);
	*attached = !err;
	if (!err)
		err = sample_settle(t);
	if (!err)
		err = sample_measure(t);
	return err;
}

static void take_status(struct taking *t)
{
	char *elsewhere = t->elsewhere ? elsewhere_text(t->elsewhere) : NULL;
	const struct sample_facts facts = { t->job->policy, t->job->workload, elsewhere,
					    t->suspended_s, t->job->exact,    t->swap.partial };

	sample_verify(&facts, t->r);
	free(elsewhere);
}

int sample_take(const struct sample_job *job, struct record *r)
{
	struct taking t = {
		.job = job, .r = r, .stats_fd = -1, .swap = { job->policy, .untimed = job->exact }
	};
	double start = clock_s();
	bool attached = false;
	int err, detached;

	t.step_s = start;
	r->started_ns = (int64_t)clock_ns_of(CLOCK_REALTIME);
	err = sample_steps(&t, &attached);
	detached = sample_finish(&t, attached);
	if (detached == -CAUSE_LEFT_IN)
		err = detached;
	if (fair_put_back(&t.fair))
		err = -CAUSE_CANT;
	r->elapsed_s = clock_s() - start;
	if (interrupted())
		err = -CAUSE_INTERRUPTED;
	if (err >= 0)
		take_status(&t);
	if (job->exact)
		metrics_drop_times(&r->metrics);
	elsewhere_end(t.elsewhere);
	return err < 0 ? err : 0;
}
