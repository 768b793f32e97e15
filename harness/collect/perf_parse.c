/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include "collect/sources.h"
#include "record/metric_name.h"
#include "util/mem.h"

/*
 * "cpu_core/cycles/" of a hybrid machine becomes perf.cpu_core.cycles: each kind of CPU has its own metric.
 */
static char *metric_name(const char *event)
{
	char *name = mem_printf(METRIC_PERF "%s", event);
	size_t len = strlen(name);

	if (name[len - 1] == '/')
		name[len - 1] = '\0';
	for (char *p = name; *p; p++)
		if (*p == '/')
			*p = '.';
	return name;
}

static enum better direction(const char *event)
{
	return strstr(event, "misses") || strstr(event, "migrations") ? BETTER_LOWER : BETTER_NONE;
}

static void add_event(json_t *line, struct metrics *m)
{
	const char *event = json_string_value(json_object_get(line, "event"));
	const char *value = json_string_value(json_object_get(line, "counter-value"));
	double running = json_number_value(json_object_get(line, "pcnt-running"));
	char *name, *share, *end;
	double count;

	/* Some lines have only a derived figure. */
	if (!event || !value)
		return;
	name = metric_name(event);
	count = strtod(value, &end);
	if (end == value || *end) {
		metrics_absent(m, name, "count", value);
	} else {
		metrics_add(m, name, "count", direction(event), count);
		share = mem_printf("%s.running_pct", name);
		if (running < 100)
			metrics_add(m, share, "%", BETTER_NONE, running);
		free(share);
	}
	free(name);
}

int perf_parse(const char *text, struct metrics *m)
{
	char *copy = mem_strdup(text), *rest, *line;
	int err = 0;

	for (line = strtok_r(copy, "\n", &rest); line && !err; line = strtok_r(NULL, "\n", &rest)) {
		json_t *json = json_loads(line, 0, NULL);

		/* A file that perf writes begins with a comment. */
		if (json)
			add_event(json, m);
		else if (line[0] != '#')
			err = -EBADMSG;
		json_decref(json);
	}
	free(copy);
	return err;
}
