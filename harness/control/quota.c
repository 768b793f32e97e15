/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "control/quota.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "util/cause.h"
#include "util/log.h"
#include "util/mem.h"
#include "util/scan.h"

#define CPU "cpu"
#define MACHINE "machine"
#define LEAST_CPUS 0.01
#define MOST_CPUS 8192

/* What stands before the unit, NULL when that is another; the caller's to free. */
static char *before_unit(const char *text, const char *unit)
{
	size_t len = strlen(text), end = strlen(unit);

	if (len < end || strcmp(text + len - end, unit))
		return NULL;
	return mem_printf("%.*s", (int)(len - end), text);
}

static bool scan_cpus(const char *text, __u32 *quota)
{
	double cpus;

	if (!scan_number(text, &cpus) || cpus < LEAST_CPUS || cpus > MOST_CPUS)
		return false;
	*quota = llround(cpus * 1000);
	return true;
}

static bool scan_part(const char *text, __u32 *quota)
{
	double part;

	if (!scan_percent(text, &part) || part < 1e-6 || part > 1)
		return false;
	*quota = SCXB_QUOTA_MACHINE | (__u32)llround(part * 1e6);
	return true;
}

bool quota_scan(const char *text, __u32 *quota)
{
	char *cpus = before_unit(text, CPU), *part = before_unit(text, MACHINE);
	bool good = (cpus && scan_cpus(cpus, quota)) || (part && scan_part(part, quota));

	free(cpus);
	free(part);
	return good;
}

int quota_parse(const char *text, __u32 *quota)
{
	if (quota_scan(text, quota))
		return 0;
	return log_err(-CAUSE_USAGE,
		       "quota '%s': give CPUs, from 0.01cpu, like 1.5cpu, or a part of the machine, like "
		       "25%%machine",
		       text);
}

void quota_print(__u32 quota, char *buf, size_t len)
{
	if (quota & SCXB_QUOTA_MACHINE)
		snprintf(buf, len, "%.10g%%" MACHINE, (quota & ~SCXB_QUOTA_MACHINE) / 1e4);
	else
		snprintf(buf, len, "%.10g" CPU, quota / 1e3);
}

double quota_cpus(__u32 quota, double cpus)
{
	if (quota & SCXB_QUOTA_MACHINE)
		return (quota & ~SCXB_QUOTA_MACHINE) / 1e6 * cpus;
	return quota / 1e3;
}

int quota_check(__u32 quota, long cpus)
{
	double is = quota_cpus(quota, cpus);
	char text[32];

	/* A part is kept in millionths. */
	if (is > LEAST_CPUS - 1e-6 * cpus && is <= cpus)
		return 0;
	quota_print(quota, text, sizeof(text));
	return log_err(-CAUSE_USAGE,
		       "quota=%s: this machine has %ld CPUs: give 0.01cpu to %ldcpu, or %g%%machine to "
		       "100%%machine",
		       text, cpus, cpus, 100 * LEAST_CPUS / cpus);
}
