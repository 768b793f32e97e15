/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Who ran where and who woke whom in a short window of an instrumented sample: switches-0007.json beside the
 * sample's file, in Chrome's trace event format (record/chrome.h). The window is 0.05 s long and begins 0.1
 * s, 0.2 s, 0.4 s or so on after the sample's beginning, the last of these in its first half. For a look, and
 * never compared.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "levels_abi.h"

/* A stint of a task on a CPU, or of no task. */
struct stint {
	uint64_t from_ns, to_ns; /* since the window began */
	unsigned cpu;
	uint32_t tid;
	uint32_t waiting; /* tasks on the CPU's run queue beside it when it began */
	enum stint_of {
		STINT_WORKLOAD,
		STINT_OTHER,
		STINT_IDLE,
		STINT_UNKNOWN, /* who ran before the CPU's first switch is not known */
		NR_STINT
	} of;
	int moved; /* how far since its last stint, enum migrate_level; -1: not, or it has none in the window
		    */
	char comm[16]; /* NUL-terminated */
	bool slept;    /* it ended because the task went to sleep */
};

/* A wakeup of a task, or its fork. */
struct wakeup {
	uint64_t at_ns; /* since the window began */
	unsigned cpu;	/* of the waker */
	uint32_t waker; /* 0: an interrupt, hard or soft, or an idle CPU */
	uint32_t tid;	/* of the task that is woken */
};

struct switches {
	struct stint *stint; /* by begin */
	size_t nr;
	uint64_t after_ns;     /* when the window began, since the sample's beginning */
	uint64_t length_ns;    /* of the window, or as much of it as there was room for */
	uint64_t lost;	       /* switches after that */
	unsigned cpus;	       /* the highest number + 1 */
	bool woken;	       /* wakeups and sleeps were recorded; older files have none */
	struct wakeup *wakeup; /* in order of time */
	size_t wakeups;
};

extern const char *const stint_of_name[NR_STINT];      /* "workload" */
extern const char *const stint_level_name[MIGRATE_NR]; /* "core" */

char *switches_path(const char *dir, unsigned seq); /* the caller's to free */
/* Negative errno, logged. */
int switches_write(const struct switches *s, const char *path);
/* -CAUSE_DAMAGED, logged. s is to be freed in any case. */
int switches_read(const char *path, struct switches *s);
void switches_free(struct switches *s);
