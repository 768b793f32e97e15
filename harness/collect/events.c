/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The kernel's own counters of a policy. Their file exists only while the policy is attached. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "collect/bpf.h"
#include "collect/sources.h"
#include "record/metric_name.h"
#include "util/fs.h"
#include "util/mem.h"

#define EVENTS "/sys/kernel/sched_ext/root/events"

struct source {
	char *before; /* NULL when it can't be read */
};

/* The value in the first line of text that begins with name and a space; 0 when there is none. */
static uint64_t value_of(const char *text, const char *name)
{
	size_t len = strlen(name);

	for (const char *line = text; line && *line; line = strchr(line, '\n')) {
		line += *line == '\n';
		if (!strncmp(line, name, len) && line[len] == ' ')
			return strtoull(line + len, NULL, 10);
	}
	return 0;
}

void events_since(const char *before, const char *after, struct metrics *m)
{
	char name[64], full[80];
	uint64_t value;
	int used;

	while (sscanf(after, " %63s %" SCNu64 "%n", name, &value, &used) == 2) {
		snprintf(full, sizeof(full), METRIC_SCX "%s", name);
		metrics_add(m, full, "count", BETTER_NONE, value - value_of(before, name));
		after += used;
	}
}

static struct source *events_begin(const struct source_ctx *ctx)
{
	struct source *s;

	if (!policy_ops_name(ctx->policy)[0])
		return NULL;
	s = mem_zalloc(1, sizeof(*s));
	fs_read(fs_sys(EVENTS), &s->before, NULL);
	return s;
}

static void events_end(struct source *s, struct metrics *m)
{
	char *after = NULL;

	if (!s->before)
		metrics_absent(m, METRIC_BYPASS_ACTIVATE, "count", "this kernel has no " EVENTS);
	else if (fs_read(fs_sys(EVENTS), &after, NULL))
		metrics_absent(m, METRIC_BYPASS_ACTIVATE, "count",
			       "the policy was detached before the window ended");
	else
		events_since(s->before, after, m);
	free(after);
	free(s->before);
	free(s);
}

const struct source_kind collect_events = { .name = "events", .begin = events_begin, .end = events_end };
