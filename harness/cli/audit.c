/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Custody of any policy, as the kernel has it. */
#include "cli/custody.h"

static int call_audit(struct call *call)
{
	return custody_call(call, OUTSIDE_EVERY);
}

const struct command cmd_audit = {
	.name = "audit",
	.summary = "keep the custody ledger of any policy from outside",
	.argp = { .options = custody_rows,
		  .parser = custody_take,
		  .args_doc = "[--show [RUN...]]",
		  .children = CUSTODY_CHILDREN,
		  .doc = "Like custody, but every policy is audited from outside, by the kernel's own flag "
			 "and functions: any object and any command, unmodified. A policy that keeps a ledger "
			 "must say the same, to the unit.\n\n"
			 "It needs Linux 7.3: kernels before 7.1 do not tell custody, and those between have "
			 "other functions." },
	.kernel = KERNEL_CHECKED,
	.most = -1,
	.exits = CUSTODY_EXIT_CODES,
	.examples = "scxbench audit\n"
		    "scxbench audit -s 'cmd:scx_simple' -s path/to/x.bpf.o\n"
		    "scxbench audit -s fifo --duration 60\n",
	.run = call_audit,
};
