/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <linux/types.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "policy/command_group.h"
#include "policy/held.h"
#include "policy/kept.h"
#include "policy/kmsg.h"
#include "policy/left.h"
#include "policy/others.h"
#include "policy/prove.h"
#include "util/cause.h"
#include "util/clock.h"
#include "util/log.h"

#define ENABLE_S 5	    /* after the attach returned */
#define COMMAND_ENABLE_S 60 /* from the start of a command, which loads its objects first */
#define DISABLE_S 10

/* Waits until no policy is attached. *s is the state that was read last. */
static bool wait_disabled(struct scx_state *s)
{
	double end = clock_s() + DISABLE_S;

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

static int wait_free(struct scx_state *s)
{
	char *way;

	scx_state_read(s);
	if (strcmp(s->state, "enabled") && wait_disabled(s))
		return 0;
	way = policy_way_out(s->ops);
	log_err(-CAUSE_BUSY,
		"the sched_ext scheduler '%s' is already active (%s), and is never taken over: %s", s->ops,
		s->state, way);
	free(way);
	return -CAUSE_BUSY;
}

/* Also ends what a holder that was killed could not. Returns what the holder did. */
static int end_hold(struct policy *p)
{
	int left = holder_end(&p->holder);

	others_detach(p);
	p->lost = left == HOLDER_LOST;
	if (p->group)
		command_group_end(p->group);
	return left;
}

static bool wait_enabled(struct policy *p)
{
	double end = clock_s() + (p->kind == POLICY_CMD ? COMMAND_ENABLE_S : ENABLE_S);
	struct scx_state s;

	do {
		scx_state_read(&s);
		if (policy_is_in(p, &s)) {
			if (!p->ops[0])
				snprintf(p->ops, sizeof(p->ops), "%s", s.ops);
			return true;
		}
		if (policy_was_ejected(p) || !holder_beat(&p->holder))
			break;
		clock_sleep(0.02);
	} while (clock_s() < end);
	return false;
}

/*
 * Nothing ejected it: the command gave its policy to a process that we do not hold. What we found of that has
 * been ended; what another program runs (a service manager) has not.
 */
static int left_in(struct policy *p, const struct scx_state *s)
{
	const char *ops = p->ops[0] ? p->ops : s->ops;
	char *pin = left_pin(ops);

	p->failed = true;
	if (pin)
		log_err(-CAUSE_LEFT_IN, "the command pinned its scheduler '%s': 'rm %s' detaches it (%s)",
			ops, pin, p->command);
	else
		log_err(-CAUSE_LEFT_IN,
			"the command ended and left its scheduler '%s' in: it must stay in the foreground (%s)",
			ops[0] ? ops : "?", p->command);
	free(pin);
	return -CAUSE_LEFT_IN;
}

/*
 * A command is gone, but its scheduler is not. One that it registered without a link stays until somebody
 * takes it out, and nobody else is left to do it.
 */
static bool take_out(struct policy *p, struct scx_state *s)
{
	if (!p->group || s->enable_seq != p->seq || !left_unregister(s->ops))
		return false;
	log_warn("the command ended without its scheduler '%s', which is detached now (%s)", s->ops,
		 p->command);
	return wait_disabled(s);
}

/* Its own proof says nothing of the sample; its exit record stays until it is unloaded. */
static void detach_parent(struct policy *p)
{
	struct record unread = { 0 };

	if (p->parent && p->parent->attached)
		policy_detach(p->parent, &unread);
	record_free(&unread);
}

/* It was never enabled, whatever the system call returned: detach it and report why. said: by the kernel. */
static int not_enabled(struct policy *p, struct record *r, const char *said)
{
	struct scx_state s;
	const char *log = p->log_path ? p->log_path : "dmesg";
	int left = end_hold(p);

	detach_parent(p);
	p->failed = true;
	if (!wait_disabled(&s))
		take_out(p, &s);
	if (left == HELD_LEFT_IN)
		return left_in(p, &s);
	if (policy_was_ejected(p)) {
		policy_note_ejection(p, r);
		return log_err(-EIO, "the kernel threw policy %s out at once: %s: %s", p->name,
			       r->ejection.reason, r->ejection.msg);
	}
	if (p->kind == POLICY_CMD)
		return log_err(-EIO, "'%s' ended, or enabled no policy in time: see %s", p->command, log);
	return log_err(-EIO, "policy %s was attached but did not become '%s' in the kernel: %s", p->name,
		       p->ops, *said ? said : "see dmesg");
}

static int attach_policy(struct policy *p, struct record *r)
{
	int log = kmsg_open(), err;
	bool enabled;
	char said[256];

	p->log = kmsg_open();
	err = p->obj ? others_attach(p) : 0;
	if (!err)
		err = holder_start(&p->holder, p->kind == POLICY_CMD ? &held_command : &held_link, p);
	enabled = !err && wait_enabled(p);
	kmsg_close(log, said, sizeof(said));
	if (err)
		end_hold(p);
	p->failed |= err;
	return err || enabled ? err : not_enabled(p, r, said);
}

static int attach_root(struct policy *p)
{
	struct scx_state before;
	int err = wait_free(&before);

	p->seq = before.enable_seq + (p->kind != POLICY_FAIR);
	return err;
}

/* A child that is then refused leaves the parent to policy_unload(). */
static int attach_below(struct policy *p)
{
	struct record unread = { 0 };
	int err = policy_attach(p->parent, &unread);

	p->seq = p->parent->seq;
	record_free(&unread);
	return err;
}

int policy_attach(struct policy *p, struct record *r)
{
	int err = p->parent ? attach_below(p) : attach_root(p);

	if (err)
		return err;
	kept_prove(p, r);
	p->attached_at = clock_s();
	if (p->kind != POLICY_FAIR)
		err = attach_policy(p, r);
	if (err)
		return err;
	p->attached = true;
	if (p->unset)
		record_prove(r, true, PROOF_UNSET, "%s", p->unset);
	policy_prove_in(p, r, PROVE_ATTACHED);
	return 0;
}

bool policy_beat(struct policy *p)
{
	bool above = !p->parent || policy_beat(p->parent);
	struct scx_state s;

	scx_state_read(&s);
	if (above && policy_is_in(p, &s) && (p->kind == POLICY_FAIR || holder_beat(&p->holder)))
		return true;
	if (!p->out_at)
		p->out_at = clock_s();
	return false;
}

void policy_prove_still_in(struct policy *p, struct record *r)
{
	policy_beat(p);
	policy_prove_in(p, r, PROVE_BEFORE_DETACH);
	policy_prove_stayed(p, r);
}

int policy_detach(struct policy *p, struct record *r)
{
	struct scx_state s;
	bool out;
	int left;

	p->attached = false;
	if (p->kind == POLICY_FAIR)
		return 0;
	left = end_hold(p);
	detach_parent(p);
	out = wait_disabled(&s) || take_out(p, &s);
	if (left == HELD_LEFT_IN || (!out && p->group && s.enable_seq == p->seq))
		return left_in(p, &s);
	policy_prove_out(p, r, &s);
	/*
	 * A policy whose holder was killed ended with UNREG: its proof makes it void, but it was not ejected.
	 */
	if (policy_was_ejected(p) || (p->out_at && !policy_exit(p)))
		policy_note_ejection(p, r);
	p->failed |= r->ejection.kind || !out;
	if (!out)
		return log_err(-ETIMEDOUT,
			       "sched_ext is still in state '%s' %d s after the detach: see dmesg", s.state,
			       DISABLE_S);
	return 0;
}
