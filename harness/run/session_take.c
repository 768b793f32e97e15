/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "run/session_take.h"

#include <stdlib.h>
#include <string.h>

#include "record/metric_name.h"
#include "sample/sample.h"
#include "util/cause.h"
#include "util/interrupt.h"
#include "util/log.h"
#include "util/look.h"
#include "util/mem.h"

/* Was the last item of the plan that was taken the end of a block? */
static bool ends_block(const struct session *s)
{
	const struct plan_item *it = &s->b->plan.item[s->next];

	return s->next &&
	       (s->next == s->b->plan.nr || it->block != it[-1].block || it->workload != it[-1].workload);
}

/* What comes next, or NULL: the run is over. */
static const struct plan_item *next_item(const struct session *s)
{
	if (s->next_again < s->nr_again && ends_block(s))
		return &s->again[s->next_again];
	return s->next < s->b->plan.nr ? &s->b->plan.item[s->next] : NULL;
}

bool session_is_over(const struct session *s)
{
	return s->b->run.ended || !next_item(s);
}

/* Was the last sample the end of a round of blocks? */
static bool ends_round(const struct session *s)
{
	const struct plan_item *next = next_item(s);
	unsigned block = s->b->plan.item[s->next - 1].block;

	return block && (!next || next->block != block);
}

static bool is_taken_again(const struct session *s, const struct plan_item *it, const struct record *r)
{
	if (!s->b->purpose->retakes || s->b->opt.boot || r->status != STATUS_VOID || !it->block ||
	    it->retake_of)
		return false;
	for (size_t i = 0; i < r->nr_proofs; i++)
		if (!r->proof[i].holds && proof_is_of_custody(&r->proof[i]))
			return false;
	return true;
}

static void take_again(struct session *s, const struct plan_item *it, unsigned seq)
{
	if (s->next_again == s->nr_again)
		s->next_again = s->nr_again = 0;
	s->again = mem_grow(s->again, s->nr_again, sizeof(*s->again));
	s->again[s->nr_again] = *it;
	s->again[s->nr_again++].retake_of = seq;
}

/* A plan of fewer blocks is the same plan, cut short, so the samples keep their places. */
static int session_take_cut(struct bench *b, unsigned blocks)
{
	if (blocks == b->spec.blocks)
		return 0;
	b->spec.blocks = blocks;
	plan_free(&b->plan);
	return plan_make(&b->spec, &b->plan);
}

static void note_time(struct session *s, const struct plan_item *it, const struct record *r)
{
	double *took = &s->took_s[it->workload], wall = metrics_value(&r->metrics, METRIC_WALL);
	bool known = it->warmup || s->b->policy[it->policy].kind == POLICY_FAIR;

	if (known && r->status == STATUS_OK && wall > *took)
		*took = wall;
}

static double limit_of(const struct session *s, const struct plan_item *it)
{
	double took = s->took_s[it->workload];

	if (took > 0)
		return SESSION_LIMIT * took;
	return s->b->run.emulated ? SESSION_LIMIT * s->b->workload[it->workload]->timeout_s : 0;
}

/* Counts a sample that was taken, now or in an earlier session. */
static int count_sample(struct session *s, const struct plan_item *it, const struct record *r)
{
	unsigned block = it->block;

	s->seq = r->seq;
	stopping_note(s->stopping, it, r);
	progress_ended(s->progress, it, r);
	s->found[it->policy] |= r->status == STATUS_OK && it->block;
	note_time(s, it, r);
	/* The retake decides. */
	if (is_taken_again(s, it, r))
		take_again(s, it, r->seq);
	else
		s->failed += s->b->purpose->failed(r);
	if (it->warmup) {
		s->warmed += r->boot == s->boot;
		return 0;
	}
	if (it->retake_of) {
		s->next_again++;
		s->retakes++;
	} else {
		s->next++;
	}
	s->used |= r->boot == s->boot;
	if (!ends_round(s))
		return 0;
	s->why = stopping_why(s->stopping, block);
	return s->why ? session_take_cut(s->b, block) : 0;
}

static int index_of(char *const *names, const char *name)
{
	for (int i = 0; names[i]; i++)
		if (!strcmp(names[i], name))
			return i;
	return -1;
}

/* A run that ended before samples were taken again has none of them, so each first try decides. */
static void drop_retakes(struct session *s)
{
	s->failed += (unsigned)(s->nr_again - s->next_again);
	s->next_again = s->nr_again;
}

/* The item of a record: the plan's next one, or a warm-up with the record's policy. */
static bool item_of(struct session *s, const struct record *r, struct plan_item *it)
{
	int policy = index_of(s->b->run.policies, r->policy),
	    workload = index_of(s->b->run.workloads, r->workload);

	if (policy < 0 || workload < 0)
		return false;
	*it = (struct plan_item){ .policy = policy, .workload = workload, .warmup = true };
	if (r->warmup)
		return s->b->warmup;
	if (s->b->run.ended && !r->retake_of)
		drop_retakes(s);
	if (!next_item(s))
		return false;
	*it = *next_item(s);
	return it->retake_of == r->retake_of && it->policy == (unsigned)policy &&
	       it->workload == (unsigned)workload && it->block == r->block &&
	       it->instrumented == r->instrumented;
}

static int replay_file(struct session *s, const char *path)
{
	struct plan_item it;
	struct record r;
	int err = record_read(path, &r);

	if (err)
		return err;
	if (r.seq == s->seq + 1 && item_of(s, &r, &it))
		err = count_sample(s, &it, &r);
	else
		err = log_err(-CAUSE_USAGE,
			      "%s does not fit the plan of run %s: the run can't continue, take a new one",
			      path, s->b->run.id);
	record_free(&r);
	return err;
}

int session_replay(struct session *s)
{
	char **file;
	int err = run_samples(s->b->dir, &file);

	for (size_t i = 0; !err && file[i]; i++)
		err = replay_file(s, file[i]);
	run_samples_free(file);
	if (s->b->run.ended)
		drop_retakes(s);
	return err;
}

static int session_take_keep(struct session *s, const struct plan_item *it, const struct record *r)
{
	int err = record_write(r, s->b->dir);

	if (!err && s->store)
		err = store_take_sample(s->store, s->b->run.id, r);
	if (err)
		return err;
	if (r->status != STATUS_OK)
		log_warn("sample %u, %s under %s: %s: %s", r->seq, r->workload, r->policy,
			 status_name(r->status), r->why);
	return count_sample(s, it, r);
}

/* Is custody audited in this sample? */
static bool is_audited(const struct bench *b, const struct plan_item *it)
{
	switch (b->opt.outside) {
	case OUTSIDE_INSTRUMENTED:
		return it->instrumented;
	case OUTSIDE_FOREIGN:
		return b->foreign[it->policy];
	case OUTSIDE_EVERY:
		return b->policy[it->policy].kind != POLICY_FAIR;
	default:
		return false;
	}
}

static struct sample_job job_of(struct session *s, const struct plan_item *it)
{
	const struct bench *b = s->b;

	return (struct sample_job){
		.policy = &b->policy[it->policy],
		.workload = b->workload[it->workload],
		.topology = &b->topology,
		.cgroup = &s->cgroup,
		.run_dir = b->dir,
		.seed = b->run.seed,
		.home = b->home,
		.kept = &s->kept,
		.policies = &s->policies,
		.attach_limit_s = b->attach_limit_s,
		.limit_s = limit_of(s, it),
		.first = it->block && !s->found[it->policy],
		.audited = b->audited,
		.outside = is_audited(b, it),
		.exact = b->kind->exact,
	};
}

/* Between two samples, so that nothing that is measured shares the machine with it. */
static void show_so_far(const struct session *s)
{
	if (!look_wanted() || !s->b->purpose->look)
		return;
	log_progress_end();
	if (s->store)
		s->b->purpose->look(s->b, s->store);
	else
		log_info("%u samples are in %s; there is no store to make a table of", s->seq, s->b->dir);
}

static int take_item(struct session *s, const struct plan_item *it)
{
	const struct sample_job job = job_of(s, it);
	struct record r;
	int err;

	if (interrupted())
		return -CAUSE_INTERRUPTED;
	r = (struct record){
		.seq = s->seq + 1,
		.block = it->block,
		.boot = s->boot,
		.instrumented = it->instrumented,
		.warmup = it->warmup,
		.retake_of = it->retake_of,
		.policy = mem_strdup(job.policy->text),
		.workload = mem_strdup(job.workload->name),
	};
	progress_sample(s->progress, it,
			&(struct progress_at){ .seq = r.seq - s->retakes - !!it->retake_of,
					       .next = s->next,
					       .again = s->again + s->next_again,
					       .nr_again = s->nr_again - s->next_again });
	err = sample_take(&job, &r);
	if (!err)
		err = session_take_keep(s, it, &r);
	record_free(&r);
	if (!err)
		show_so_far(s);
	return err;
}

/* Takes the rest of this boot's warm-ups. */
static int warm_up(struct session *s)
{
	struct plan plan;
	int err = plan_warmup(&s->b->spec, s->boot, &plan);

	for (size_t i = s->warmed; !err && i < plan.nr; i++)
		err = take_item(s, &plan.item[i]);
	plan_free(&plan);
	return err;
}

/* The boot of the plan. Its own number is higher if the machine died in between. */
static unsigned share_of(const struct session *s)
{
	return s->used ? s->b->plan.item[s->next - 1].boot : next_item(s)->boot;
}

void session_skip(struct session *s)
{
	const struct plan_item *it;

	s->boot = s->b->opt.boot;
	while ((it = next_item(s)) && it->boot != s->boot) {
		s->next++;
		s->seq++;
	}
}

int session_take(struct session *s)
{
	const struct plan_item *next = next_item(s);
	int err = 0;
	unsigned share;

	if (!next)
		return 0;
	share = share_of(s);
	if (next->boot == share && s->b->warmup)
		err = warm_up(s);
	while (!err && (next = next_item(s)) && next->boot == share) {
		/* A copy, because the plan is made again when it is cut. */
		struct plan_item it = *next;

		err = take_item(s, &it);
	}
	return err;
}
