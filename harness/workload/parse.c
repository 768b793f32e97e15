/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a workload reports. A line is accepted whole or not at all. */
#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "stats/stats.h"
#include "util/mem.h"
#include "workload/workload.h"

/* Names and units must be words: later they become file names, SQL values and HTML. */
static bool is_word(const char *s)
{
	size_t len = s ? strspn(s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-/%") : 0;

	return len && len <= 64 && !s[len];
}

/* The number is the whole text, and not infinite. */
static bool read_double(const char *s, char stop, double *value, const char **end)
{
	char *after;

	errno = 0;
	*value = strtod(s, &after);
	*end = after + 1;
	return after != s && *after == stop && isfinite(*value) && !isspace((unsigned char)*s);
}

static int parse_metric(char **rest, const char *name, const char *unit, struct metrics *m)
{
	const char *direction = strtok_r(NULL, " ", rest), *text = strtok_r(NULL, " ", rest), *end;
	enum better better = BETTER_NONE;
	double value;

	if (!text || strtok_r(NULL, " ", rest) || !read_double(text, '\0', &value, &end))
		return -EBADMSG;
	if (strcmp(direction, "none") && (!*direction || better_parse(direction, &better)))
		return -EBADMSG;
	metrics_add(m, name, unit, better, value);
	return 0;
}

static int parse_absent(char **rest, const char *name, const char *unit, struct metrics *m)
{
	if (!**rest)
		return -EBADMSG;
	metrics_absent(m, name, unit, *rest);
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

static int parse_hist(char **rest, const char *name, const char *unit, struct metrics *m)
{
	const char *text = strtok_r(NULL, " ", rest);
	struct hist_bin *bins = NULL;
	uint64_t overflow;
	struct hist *h;
	size_t nr = 0;

	if (!text || !read_count(text, &overflow))
		return -EBADMSG;
	while ((text = strtok_r(NULL, " ", rest))) {
		bins = mem_grow(bins, nr, sizeof(*bins));
		if (!read_bin(text, nr ? bins[nr - 1].high : -INFINITY, &bins[nr])) {
			free(bins);
			return -EBADMSG;
		}
		nr++;
	}
	h = metrics_hist(m, name, unit);
	h->overflow = overflow;
	for (size_t i = 0; i < nr; i++)
		hist_add(h, bins[i].low, bins[i].high, bins[i].count);
	free(bins);
	return 0;
}

static const char no_value[] = "too few values lie beyond it, or they lie beyond the histogram's end";

/* Of a histogram that came before, so that all quantiles are computed in one place. */
static int parse_quantile(char **rest, const char *name, const char *of, struct metrics *m)
{
	const char *direction = strtok_r(NULL, " ", rest), *text = strtok_r(NULL, " ", rest), *end;
	const struct hist *h = metrics_find_hist(m, of);
	enum better better;
	double q, value;

	if (!h || !text || strtok_r(NULL, " ", rest) || !read_double(text, '\0', &q, &end) ||
	    !(q > 0 && q < 1))
		return -EBADMSG;
	if (!*direction || better_parse(direction, &better))
		return -EBADMSG;
	value = stats_hist_quantile(h, q);
	if (isnan(value)) {
		metrics_absent(m, name, h->unit, no_value);
		return 0;
	}
	metrics_add(m, name, h->unit, better, value);
	metrics_resolution(m, name, stats_hist_step(h, q));
	return 0;
}

int workload_parse_line(const char *line, struct metrics *m)
{
	static const struct {
		const char *word;
		int (*parse)(char **rest, const char *name, const char *unit, struct metrics *m);
	} kinds[] = { { "metric", parse_metric },
		      { "absent", parse_absent },
		      { "hist", parse_hist },
		      { "quantile", parse_quantile } };
	char *copy = mem_strdup(line), *rest;
	const char *word = strtok_r(copy, " ", &rest), *name = strtok_r(NULL, " ", &rest);
	const char *unit = strtok_r(NULL, " ", &rest);
	int err = -EBADMSG;

	/* With a second value of one name it would be unclear which one counts. */
	if (is_word(name) && is_word(unit) && !metrics_find(m, name) && !metrics_find_hist(m, name))
		for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
			if (!strcmp(word, kinds[i].word))
				err = kinds[i].parse(&rest, name, unit, m);
	free(copy);
	return err;
}
