/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "policy/held.h"
#include <errno.h>
#include <signal.h>
#include <sys/prctl.h>
#include "util/cause.h"

static int take_link(void *ctx)
{
	struct policy *p = ctx;

	/* The link goes with this process, even if it is stopped or frozen then. */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	p->link = bpf_map__attach_struct_ops(p->ops_map);
	if (!p->link)
		return errno == EBUSY ? -CAUSE_BUSY : cause_if_denied(-errno);
	return bpf_link__fd(p->link);
}

static int drop_link(void *ctx)
{
	struct policy *p = ctx;

	bpf_link__destroy(p->link);
	return 0;
}

const struct held held_link = { .take = take_link, .drop = drop_link };
