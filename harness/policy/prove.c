/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "policy/prove.h"
#include <inttypes.h>
#include <linux/types.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "policy/below.h"
#include "policy/kmsg.h"
#include "stats_abi.h"
#include "util/clock.h"
#include "util/mem.h"

#define SCX_EXIT_UNREG 64 /* enum scx_exit_kind: detached by user space */
#define KIND_UNKNOWN (-1)
#define UNREGISTERED "unregistered from user space"

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

static int exit_kind(struct policy *p)
{
	const struct scxb_exit *e = policy_exit(p);

	return e ? *(volatile const __s32 *)&e->kind : 0;
}

bool policy_was_ejected(struct policy *p)
{
	return exit_kind(p) != 0 && exit_kind(p) != SCX_EXIT_UNREG;
}

static char *text_of(const char *s, size_t max)
{
	return mem_printf("%.*s", (int)strnlen(s, max), s);
}

/*
 * Without an exit record the kernel's log has the reason. An object that user space ended was not ejected:
 * its holder was killed, or somebody detached it. Nor was a command's policy that went with its holder.
 */
static void note_kernel_words(struct policy *p, double seconds, struct ejection *out)
{
	struct kmsg_exit said;
	bool unregistered, thrown_out;

	kmsg_close_exit(p->log, p->ops, -1, &said);
	p->log = -1;
	unregistered = !strcmp(said.reason, UNREGISTERED);
	thrown_out = said.reason[0] && !unregistered;
	if (!thrown_out && (p->lost || (p->kind == POLICY_BPF && unregistered)))
		return;
	out->kind = KIND_UNKNOWN;
	out->after_s = seconds;
	if (thrown_out) {
		out->reason = mem_strdup(said.reason);
		out->msg = mem_strdup(said.msg);
		return;
	}
	out->reason = mem_strdup(p->kind == POLICY_CMD ? "the command's policy ended by itself"
						       : "the policy ended and left no exit record");
	out->msg = mem_strdup("see dmesg");
}

/* A child goes with its parent; then the parent's reason is the one that says why. */
static void note_parent(struct policy *parent, struct ejection *out)
{
	const struct scxb_exit *e = policy_exit(parent);

	if (!e || !policy_was_ejected(parent))
		return;
	free(out->reason);
	free(out->msg);
	out->reason = mem_printf("its parent '%s' was ejected: %.*s", parent->ops,
				 (int)strnlen(e->reason, sizeof(e->reason)), e->reason);
	out->msg = text_of(e->msg, sizeof(e->msg));
}

void policy_note_ejection(struct policy *p, struct record *r)
{
	const struct scxb_exit *e = policy_exit(p);
	struct ejection *out = &r->ejection;
	double seconds = (p->out_at ? p->out_at : clock_s()) - p->attached_at;

	if (e && policy_was_ejected(p)) {
		out->after_s = seconds;
		out->kind = e->kind;
		out->code = e->code;
		out->reason = text_of(e->reason, sizeof(e->reason));
		out->msg = text_of(e->msg, sizeof(e->msg));
		out->dump = text_of(e->dump, sizeof(e->dump));
		if (p->parent)
			note_parent(p->parent, out);
		return;
	}
	note_kernel_words(p, seconds, out);
}

static void prove_exit(struct policy *p, struct record *r, enum proof_check check, int expected)
{
	const struct scxb_exit *e = policy_exit(p);
	char found[160] = "none";

	/* Without an exit record only the kernel's state counts. */
	if (!e)
		return;
	if (exit_kind(p))
		snprintf(found, sizeof(found), "%d %.*s", exit_kind(p), (int)sizeof(e->reason), e->reason);
	record_prove(r, exit_kind(p) == expected, check, "%s", found);
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
	prove_exit(p, r, PROOF_AFTER_DETACH_UNREG, SCX_EXIT_UNREG);
	record_prove(r, scx_is_idle(s), PROOF_AFTER_DETACH_STATE, "%s", s->state);
	record_prove(r, s->enable_seq == p->seq, PROOF_AFTER_DETACH_SEQ, "%" PRIu64, s->enable_seq);
}
