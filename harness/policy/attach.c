/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <linux/types.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "policy/exit_said.h"
#include "policy/exit_watch.h"
#include "policy/held.h"
#include "policy/kept.h"
#include "policy/kmsg.h"
#include "policy/others.h"
#include "policy/out.h"
#include "policy/print.h"
#include "policy/prove.h"
#include "util/cause.h"
#include "util/clock.h"
#include "util/log.h"

#define ENABLE_S 5 /* after the attach returned */
#define IDLE_S 10  /* of what another has just detached */

static int wait_free(struct scx_state *s)
{
	char *way;

	scx_state_read(s);
	if (strcmp(s->state, "enabled") && out_wait(s, IDLE_S))
		return 0;
	way = policy_way_out(s->ops);
	log_err(-CAUSE_BUSY,
		"the sched_ext scheduler '%s' is already active (%s), and is never taken over: %s", s->ops,
		s->state, way);
	free(way);
	return -CAUSE_BUSY;
}

/* It is in, or it won't be: another is, or its process has ended, or the kernel threw it out. */
static bool is_settled(struct policy *p, const struct scx_state *s)
{
	return policy_is_in(p, s) || s->enable_seq > p->seq || exit_is_known(p) || !holder_beat(&p->holder);
}

/* Of a command the name of the ops decides, not its process. */
static bool wait_enabled(struct policy *p)
{
	double end = clock_s() + (p->kind == POLICY_CMD ? p->limit_s : ENABLE_S);
	struct scx_state s;

	for (;;) {
		print_cut();
		scx_state_read(&s);
		if (is_settled(p, &s) || clock_s() > end)
			break;
		clock_sleep(0.02);
	}
	if (!policy_is_in(p, &s))
		return false;
	if (!p->ops[0])
		snprintf(p->ops, sizeof(p->ops), "%s", s.ops);
	return true;
}

static bool is_fatal(int err)
{
	return err == -CAUSE_BUSY || err == -CAUSE_CANT;
}

/* What the kernel says of a refusal, or else the error. */
static void refused(struct policy *p, int err, char *said, size_t size)
{
	p->refused = true;
	if (!*said)
		snprintf(said, size, "%s", err > -CAUSE_FAILED ? strerror(-err) : "see dmesg");
}

/* No sample of this run will be recorded that could tell it. */
static int cannot(const struct policy *p, struct record *r, int err)
{
	log_err(err, "policy %s: %s", p->name, r->why);
	free(r->why);
	r->why = NULL;
	return err;
}

static int attach_policy(struct policy *p, struct record *r)
{
	int log = kmsg_open(), err, left;
	bool enabled;
	char said[256];

	p->log = kmsg_open();
	p->started_s = (double)clock_ns_of(CLOCK_BOOTTIME) * 1e-9;
	exit_watch_clear(p->exits);
	err = p->obj ? others_attach(p) : 0;
	if (!err)
		err = holder_start(&p->holder, p->kind == POLICY_CMD ? &held_command : &held_link, p);
	enabled = !err && wait_enabled(p);
	kmsg_close(log, said, sizeof(said));
	if (enabled) {
		p->attached_at = clock_s();
		return 0;
	}
	if (err)
		refused(p, err, said, sizeof(said));
	left = out_end(p, r, said);
	return left ? left : is_fatal(err) ? cannot(p, r, err) : -EIO;
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

	print_cut();
	scx_state_read(&s);
	if (above && policy_is_in(p, &s) && (p->kind == POLICY_FAIR || holder_beat(&p->holder)))
		return true;
	if (!p->out_at) {
		p->out_at = clock_s();
		p->out = s;
	}
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
	int err = p->kind == POLICY_FAIR ? 0 : out_end(p, r, "");

	p->attached = false;
	return err;
}
