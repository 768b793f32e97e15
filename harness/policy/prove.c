/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <inttypes.h>
#include <linux/types.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "policy/prove.h"
#include "stats_abi.h"
#include "util/mem.h"

#define SCX_EXIT_UNREG 64 /* enum scx_exit_kind: detached by user space */
#define KIND_UNKNOWN -1
#define DUMP_EXCERPT 16384

bool scx_is_idle(const struct scx_state *s)
{
	return !s->present || !strcmp(s->state, "disabled");
}

bool policy_is_in(const struct policy *p, const struct scx_state *s)
{
	if (p->kind == POLICY_FAIR)
		return scx_is_idle(s) && s->enable_seq == p->seq;
	return !strcmp(s->state, "enabled") && s->enable_seq == p->seq &&
	       (p->ops[0] ? !strcmp(s->ops, p->ops) : s->ops[0]);
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

void policy_note_ejection(struct policy *p, struct record *r)
{
	const struct scxb_exit *e = policy_exit(p);
	struct ejection *out = &r->ejection;

	out->after_s = (p->out_at ? p->out_at : now_s()) - p->attached_at;
	if (e && policy_was_ejected(p)) {
		out->kind = e->kind;
		out->code = e->code;
		out->reason = text_of(e->reason, sizeof(e->reason));
		out->msg = text_of(e->msg, sizeof(e->msg));
		out->dump = text_of(e->dump, DUMP_EXCERPT);
		return;
	}
	out->kind = KIND_UNKNOWN;
	out->reason = mem_strdup(p->kind == POLICY_CMD ? "the command's policy went out by itself"
						       : "the policy went out and left no exit record");
	out->msg = mem_strdup("see dmesg");
}

static void prove(struct record *r, bool holds, const char *when, const char *what, const char *found)
{
	char check[64];

	snprintf(check, sizeof(check), "%s: %s", when, what);
	record_prove(r, holds, check, "%s", found);
}

static void prove_u64(struct record *r, bool holds, const char *when, const char *what, uint64_t found)
{
	char text[24];

	snprintf(text, sizeof(text), "%" PRIu64, found);
	prove(r, holds, when, what, text);
}

static void prove_exit(struct policy *p, struct record *r, const char *when, int expected)
{
	const struct scxb_exit *e = policy_exit(p);
	char found[160] = "none";

	/* A policy that keeps no record is judged by the kernel's state alone. */
	if (!e)
		return;
	if (exit_kind(p))
		snprintf(found, sizeof(found), "%d %.*s", exit_kind(p), (int)sizeof(e->reason), e->reason);
	prove(r, exit_kind(p) == expected, when, expected ? "exit kind is UNREG" : "no exit record", found);
}

void policy_prove_in(struct policy *p, struct record *r, const char *when)
{
	bool fair = p->kind == POLICY_FAIR;
	struct scx_state s;

	scx_state_read(&s);
	if (fair && !s.present) {
		prove(r, true, when, "state", "kernel without sched_ext");
		return;
	}
	prove(r, !strcmp(s.state, fair ? "disabled" : "enabled"), when, "state", s.state);
	prove_u64(r, s.enable_seq == p->seq, when, "enable_seq", s.enable_seq);
	if (fair)
		return;
	prove(r, !strcmp(s.ops, p->ops), when, "ops", s.ops);
	prove_u64(r, s.nr_rejected == 0, when, "nr_rejected", s.nr_rejected);
	prove_exit(p, r, when, 0);
}

void policy_prove_stayed(struct policy *p, struct record *r)
{
	char found[48] = "yes";

	if (p->out_at)
		snprintf(found, sizeof(found), "out after %.1f s", p->out_at - p->attached_at);
	prove(r, !p->out_at, "before detach", "held all the time", found);
}

void policy_prove_out(struct policy *p, struct record *r, const struct scx_state *s)
{
	prove_exit(p, r, "after detach", SCX_EXIT_UNREG);
	prove(r, scx_is_idle(s), "after detach", "state", s->state);
	prove_u64(r, s->enable_seq == p->seq, "after detach", "enable_seq", s->enable_seq);
}
