/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The sources one by one; what they share is collect.h. */
#pragma once
#include "collect/collect.h"

/*
 * Every source, in the order in which they begin: X(name) is collect_name, mostly in NAME.c. The harness
 * last, when what the others started is there to be watched.
 */
#define COLLECT_SOURCES(X) \
	X(bpf)             \
	X(events)          \
	X(schedstat)       \
	X(pressure)        \
	X(perf)            \
	X(audit)           \
	X(life)            \
	X(harness)

#define X(name) extern const struct source_kind collect_##name;
COLLECT_SOURCES(X)
#undef X

/* The parsers behind them. Pure. */

/* What all CPUs did since boot, in ns and counts. */
struct schedstat {
	uint64_t run_time, run_delay, pcount;
};
/* The text of /proc/schedstat; -EBADMSG when it is of a version that we don't know, or cut. */
int schedstat_parse(const char *text, struct schedstat *s);

/* The total of line "some" or "full" of a pressure file, in us. -ENOENT without such a line. */
int pressure_parse(const char *text, const char *line, uint64_t *us);

/*
 * Lines of perf stat -j. Each event becomes perf.<event>, absent where perf has no count, and
 * perf.<event>.running_pct where it was counted for a part of the time only. -EBADMSG when it is not JSON.
 */
int perf_parse(const char *text, struct metrics *m);
