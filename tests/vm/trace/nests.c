/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * nests FILE   is FILE a sound trace? Exit 0: it is JSON of Chrome's trace event format, its times are not
 * before its beginning, and the slices of each track nest: of any two, one is in the other or they are apart.
 * 1: not so.
 */
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "util/mem.h"

/* The format has microseconds; we write nanoseconds, so whole numbers of them can be held against each other.
 */
struct slice {
	long long pid, tid, begin, end;
};

static int by_track(const void *a, const void *b)
{
	const struct slice *x = a, *y = b;

	if (x->pid != y->pid)
		return x->pid < y->pid ? -1 : 1;
	if (x->tid != y->tid)
		return x->tid < y->tid ? -1 : 1;
	if (x->begin != y->begin)
		return x->begin < y->begin ? -1 : 1;
	/* The outer one first. */
	return x->end > y->end ? -1 : x->end < y->end;
}

static long long ns_of(const json_t *event, const char *key)
{
	return llround(json_number_value(json_object_get(event, key)) * 1000);
}

static size_t collect(const json_t *events, struct slice *slice)
{
	const json_t *e;
	size_t i, nr = 0;

	json_array_foreach (events, i, e) {
		struct slice s = { json_integer_value(json_object_get(e, "pid")),
				   json_integer_value(json_object_get(e, "tid")), ns_of(e, "ts"),
				   ns_of(e, "ts") + ns_of(e, "dur") };
		const char *kind = json_string_value(json_object_get(e, "ph"));

		if (!kind || !json_is_integer(json_object_get(e, "pid")) || s.end < s.begin) {
			printf("event %zu is not sound\n", i);
			exit(1);
		}
		if (!strcmp(kind, "X"))
			slice[nr++] = s;
	}
	return nr;
}

static int check(struct slice *slice, size_t nr)
{
	struct slice *open = mem_zalloc(nr + 1, sizeof(*open));
	size_t depth = 0, deepest = 0, wrong = 0;

	qsort(slice, nr, sizeof(*slice), by_track);
	for (size_t i = 0; i < nr; i++) {
		const struct slice *s = &slice[i];

		while (depth && (open[depth - 1].pid != s->pid || open[depth - 1].tid != s->tid ||
				 open[depth - 1].end <= s->begin))
			depth--;
		if (depth && open[depth - 1].end < s->end)
			wrong++;
		open[depth++] = *s;
		deepest = depth > deepest ? depth : deepest;
	}
	free(open);
	printf("%zu slices, %zu deep, %zu do not nest\n", nr, deepest, wrong);
	return !nr || deepest < 2 || wrong;
}

int main(int argc, char **argv)
{
	json_error_t error;
	json_t *trace = argc == 2 ? json_load_file(argv[1], 0, &error) : NULL;
	const json_t *events = json_object_get(trace, "traceEvents");
	struct slice *slice;
	int wrong;

	if (!json_is_array(events)) {
		printf("no trace: %s\n", argc == 2 ? error.text : "usage: nests FILE");
		return 1;
	}
	slice = mem_zalloc(json_array_size(events) + 1, sizeof(*slice));
	wrong = check(slice, collect(events, slice));
	free(slice);
	json_decref(trace);
	return wrong;
}
