/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "policy/held.h"
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include "policy/kmsg.h"
#include "util/cause.h"
#include "util/log.h"

static int not_attached(const struct policy *p, int err, const char *said)
{
	int cause = err == EBUSY ? -CAUSE_BUSY : cause_if_denied(-err);

	if (*said)
		return log_err(cause, "the kernel does not attach policy %s (%s): it says: %s", p->name,
			       strerror(err), said);
	return log_err(cause, "the kernel does not attach policy %s (%s): see dmesg", p->name, strerror(err));
}

static int take_link(void *ctx)
{
	struct policy *p = ctx;
	int log = kmsg_open(), err;
	char said[256];

	/* The link goes with this process, even if it is stopped or frozen then. */
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	p->link = bpf_map__attach_struct_ops(p->ops_map);
	err = errno;
	kmsg_close(log, said, sizeof(said));
	return p->link ? bpf_link__fd(p->link) : not_attached(p, err, said);
}

static int drop_link(void *ctx)
{
	struct policy *p = ctx;

	bpf_link__destroy(p->link);
	return 0;
}

const struct held held_link = { .take = take_link, .drop = drop_link };
