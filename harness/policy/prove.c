/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "policy/prove.h"
#include <inttypes.h>
#include <string.h>
#include "policy/below.h"
#include "policy/exit_said.h"
#include "record/ejection.h"

bool scx_is_idle(const struct scx_state *s)
{
	return !s->present || !strcmp(s->state, "disabled");
}

static const char *root_ops(const struct policy *p)
{
	return p->parent ? p->parent->ops : p->ops;
}

bool policy_is_in(const struct policy *p, const struct scx_state *s)
{
	char found[OPS_NAME_LEN];

	if (p->kind == POLICY_FAIR)
		return scx_is_idle(s) && s->enable_seq == p->seq;
	return !strcmp(s->state, "enabled") && s->enable_seq == p->seq &&
	       (root_ops(p)[0] ? !strcmp(s->ops, root_ops(p)) : s->ops[0]) &&
	       (!p->parent || below_is_in(p, found, sizeof(found)));
}

static void prove_exit(struct policy *p, struct record *r, enum proof_check check, int expected)
{
	struct ejection e;

	/* Without anything that notes its end only the kernel's state counts. */
	if (!exit_is_noted(p, &e))
		return;
	if (e.kind)
		record_prove(r, e.kind == expected, check, "%d %s", e.kind, e.reason);
	else
		record_prove(r, !expected, check, "none");
	exit_forget(&e);
}

static void prove_below(const struct policy *p, struct record *r, enum proof_check check)
{
	char found[OPS_NAME_LEN];
	bool holds = below_is_in(p, found, sizeof(found));

	record_prove(r, holds, check, "%s", found);
}

/* The same checks are made twice, under two names. */
static const struct {
	enum proof_check state, seq, ops, below, rejected, no_exit;
} in[NR_PROVE_WHEN] = {
	[PROVE_ATTACHED] = { PROOF_ATTACHED_STATE, PROOF_ATTACHED_SEQ, PROOF_ATTACHED_OPS,
			     PROOF_ATTACHED_BELOW, PROOF_ATTACHED_REJECTED, PROOF_ATTACHED_NO_EXIT },
	[PROVE_BEFORE_DETACH] = { PROOF_BEFORE_DETACH_STATE, PROOF_BEFORE_DETACH_SEQ, PROOF_BEFORE_DETACH_OPS,
				  PROOF_BEFORE_DETACH_BELOW, PROOF_BEFORE_DETACH_REJECTED,
				  PROOF_BEFORE_DETACH_NO_EXIT },
};

void policy_prove_in(struct policy *p, struct record *r, enum prove_when when)
{
	bool fair = p->kind == POLICY_FAIR;
	struct scx_state s;

	scx_state_read(&s);
	if (fair && !s.present) {
		record_prove(r, true, in[when].state, "kernel without sched_ext");
		return;
	}
	record_prove(r, !strcmp(s.state, fair ? "disabled" : "enabled"), in[when].state, "%s", s.state);
	record_prove(r, s.enable_seq == p->seq, in[when].seq, "%" PRIu64, s.enable_seq);
	if (fair)
		return;
	record_prove(r, !strcmp(s.ops, root_ops(p)), in[when].ops, "%s", s.ops);
	if (p->parent)
		prove_below(p, r, in[when].below);
	record_prove(r, s.nr_rejected == 0, in[when].rejected, "%" PRIu64, s.nr_rejected);
	prove_exit(p, r, in[when].no_exit, 0);
}

void policy_prove_stayed(struct policy *p, struct record *r)
{
	if (p->out_at)
		record_prove(r, false, PROOF_BEFORE_DETACH_HELD, "out after %.1f s",
			     p->out_at - p->attached_at);
	else
		record_prove(r, true, PROOF_BEFORE_DETACH_HELD, "yes");
}

void policy_prove_out(struct policy *p, struct record *r, const struct scx_state *s)
{
	prove_exit(p, r, PROOF_AFTER_DETACH_UNREG, EXIT_UNREG);
	record_prove(r, scx_is_idle(s), PROOF_AFTER_DETACH_STATE, "%s", s->state);
	record_prove(r, s->enable_seq == p->seq, PROOF_AFTER_DETACH_SEQ, "%" PRIu64, s->enable_seq);
}
