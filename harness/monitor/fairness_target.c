/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdlib.h>
#include <string.h>
#include "monitor/fairness_watch.h"
#include "control/quota.h"
#include "control/target.h"
#include "util/cause.h"
#include "util/log.h"
#include "util/mem.h"
#include "util/scan.h"

bool fairness_weight_parse(const char *text, double *weight, __u32 *quota)
{
	const char *at = strchr(text, '@');
	char *first = mem_printf("%.*s", (int)strcspn(text, "@"), text);
	bool good = scan_number(first, weight) && *weight >= 1 && *weight <= 10000;

	free(first);
	*quota = 0;
	return good && (!at || quota_scan(at + 1, quota));
}

/* The last '=', because a cgroup's name may contain one. */
int fairness_target_parse(const char *text, struct fairness_target *t)
{
	const char *is = strrchr(text, '=');
	struct target target;
	int err;

	*t = (struct fairness_target){ 0 };
	if (!is || !fairness_weight_parse(is + 1, &t->weight, &t->quota))
		return log_err(-CAUSE_USAGE,
			       "'%s' is not TARGET=WEIGHT or TARGET=WEIGHT@QUOTA: weights from 1 to 10000, "
			       "quotas like 1.5cpu or 25%%machine",
			       text);
	t->name = mem_printf("%.*s", (int)(is - text), text);
	err = target_parse_of(1U << TARGET_GROUP | 1U << TARGET_CGROUP, t->name, &target);
	if (err)
		fairness_target_free(t);
	return err;
}

void fairness_target_free(struct fairness_target *t)
{
	free(t->name);
	t->name = NULL;
}
