/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#include "../kit/tenant.h"

#define MAX_TENANTS 16

/* options.c: TENANTS and TENANTS_SECONDS. 0, or the exit code of bad input, logged. */
struct options {
	double seconds;
	unsigned nr;
	struct tenant tenant[MAX_TENANTS];
	char identity[512];
};
int options_read(struct options *o);

/* quota.c: sets a tenant's quota, if any, in the kernel (cpu.max) and in the policy ('scxbench ctl'). */
void quota_ask(const struct tenant *t, long cpus);
/* In CPUs; INFINITY: no quota. */
double quota_most(const struct tenant *t, long cpus);

/* shares.c: lets them compete, measures what each receives, and reports; 0, or an exit code. */
int shares_run(struct options *o, long cpus);
