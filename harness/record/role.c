/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/role.h"

#include <string.h>

enum arm arm_of(const char *policy, const char *baseline)
{
	const char *name = baseline ? baseline : FAIR_NAME;
	size_t len = strlen(name);

	if (strncmp(policy, name, len))
		return ARM_POLICY;
	if (!policy[len])
		return ARM_BASELINE;
	return strcmp(policy + len, TWIN_MARK) ? ARM_POLICY : ARM_TWIN;
}

bool arm_is_baseline(const char *policy, const char *baseline)
{
	return arm_of(policy, baseline) != ARM_POLICY;
}

const char *run_baseline(const struct run *run)
{
	return run->baseline ? run->baseline : FAIR_NAME;
}

bool run_is_fair(const struct run *run, const char *policy)
{
	const char *text = policy;
	size_t len = strlen(FAIR_NAME);

	for (size_t i = 0; run->policy_given && run->policies[i]; i++)
		if (run->policy_given[i] && arm_is_baseline(policy, run->policies[i]))
			text = run->policy_given[i];
	return !strncmp(text, FAIR_NAME, len) &&
	       (!text[len] || text[len] == ':' || !strcmp(text + len, TWIN_MARK));
}

bool run_is_exact(const struct run *run)
{
	return run->plan && !strcmp(run->plan, RUN_EXACT_PLAN);
}

bool run_compares(const struct run *run)
{
	return !run->plan || strcmp(run->plan, RUN_CUSTODY_PLAN);
}
