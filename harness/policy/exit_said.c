/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "policy/exit_said.h"
#include <linux/types.h>
#include <stdlib.h>
#include <string.h>
#include "policy/exit_uei.h"
#include "policy/exit_watch.h"
#include "policy/kmsg.h"
#include "policy/print.h"
#include "record/ejection.h"
#include "stats_abi.h"
#include "util/mem.h"

static char *text_of(const char *s, size_t max)
{
	return mem_printf("%.*s", (int)strnlen(s, max), s);
}

static bool take_own(struct policy *p, struct ejection *e)
{
	const struct scxb_exit *own = policy_exit(p);
	int kind = own ? *(volatile const __s32 *)&own->kind : 0;

	if (!kind)
		return false;
	e->kind = kind;
	e->code = own->code;
	e->reason = text_of(own->reason, sizeof(own->reason));
	e->msg = text_of(own->msg, sizeof(own->msg));
	e->dump = text_of(own->dump, sizeof(own->dump));
	return true;
}

/* The kernel sets the reason of an end that user space asks for after the watch has seen it. */
static char *reason_of(const struct exit_seen *seen)
{
	const char *words = exit_kind_reason(seen->kind);

	if (seen->reason[0])
		return text_of(seen->reason, sizeof(seen->reason));
	return words ? mem_strdup(words) : mem_printf("exit kind %d", seen->kind);
}

static bool take_watched(const struct policy *p, struct ejection *e)
{
	struct exit_seen *seen = mem_zalloc(1, sizeof(*seen));
	bool found = exit_watch_find(p->exits, p->ops, seen);

	if (found)
		*e = (struct ejection){ .kind = seen->kind,
					.code = seen->code,
					.reason = reason_of(seen),
					.msg = text_of(seen->msg, sizeof(seen->msg)),
					.dump = text_of(seen->dump, sizeof(seen->dump)) };
	free(seen);
	return found;
}

static bool take_logged(const struct kmsg_exit *said, struct ejection *e)
{
	if (!said->reason[0])
		return false;
	e->kind = exit_kind_of(said->reason);
	e->reason = mem_strdup(said->reason);
	e->msg = mem_strdup(said->msg);
	return true;
}

bool exit_said(struct policy *p, struct ejection *e)
{
	struct kmsg_exit logged;

	*e = (struct ejection){ 0 };
	kmsg_close_exit(p->log, p->ops, print_file(), &logged);
	p->log = -1;
	return take_own(p, e) || take_watched(p, e) || exit_uei_read(p, e) || take_logged(&logged, e);
}

bool exit_is_noted(struct policy *p, struct ejection *e)
{
	*e = (struct ejection){ 0 };
	return take_own(p, e) || take_watched(p, e) || policy_exit(p) || p->exits;
}

bool exit_is_known(struct policy *p)
{
	struct ejection e;
	bool known = exit_is_noted(p, &e) && e.kind && e.kind != EXIT_UNREG;

	exit_forget(&e);
	return known;
}

void exit_forget(struct ejection *e)
{
	free(e->reason);
	free(e->msg);
	free(e->dump);
	*e = (struct ejection){ 0 };
}
