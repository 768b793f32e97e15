/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What perf stat -j prints. A hybrid machine counts each event once for each kind of core,
 * "cpu_core/cycles/", and perf may name what it left out, "cycles:u" without the kernel. Such parts keep a
 * metric each, perf.cpu_core.cycles or perf.cycles:u; the event by its plain name, perf.cycles, is their sum.
 */
#include <errno.h>
#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "collect/sources.h"
#include "record/metric_name.h"
#include "util/mem.h"

#define MODIFIERS "ukhIGHpPSDWeb"
#define WRAPPED 9223372036854775808.0 /* a counter has 63 bits at most; a negative one is above this */

struct count {
	double value;	/* NAN: there is none */
	double running; /* % of the time in which it was counted; value is perf's extrapolation */
	char *absent;	/* why there is no value */
};

/* The event by its plain name, and what was counted of it. */
struct sum {
	char *event;
	struct count count;
};

struct sums {
	struct sum *sum;
	size_t nr;
};

/* The modifiers at the end of "cycles:u", ":" included. Other names have colons too. */
static const char *modifiers(const char *event)
{
	const char *colon = strrchr(event, ':');

	return colon && strspn(colon + 1, MODIFIERS) == strlen(colon + 1) ? colon : event + strlen(event);
}

/* "cycles" of "cpu_core/cycles/", "cpu_core/cycles/u", "cycles:u" and "cycles [cpu_core]". */
static char *plain_name(const char *event)
{
	const char *slash = strchr(event, '/'), *name = slash ? slash + 1 : event;
	char *plain = mem_printf("%.*s", (int)strcspn(name, "/ "), name);

	*(char *)modifiers(plain) = '\0';
	return plain;
}

/* Of a part: perf.cpu_core.cycles:u of "cpu_core/cycles/u". */
static char *part_name(const char *event, const char *plain)
{
	const char *bracket = strstr(event, " ["), *slash = strchr(event, '/'), *last = strrchr(event, '/');

	if (bracket)
		return mem_printf(METRIC_PERF "%.*s.%s", (int)strcspn(bracket + 2, "]"), bracket + 2, plain);
	if (!slash)
		return mem_printf(METRIC_PERF "%s", event);
	return mem_printf(METRIC_PERF "%.*s.%s%s%s", (int)(slash - event), event, plain, last[1] ? ":" : "",
			  last + 1 + (last[1] == ':'));
}

static enum better direction(const char *event)
{
	return strstr(event, "misses") || strstr(event, "migrations") ? BETTER_LOWER : BETTER_NONE;
}

static void add_count(struct metrics *m, const char *name, const struct count *c)
{
	char *share;

	if (c->absent) {
		metrics_absent(m, name, "count", c->absent);
		return;
	}
	metrics_add(m, name, "count", direction(name), c->value);
	share = mem_printf("%s.running_pct", name);
	if (c->running < 100)
		metrics_add(m, share, "%", BETTER_NONE, c->running);
	free(share);
}

/* Versions of perf put numbers into quotes or not. */
static double number_of(json_t *json)
{
	const char *text = json_string_value(json);
	char *end;
	double number;

	if (!text)
		return json_is_number(json) ? json_number_value(json) : NAN;
	number = strtod(text, &end);
	return end == text || *end ? NAN : number;
}

static char *why_absent(json_t *json, double value)
{
	const char *text = json_string_value(json);

	if (text && !strcmp(text, "<not supported>"))
		return mem_printf("%s: neither this CPU nor its kernel has it", text);
	if (text && !strcmp(text, "<not counted>"))
		return mem_printf("%s: it had no counter in this sample", text);
	if (isnan(value))
		return mem_printf("perf reported '%s': not a number", text ? text : "");
	return mem_printf("perf reported %.15g: the counter wrapped", value);
}

static struct count count_of(json_t *line)
{
	json_t *json = json_object_get(line, "counter-value"),
	       *running = json_object_get(line, "pcnt-running");
	struct count c = { .value = number_of(json), .running = running ? number_of(running) : 100 };

	if (!(c.value >= 0 && c.value < WRAPPED))
		c.absent = why_absent(json, c.value);
	return c;
}

static struct count *sum_of(struct sums *s, char *event)
{
	for (size_t i = 0; i < s->nr; i++)
		if (!strcmp(s->sum[i].event, event)) {
			free(event);
			return &s->sum[i].count;
		}
	s->sum = mem_grow(s->sum, s->nr, sizeof(*s->sum));
	s->sum[s->nr] = (struct sum){ event, { .running = 100 } };
	return &s->sum[s->nr++].count;
}

/* A sum without one of its parts is not the event's count. */
static void add_to_sum(struct count *sum, const char *event, const struct count *part)
{
	sum->value += part->value;
	sum->running = fmin(sum->running, part->running);
	if (part->absent && !sum->absent)
		sum->absent = mem_printf("%s: %s", event, part->absent);
}

static void add_event(json_t *line, struct metrics *m, struct sums *s)
{
	const char *event = json_string_value(json_object_get(line, "event"));
	struct count c;
	char *name, *plain;

	/* Some lines have only a derived figure. */
	if (!event || !json_object_get(line, "counter-value"))
		return;
	c = count_of(line);
	plain = plain_name(event);
	name = part_name(event, plain);
	add_count(m, name, &c);
	if (strcmp(plain, event))
		add_to_sum(sum_of(s, plain), event, &c);
	else
		free(plain);
	free(name);
	free(c.absent);
}

static void add_sums(struct metrics *m, struct sums *s)
{
	for (size_t i = 0; i < s->nr; i++) {
		char *name = mem_printf(METRIC_PERF "%s", s->sum[i].event);

		if (!metrics_find(m, name))
			add_count(m, name, &s->sum[i].count);
		free(name);
		free(s->sum[i].event);
		free(s->sum[i].count.absent);
	}
	free(s->sum);
}

int perf_parse(const char *text, struct metrics *m)
{
	char *copy = mem_strdup(text), *rest, *line;
	struct sums s = { 0 };
	int err = 0;

	for (line = strtok_r(copy, "\n", &rest); line && !err; line = strtok_r(NULL, "\n", &rest)) {
		json_t *json = json_loads(line, 0, NULL);

		/* A file that perf writes begins with a comment. */
		if (json)
			add_event(json, m, &s);
		else if (line[0] != '#')
			err = -EBADMSG;
		json_decref(json);
	}
	add_sums(m, &s);
	free(copy);
	return err;
}
