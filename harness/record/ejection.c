/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/ejection.h"
#include <string.h>
#include "util/mem.h"

static const struct {
	int kind;
	const char *reason;
} known[] = {
	{ EXIT_UNREG, "unregistered from user space" },
	{ EXIT_UNREG_BPF, "unregistered from BPF" },
	{ EXIT_UNREG_KERN, "unregistered from the main kernel" },
	{ EXIT_SYSRQ, "disabled by sysrq-S" },
	{ EXIT_PARENT, "parent exiting" },
	{ EXIT_ERROR, "runtime error" },
	{ EXIT_ERROR_BPF, "scx_bpf_error" },
	{ EXIT_ERROR_STALL, "runnable task stall" },
};
#define NR_KNOWN (sizeof(known) / sizeof(*known))

const char *exit_kind_reason(int kind)
{
	for (size_t i = 0; i < NR_KNOWN; i++)
		if (known[i].kind == kind)
			return known[i].reason;
	return NULL;
}

int exit_kind_of(const char *reason)
{
	for (size_t i = 0; i < NR_KNOWN; i++)
		if (!strcmp(known[i].reason, reason))
			return known[i].kind;
	return EXIT_UNKNOWN;
}

bool ejection_by_kernel(const struct ejection *e)
{
	return e->kind > EXIT_UNREG_BPF;
}

char *ejection_text(const struct ejection *e)
{
	const char *reason = e->reason && *e->reason ? e->reason : "no reason given";

	return e->msg && *e->msg ? mem_printf("%s: %s", reason, e->msg) : mem_strdup(reason);
}
