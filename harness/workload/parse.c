/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a workload reports. A line is accepted whole or not at all. */
#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "record/bounds.h"
#include "record/metric_name.h"
#include "record/name.h"
#include "record/unit.h"
#include "stats/stats.h"
#include "util/mem.h"
#include "workload/workload.h"

struct taking {
	struct metrics *m;
	char *rule; /* that the line breaks; NULL: it is not a line of the protocol at all */
};

/* The number is the whole text, and not infinite. */
static bool read_double(const char *s, char stop, double *value, const char **end)
{
	char *after;

	errno = 0;
	*value = strtod(s, &after);
	*end = after + 1;
	return after != s && *after == stop && isfinite(*value) && !isspace((unsigned char)*s);
}

static int parse_metric(char **rest, const char *name, const char *unit, struct taking *to)
{
	const char *direction = strtok_r(NULL, " ", rest), *text = strtok_r(NULL, " ", rest), *end;
	enum better better = BETTER_NONE;
	double value;

	if (!text || strtok_r(NULL, " ", rest) || !read_double(text, '\0', &value, &end))
		return -EBADMSG;
	if (strcmp(direction, "none") && (!*direction || better_parse(direction, &better)))
		return -EBADMSG;
	if (!value && !strcmp(name, METRIC_TIME) && unit_is_time(unit))
		to->rule = mem_strdup("a workload takes some time");
	else
		to->rule = metric_fault(
			&(struct metric){ (char *)name, (char *)unit, better, value, NULL, NAN });
	if (to->rule)
		return -EBADMSG;
	metrics_add(to->m, name, unit, better, value);
	return 0;
}

static int parse_absent(char **rest, const char *name, const char *unit, struct taking *to)
{
	if (!**rest)
		return -EBADMSG;
	metrics_absent(to->m, name, unit, *rest);
	return 0;
}

static bool read_count(const char *s, uint64_t *count)
{
	char *end;

	errno = 0;
	*count = strtoull(s, &end, 10);
	return isdigit((unsigned char)*s) && !*end && !errno;
}

/* "LOW:HIGH:COUNT", not below the end of the bin before. */
static bool read_bin(const char *s, double from, struct hist_bin *bin)
{
	return read_double(s, ':', &bin->low, &s) && read_double(s, ':', &bin->high, &s) &&
	       read_count(s, &bin->count) && bin->low >= from && bin->high > bin->low;
}

static int parse_hist(char **rest, const char *name, const char *unit, struct taking *to)
{
	const char *text = strtok_r(NULL, " ", rest);
	struct hist h = { .name = (char *)name, .unit = (char *)unit }, *place;
	double from = -INFINITY;
	struct hist_bin bin;

	if (!text || !read_count(text, &h.overflow))
		return -EBADMSG;
	while ((text = strtok_r(NULL, " ", rest)) && read_bin(text, from, &bin)) {
		hist_add(&h, bin.low, bin.high, bin.count);
		from = bin.high;
	}
	to->rule = text ? NULL : hist_fault(&h);
	if (text || to->rule) {
		free(h.bins);
		return -EBADMSG;
	}
	place = metrics_hist(to->m, name, unit);
	place->overflow = h.overflow;
	place->bins = h.bins;
	place->nr = h.nr;
	return 0;
}

static const char no_value[] = "too few values lie beyond it, or they lie beyond the histogram's end";

/* Of a histogram that came before, so that all quantiles are computed in one place. */
static int parse_quantile(char **rest, const char *name, const char *of, struct taking *to)
{
	const char *direction = strtok_r(NULL, " ", rest), *text = strtok_r(NULL, " ", rest), *end;
	const struct hist *h = metrics_find_hist(to->m, of);
	enum better better;
	double q, value;

	if (!h || !text || strtok_r(NULL, " ", rest) || !read_double(text, '\0', &q, &end) ||
	    !(q > 0 && q < 1))
		return -EBADMSG;
	if (!*direction || better_parse(direction, &better))
		return -EBADMSG;
	value = stats_hist_quantile(h, q);
	if (isnan(value)) {
		metrics_absent(to->m, name, h->unit, no_value);
		return 0;
	}
	metrics_add(to->m, name, h->unit, better, value);
	metrics_resolution(to->m, name, stats_hist_step(h, q));
	return 0;
}

/* Whether there is room for one more of that name. */
static int line_place(const char *name, const char *unit, struct taking *to)
{
	const char *rule = name_fault(NAME_METRIC, name) ?: name_fault(NAME_METRIC, unit);

	if (rule)
		to->rule = mem_strdup(rule);
	else if (to->m->nr >= METRICS_MAX || to->m->nr_hists >= HISTS_MAX)
		to->rule = mem_printf("at most %d metrics and %d histograms", METRICS_MAX, HISTS_MAX);
	else if (metrics_find(to->m, name) || metrics_find_hist(to->m, name))
		to->rule = mem_strdup("with a second value of one name it is unclear which one counts");
	return to->rule ? -EBADMSG : 0;
}

static int parse_words(char *line, struct taking *to)
{
	static const struct {
		const char *word;
		int (*parse)(char **rest, const char *name, const char *unit, struct taking *to);
	} kinds[] = { { "metric", parse_metric },
		      { "absent", parse_absent },
		      { "hist", parse_hist },
		      { "quantile", parse_quantile } };
	char *rest;
	const char *word = strtok_r(line, " ", &rest), *name = strtok_r(NULL, " ", &rest);
	const char *unit = strtok_r(NULL, " ", &rest);

	for (size_t i = 0; unit && i < sizeof(kinds) / sizeof(*kinds); i++)
		if (!strcmp(word, kinds[i].word))
			return line_place(name, unit, to) ?: kinds[i].parse(&rest, name, unit, to);
	return -EBADMSG;
}

int workload_parse_line(const char *line, struct metrics *m, struct why *why)
{
	char *copy = mem_strdup(line);
	struct taking to = { .m = m };
	int err = parse_words(copy, &to);

	if (err && to.rule)
		why_set(why, err, "reported '%.100s': %s", line, to.rule);
	else if (err)
		why_set(why, err, "reported a line that is not a result: '%.100s'", line);
	free(to.rule);
	free(copy);
	return err;
}
