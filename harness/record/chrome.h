/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Files in Chrome's trace event format, for ui.perfetto.dev: events one at a time, in any order. A track is
 * an object with the members "pid" and "tid"; each CPU has one of its own. Times are in microseconds.
 * Functions take ownership of the JSON that they are given.
 */
#pragma once
#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>

struct chrome {
	FILE *f; /* NULL: it could not be made, and nothing is written */
	int err;
	bool any;
};

/* head: an object, whose members stand before the events. */
void chrome_open(struct chrome *c, const char *path, json_t *head);
/* 0 or a negative errno of any step since the opening, logged. */
int chrome_close(struct chrome *c, const char *path);

#define CHROME_CPUS ((1 << 22) + 1) /* above the kernel's PID_MAX_LIMIT, so it can't be a task's process */
json_t *chrome_cpu(unsigned cpu);

void chrome_put(struct chrome *c, json_t *event);
struct chrome_span {
	double from, to;
};
void chrome_slice(struct chrome *c, struct chrome_span at, json_t *track, json_t *name);
void chrome_instant(struct chrome *c, double at, json_t *track, json_t *name);
/* kind: "process_name" or "thread_name". */
void chrome_name(struct chrome *c, const char *kind, json_t *track, json_t *name);
/* The names of all tracks of CPUs. */
void chrome_name_cpus(struct chrome *c, unsigned cpus);
