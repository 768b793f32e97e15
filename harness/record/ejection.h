/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Words for struct ejection: how a policy went out before its time. Pure. */
#pragma once
#include <stdbool.h>
#include "record/record.h"

/* enum scx_exit_kind of the kernel, as far as we tell them apart. */
enum exit_kind {
	EXIT_UNKNOWN = -1, /* it is out, and nothing says how */
	EXIT_NONE = 0,
	EXIT_UNREG = 64, /* from user space */
	EXIT_UNREG_BPF,	 /* the scheduler called scx_bpf_exit() */
	EXIT_UNREG_KERN, /* by the kernel, as at hotplug */
	EXIT_SYSRQ,
	EXIT_PARENT,
	EXIT_ERROR = 1024, /* errors of all kinds from here on */
	EXIT_ERROR_BPF,
	EXIT_ERROR_STALL
};

/* The kernel's words for a kind, and the kind of such words; NULL and EXIT_UNKNOWN where we know neither. */
const char *exit_kind_reason(int kind);
int exit_kind_of(const char *reason);
/* The kernel threw it out: it did not go by itself, and nobody in user space took it out. */
bool ejection_by_kernel(const struct ejection *e);
/* "runnable task stall: victim[77] failed to run for 5.1s"; the caller's to free. */
char *ejection_text(const struct ejection *e);
