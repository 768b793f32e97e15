/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "policy/held.h"
#include <errno.h>
#include <string.h>
#include "util/cause.h"
#include "util/log.h"

static int take_link(void *ctx)
{
	struct policy *p = ctx;

	p->link = bpf_map__attach_struct_ops(p->ops_map);
	if (!p->link)
		return log_err(errno == EBUSY ? -CAUSE_BUSY : cause_if_denied(-errno),
			       "the kernel does not attach policy %s (%s): see dmesg", p->name,
			       strerror(errno));
	return bpf_link__fd(p->link);
}

static int drop_link(void *ctx)
{
	struct policy *p = ctx;

	bpf_link__destroy(p->link);
	return 0;
}

const struct held held_link = { .take = take_link, .drop = drop_link };
