/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * tenants: groups that compete for the CPUs by weight, some with a quota. See ../README.md.
 *
 * Policies are compared by Jain's index, because it is bounded and steady: within few blocks it separates a
 * policy that heeds weights from one that does not. share_error shows by how much, but between two fair
 * policies it is the noise of both.
 */
#include "../kit.h"
#include "../kit/undo.h"
#include "tenants.h"

/* This process watches in SCHED_FIFO. */
#define EXT_SHARE 0.97

static int main_describe(void)
{
	struct options o;

	if (options_read(&o))
		return 1;
	printf("summary groups that compete for the CPUs by weight and quota: are the shares fair\n"
	       "primary jain\ndefault no\nsettle_s 5\next_share %.2f\nundo yes\nneeds root\n"
	       "typical_s %.1f\ntimeout_s %.0f\nidentity %s\n",
	       EXT_SHARE, o.seconds + TENANT_WARM_UP_S + 1, 60 + 3 * o.seconds, o.identity);
	return 0;
}

static int compete_for_cpu(struct options *o)
{
	long cpus = kit_env("SCXB_CPUS", 1);

	for (unsigned i = 0; i < o->nr; i++)
		quota_ask(&o->tenant[i], cpus);
	return shares_run(o, cpus);
}

static int main_run(void)
{
	struct options o;
	int err;

	if (options_read(&o))
		return 1;
	err = tenants_begin(o.tenant, o.nr) ?: compete_for_cpu(&o);
	return tenants_end(o.tenant, o.nr) || err;
}

int main(int argc, char **argv)
{
	if (argc == 2 && !strcmp(argv[1], "undo"))
		return undo_all();
	return kit_main(argc, argv, main_describe, main_run);
}
