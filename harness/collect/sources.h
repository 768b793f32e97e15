/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The single sources; collect.h is what they share. */
#pragma once
#include "collect/collect.h"

/*
 * Every source, in the order in which they begin. X(name) is collect_name, mostly in NAME.c. The harness is
 * last, so that it measures the processes which the others started; what watches is measured as close to the
 * window.
 */
#define COLLECT_SOURCES(X) \
	X(bpf)             \
	X(verifier)        \
	X(events)          \
	X(schedstat)       \
	X(pressure)        \
	X(perf)            \
	X(audit)           \
	X(migrate)         \
	X(switches)        \
	X(life)            \
	X(outside)         \
	X(heat)            \
	X(energy)          \
	X(host)            \
	X(watch)           \
	X(harness)

#define X(name) extern const struct source_kind collect_##name;
COLLECT_SOURCES(X)
#undef X

/* The parsers behind them. Pure. */

/* Totals of all CPUs since boot, in ns and counts. */
struct schedstat {
	uint64_t run_time, run_delay, pcount;
};
/* The text of /proc/schedstat; -EBADMSG when its version is unknown or it is cut off. */
int schedstat_parse(const char *text, struct schedstat *s);

/* The total of line "some" or "full" of a pressure file, in us. -ENOENT without such a line. */
int pressure_parse(const char *text, const char *line, uint64_t *us);

/* Of the first line of /proc/stat: the time of all CPUs since boot, in ticks; -EBADMSG without eight numbers.
 */
struct host_times {
	uint64_t steal, all;
};
int host_parse(const char *text, struct host_times *t);

/*
 * Lines of perf stat -j. Each event becomes perf.<event>, absent if perf has no count for it. If it was
 * counted for only a part of the time, perf.<event>.running_pct is added. -EBADMSG when it is not JSON.
 */
int perf_parse(const char *text, struct metrics *m);
