/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/role.h"

#include <string.h>

enum arm arm_of(const char *policy)
{
	if (strncmp(policy, FAIR_NAME, strlen(FAIR_NAME)))
		return ARM_POLICY;
	switch (policy[strlen(FAIR_NAME)]) {
	case '\0':
		return ARM_FAIR;
	case '#':
		return ARM_FAIR_AGAIN;
	default:
		return ARM_POLICY;
	}
}

bool arm_is_fair(const char *policy)
{
	return arm_of(policy) != ARM_POLICY;
}

bool run_compares(const struct run *run)
{
	return !run->plan || strcmp(run->plan, RUN_CUSTODY_PLAN);
}
