/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "judge/limits.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "util/cause.h"
#include "util/log.h"
#include "util/mem.h"
#include "util/scan.h"

/* "3%" or "0.5 %", above 0 and below 100. */
static bool scan_share(const char *text, double *share)
{
	return scan_percent(text, share) && *share > 0 && *share < 1;
}

static void limits_add(struct limits *l, const char *name, size_t len, double value)
{
	char *workload = mem_printf("%.*s", (int)len, name), *colon = strchr(workload, ':');

	if (colon)
		*colon++ = '\0';
	l->item = mem_grow(l->item, l->nr, sizeof(*l->item));
	l->item[l->nr++] = (struct limit){ workload, mem_strdup(colon), value };
}

int limits_parse(const char *option, const char *text, struct limits *l)
{
	const char *equal = strrchr(text, '=');
	double value;

	if (equal == text || !scan_share(equal ? equal + 1 : text, &value))
		return log_err(-CAUSE_USAGE,
			       "%s '%s': give a share above 0%% and below 100%%, as '5%%', 'WORKLOAD=3%%' or "
			       "'WORKLOAD:METRIC=3%%'",
			       option, text);
	if (equal)
		limits_add(l, text, (size_t)(equal - text), value);
	else
		l->all = value;
	return 0;
}

void limits_free(struct limits *l)
{
	for (size_t i = 0; i < l->nr; i++) {
		free(l->item[i].workload);
		free(l->item[i].metric);
	}
	free(l->item);
}

static bool names(const struct limit *item, const struct work *work)
{
	return !strcmp(item->workload, work->name) &&
	       (item->metric ? !strcmp(item->metric, work->metric) : work->primary);
}

bool limits_name(const struct limits *l, const struct work *work)
{
	for (size_t i = 0; i < l->nr; i++)
		if (names(&l->item[i], work))
			return true;
	return false;
}

/* The last one given counts. */
double limits_of(const struct limits *l, const struct work *work)
{
	for (size_t i = l->nr; i-- > 0;)
		if (names(&l->item[i], work))
			return l->item[i].value;
	return l->all;
}

int limits_check(const char *option, const struct limits *l, const struct compare *c)
{
	for (size_t i = 0; i < l->nr; i++) {
		unsigned w = 0;

		while (w < c->nr_works && !names(&l->item[i], &c->work[w]))
			w++;
		if (w == c->nr_works)
			return log_err(-CAUSE_USAGE, "%s '%s%s%s': run %s has no such workload and metric",
				       option, l->item[i].workload, l->item[i].metric ? ":" : "",
				       l->item[i].metric ? l->item[i].metric : "", c->run->run.id);
	}
	return 0;
}
