/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A verdict in words. */
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include "record/metric_name.h"
#include "stats/verdict.h"
#include "util/mem.h"

static bool is_time(const char *unit)
{
	static const char *const units[] = { "ns", "us", "ms", "s" };

	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++)
		if (!strcmp(unit, units[i]))
			return true;
	return false;
}

static bool is_rate(const char *unit)
{
	size_t len = strlen(unit);

	return len > 2 && !strcmp(unit + len - 2, "/s");
}

const char *verdict_word(enum verdict v, const char *unit)
{
	bool speed = is_time(unit) || is_rate(unit);

	switch (v) {
	case VERDICT_BETTER:
		return speed ? "faster" : "better";
	case VERDICT_WORSE:
		return speed ? "slower" : "worse";
	case VERDICT_EQUIVALENT:
		return "equivalent";
	case VERDICT_INCONCLUSIVE:
		return "inconclusive";
	default:
		return "no verdict";
	}
}

static double percent(double ratio)
{
	return 100 * fabs(ratio - 1);
}

static const char *side(double ratio)
{
	return ratio < 1 ? "less" : "more";
}

/* "4.0 to 8.2 %", or with its sides where it has two: "1.0 % less to 2.0 % more". */
static char *interval(double low, double high)
{
	if (low < 1 && high > 1)
		return mem_printf("%.1f %% less to %.1f %% more", percent(low), percent(high));
	return mem_printf("%.1f to %.1f %%", percent(high < 1 ? high : low), percent(high < 1 ? low : high));
}

static char *p_value(double p)
{
	if (isnan(p))
		return mem_strdup("no p");
	if (p < 0.0001)
		return mem_strdup("adjusted p below 0.0001");
	return mem_printf("adjusted p %.*f", p < 0.001 ? 4 : p < 0.1 ? 3 : 2, p);
}

/* "locality finishes hackbench-pipe in 6.1 % less time than EEVDF" */
static char *claim(const struct effect *e, const struct verdict_names *n)
{
	if (!strcmp(n->metric, METRIC_TIME) && is_time(n->unit))
		return mem_printf("%s finishes %s in %.1f %% %s time than %s", n->policy, n->workload,
				  percent(e->ratio), side(e->ratio), n->base);
	return mem_printf("%s has %.1f %% %s %s in %s than %s", n->policy, percent(e->ratio),
			  e->ratio < 1 ? "lower" : "higher", n->metric, n->workload, n->base);
}

static char *too_few(const struct effect *e, const struct verdict_names *n)
{
	char *what, *text;

	if (!e->n)
		return mem_printf("%s and %s have no block in common in %s: no verdict.", n->policy, n->base,
				  n->workload);
	what = claim(e, n);
	text = mem_printf("%s in %zu %s; an interval needs %d: no verdict.", what, e->n,
			  e->n == 1 ? "block" : "blocks", STATS_MIN_PAIRS);
	free(what);
	return text;
}

/* What follows the verdict's word. */
static char *remark(const struct effect *e, enum verdict v, const struct verdict_rule *rule)
{
	unsigned blocks;

	if (v == VERDICT_EQUIVALENT)
		return mem_printf(" within %.3g %%", 100 * rule->margin);
	if (v != VERDICT_INCONCLUSIVE)
		return mem_strdup("");
	blocks = stats_blocks_needed(e, rule);
	return blocks ? mem_printf(", about %u blocks would decide", blocks) : mem_strdup("");
}

char *verdict_sentence(const struct effect *e, double adjusted_p, const struct verdict_rule *rule,
		       const struct verdict_names *names)
{
	enum verdict v = stats_verdict(e, adjusted_p, rule);
	bool equal = v == VERDICT_EQUIVALENT;
	char *what, *range, *p, *rest, *text;

	if (isnan(e->low))
		return too_few(e, names);
	what = claim(e, names);
	range = interval(equal ? e->low90 : e->low, equal ? e->high90 : e->high);
	p = p_value(adjusted_p);
	rest = remark(e, v, rule);
	text = mem_printf("%s (%d %% interval %s, %zu blocks, %s): %s%s.", what, equal ? 90 : 95, range, e->n,
			  p, verdict_word(v, names->unit), rest);
	free(what);
	free(range);
	free(p);
	free(rest);
	return text;
}
