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

#define EVENTS "events"

/* What one policy counts. */
struct counters {
	const struct policy *policy; /* NULL: nothing */
	char *before;		     /* NULL when it can't be read */
};

struct source {
	struct counters own, parent;
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

void events_since(const char *before, const char *after, const char *prefix, struct metrics *m)
{
	char name[64], full[80];
	uint64_t value;
	int used;

	while (sscanf(after, " %63s %" SCNu64 "%n", name, &value, &used) == 2) {
		snprintf(full, sizeof(full), "%s%s", prefix, name);
		metrics_add(m, full, "count", BETTER_NONE, value - value_of(before, name));
		after += used;
	}
}

static char *read_events(const struct policy *p)
{
	char *path = policy_file(p, EVENTS), *text = NULL;

	fs_read(fs_sys("%s", path), &text, NULL);
	free(path);
	return text;
}

static uint64_t bypasses_of(const struct policy *p)
{
	char *events = read_events(p);
	uint64_t nr = value_of(events, metric_rest(METRIC_BYPASS_ACTIVATE, METRIC_SCX)) +
		      value_of(events, metric_rest(METRIC_BYPASS_DISPATCH, METRIC_SCX));

	free(events);
	return nr;
}

uint64_t collect_bypasses(const struct policy *p)
{
	uint64_t nr = 0;

	if (!policy_ops_name(p)[0])
		return 0;
	for (; p; p = policy_parent(p))
		nr += bypasses_of(p);
	return nr;
}

static struct source *events_begin(const struct source_ctx *ctx)
{
	struct source *s;

	if (!policy_ops_name(ctx->policy)[0])
		return NULL;
	s = mem_zalloc(1, sizeof(*s));
	s->own.policy = ctx->policy;
	s->own.before = read_events(ctx->policy);
	s->parent.policy = policy_parent(ctx->policy);
	if (s->parent.policy)
		s->parent.before = read_events(s->parent.policy);
	return s;
}

static void add_counters(struct counters *c, const char *prefix, const char *absent, struct metrics *m)
{
	char *after = c->before ? read_events(c->policy) : NULL;

	if (!c->before)
		metrics_absent(m, absent, "count", "this kernel has no file of the policy's events");
	else if (!after)
		metrics_absent(m, absent, "count", "the policy was detached before the window ended");
	else
		events_since(c->before, after, prefix, m);
	free(after);
	free(c->before);
}

static void events_end(struct source *s, struct metrics *m)
{
	add_counters(&s->own, METRIC_SCX, METRIC_BYPASS_ACTIVATE, m);
	if (s->parent.policy)
		add_counters(&s->parent, METRIC_SCX_PARENT, METRIC_PARENT_BYPASS, m);
	free(s);
}

const struct source_kind collect_events = { .name = "events", .begin = events_begin, .end = events_end };
