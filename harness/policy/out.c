/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "policy/out.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include "policy/children.h"
#include "policy/command_group.h"
#include "policy/ends.h"
#include "policy/exit_said.h"
#include "policy/held.h"
#include "policy/left.h"
#include "policy/others.h"
#include "policy/prove.h"
#include "record/ejection.h"
#include "util/cause.h"
#include "util/clock.h"
#include "util/fs.h"
#include "util/last_line.h"
#include "util/log.h"
#include "util/mem.h"

#define DISABLE_S 10
#define LEAVE_S 1 /* of a scheduler whose command is dead: all that held it is */
#define AGAIN_S 3 /* a command that lives on may attach another, at the latest after this */

/* What is found out about an end. */
struct out {
	struct policy *p;
	struct scx_state state; /* after it */
	struct end_facts facts;
	char last[LAST_LINE];
	char *kept_by;	/* what kept it in when its command was dead, or NULL */
	pid_t survivor; /* of the command; 0: there is none */
	bool was_in, left_in, gone;
};

bool out_wait(struct scx_state *s, double seconds)
{
	double end = clock_s() + seconds;

	for (;;) {
		scx_state_read(s);
		if (scx_is_idle(s))
			return true;
		/* Waiting does not end an enabled policy of someone else. */
		if (clock_s() > end)
			return false;
		clock_sleep(0.01);
	}
}

/* Its own proof says nothing of the sample; its exit record stays until it is unloaded. */
static void detach_parent(struct policy *p)
{
	struct record unread = { 0 };

	if (p->parent && p->parent->attached)
		policy_detach(p->parent, &unread);
	record_free(&unread);
}

/* Also ends what a holder that was killed could not. */
static void end_hold(struct out *o)
{
	struct policy *p = o->p;
	int held = holder_end(&p->holder);

	others_detach(p);
	p->lost = held == HOLDER_LOST;
	o->left_in = held == HELD_LEFT_IN;
	if (p->group) {
		o->survivor = children_end_marked(p->group);
		command_group_end(p->group);
	}
	detach_parent(p);
}

/* A command is dead, but its scheduler is not, which nobody else is left to take out. */
static void take_out(struct out *o)
{
	struct policy *p = o->p;

	o->gone = out_wait(&o->state, p->group ? LEAVE_S : DISABLE_S);
	if (o->gone || !p->group)
		return;
	if (o->state.enable_seq == p->seq && !strcmp(o->state.state, "enabled"))
		o->kept_by = left_take_out(o->state.ops, p->started_s);
	o->gone = out_wait(&o->state, DISABLE_S);
}

static bool is_other(const struct policy *p, const struct scx_state *s)
{
	return strcmp(s->ops, p->ops) != 0;
}

/* It ended by itself; by a signal, or not. */
static enum end end_of_process(const struct out *o, enum end exited, enum end killed)
{
	return WIFSIGNALED(o->p->told->status) ? killed : exited;
}

static enum end end_of_command(const struct out *o)
{
	const struct policy *p = o->p;

	if (o->left_in)
		return END_LEFT_IN;
	if (p->out_at && p->out.enable_seq > p->seq)
		return is_other(p, &p->out) ? END_REPLACED : END_REATTACHED;
	if (p->told->ended)
		return end_of_process(o, END_EXITED, END_KILLED);
	if (o->kept_by)
		return END_OUTLIVED;
	return p->out_at ? END_WITHDRAWN : END_AS_ASKED;
}

static enum end end_of_object(const struct out *o)
{
	const struct policy *p = o->p;

	if (!p->out_at)
		return END_AS_ASKED;
	if (p->out.enable_seq > p->seq)
		return END_TAKEN_OVER;
	return o->facts.exit.kind == EXIT_UNREG ? END_DETACHED : END_UNKNOWN;
}

static enum end end_before(const struct out *o)
{
	const struct policy *p = o->p;

	if (p->kind != POLICY_CMD)
		return p->refused ? END_NOT_ATTACHED : END_NOT_IN;
	if (p->lost)
		return END_LOST;
	if (o->left_in)
		return END_LEFT_IN;
	if (o->state.enable_seq > p->seq)
		return END_TWICE;
	return p->told->ended ? end_of_process(o, END_NO_SCHEDULER, END_KILLED_FIRST) : END_LATE;
}

/* Whether it lived for 20 ms or for 2 s, what ended it is the same. */
static enum end end_of(const struct out *o)
{
	if (ejection_by_kernel(&o->facts.exit))
		return END_EJECTED;
	if (o->facts.exit.kind == EXIT_UNREG_BPF)
		return END_BY_ITSELF;
	if (o->was_in && o->p->lost)
		return END_LOST;
	if (!o->was_in)
		return end_before(o);
	return o->p->kind == POLICY_CMD ? end_of_command(o) : end_of_object(o);
}

/* A child goes with its parent; then the parent's reason is the one that says why. */
static void ask_parent(struct policy *parent, struct ejection *e)
{
	struct ejection of = { 0 };

	if (!parent || !ejection_by_kernel(e) || !exit_said(parent, &of) || !ejection_by_kernel(&of)) {
		exit_forget(&of);
		return;
	}
	free(e->reason);
	free(e->msg);
	e->reason = mem_printf("its parent '%s' was ejected: %s", parent->ops, of.reason);
	e->msg = mem_strdup(of.msg);
	exit_forget(&of);
}

static void find_facts(struct out *o, const char *said)
{
	struct policy *p = o->p;
	struct end_facts *f = &o->facts;

	if (p->kind == POLICY_CMD)
		last_line(p->log_path, o->last);
	exit_said(p, &f->exit);
	ask_parent(p->parent, &f->exit);
	f->ops = p->ops[0] ? p->ops : o->state.ops;
	f->other = p->out_at ? p->out.ops : o->state.ops;
	f->last = o->last;
	f->said = said;
	f->held_by = o->kept_by;
	f->after_s = (p->out_at ? p->out_at : clock_s()) - p->attached_at;
	f->limit_s = p->limit_s;
	f->status = p->told ? p->told->status : 0;
}

static int out_stays(const struct out *o)
{
	char *way;

	if (!o->p->group || o->state.enable_seq != o->p->seq)
		return log_err(-ETIMEDOUT,
			       "sched_ext is still in state '%s' %d s after the detach: see dmesg",
			       o->state.state, DISABLE_S);
	way = policy_way_out(o->state.ops);
	log_err(-CAUSE_LEFT_IN, "the command left its scheduler '%s' in, and it can't be taken out: %s (%s)",
		o->state.ops, way, o->p->command);
	free(way);
	return -CAUSE_LEFT_IN;
}

/* It may be what others pinned at that time, so it is not removed. */
static void prove_unpinned(const struct out *o, struct record *r)
{
	char *pin = left_pinned_since(o->p->started_s);

	if (pin)
		log_warn("while the command ran, %s was pinned: its next sample may go on with that (%s)",
			 pin, o->p->command);
	record_prove(r, true, PROOF_AFTER_DETACH_GONE, "%s%s",
		     pin ? "nothing but what is pinned: " : "nothing", pin ? pin : "");
	free(pin);
}

static void prove_gone(const struct out *o, struct record *r)
{
	if (o->survivor)
		record_prove(r, false, PROOF_AFTER_DETACH_GONE, "process %d does not die", (int)o->survivor);
	else if (fs_exists(o->p->group))
		record_prove(r, false, PROOF_AFTER_DETACH_GONE, "its cgroup %s", o->p->group);
	else
		prove_unpinned(o, r);
}

/* Between the two of a command that attaches again none is in, for as long as the kernel takes. */
static void await_next(struct policy *p)
{
	double end = clock_s() + AGAIN_S;
	struct scx_state now;

	for (scx_state_read(&now); now.enable_seq <= p->seq; scx_state_read(&now)) {
		if (p->kind != POLICY_CMD || clock_s() > end || !holder_beat(&p->holder))
			return;
		clock_sleep(0.01);
	}
	p->out = now;
}

int out_end(struct policy *p, struct record *r, const char *said)
{
	struct out o = { .p = p };
	enum end end;

	if (p->out_at)
		await_next(p);
	end_hold(&o);
	take_out(&o);
	/* One that was in for less than the time between two looks was in. */
	o.was_in = p->attached || (p->kind == POLICY_CMD && o.state.enable_seq == p->seq && !o.left_in);
	find_facts(&o, said);
	if (p->attached) {
		policy_prove_out(p, r, &o.state);
		if (p->group)
			prove_gone(&o, r);
	}
	end = end_of(&o);
	ends_note(end, &o.facts, r);
	p->failed |= end != END_AS_ASKED || !o.gone;
	p->attached = false;
	exit_forget(&o.facts.exit);
	free(o.kept_by);
	return o.gone ? 0 : out_stays(&o);
}
