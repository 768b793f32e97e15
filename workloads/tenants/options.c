/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "../kit.h"
#include "monitor/fairness_watch.h"
#include "tenants.h"
#include "util/scan.h"

#define SECONDS 4

static int take_tenant(struct options *o, const char *word)
{
	struct tenant *t = &o->tenant[o->nr];

	if (o->nr == MAX_TENANTS)
		return kit_fail("TENANTS: at most %d", MAX_TENANTS);
	if (!fairness_weight_parse(word, &t->weight, &t->quota) || t->weight > TENANT_MAX_WEIGHT)
		return kit_fail(
			"TENANTS: '%s' is not WEIGHT or WEIGHT@QUOTA: weights from 1 to %d, quotas like 1.5cpu or "
			"25%%machine",
			word, TENANT_MAX_WEIGHT);
	snprintf(t->group, sizeof(t->group), "t%u", ++o->nr);
	return 0;
}

static int take_tenants(struct options *o, const char *list)
{
	char *copy = strdup(list), *rest, *word;
	int err = 0;

	for (word = strtok_r(copy, ",", &rest); word && !err; word = strtok_r(NULL, ",", &rest))
		err = take_tenant(o, word);
	free(copy);
	return err || o->nr > 1 ? err : kit_fail("TENANTS: give at least two, like 1,2,4 or 1,2@25%%machine");
}

int options_read(struct options *o)
{
	const char *list = getenv("TENANTS"), *seconds = getenv("TENANTS_SECONDS");

	*o = (struct options){ .seconds = SECONDS * kit_scale() };
	list = list && *list ? list : "1,2,4";
	if (seconds && *seconds) {
		if (!scan_number(seconds, &o->seconds) || o->seconds < 2 || o->seconds > 86400)
			return kit_fail("TENANTS_SECONDS '%s' is not a number from 2 to 86400", seconds);
	}
	snprintf(o->identity, sizeof(o->identity), "seconds=%g,tenants=%s", o->seconds, list);
	return take_tenants(o, list);
}
