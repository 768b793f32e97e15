/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Named numbers and histograms: what workloads and collectors produce and samples carry.
 *
 * Names form one flat space with a prefix by source. A workload's own metrics have no prefix ("time"); others
 * are "perf.cycles", "bpf.op.enqueue", "bpf.count.direct", "custody.entry_dsq", "scx.SCX_EV_BYPASS_ACTIVATE",
 * "sched.run_delay", "life.running.stopping", "psi.cpu_some", "rusage.nvcsw". Units are ns, us, s, count,
 * bytes, ratio. A value that could not be read is kept as absent with the reason, never as a number.
 */
#pragma once
#include <stddef.h>
#include <stdint.h>

enum better { BETTER_NONE, BETTER_LOWER, BETTER_HIGHER };

struct metric {
	char *name;
	char *unit;
	enum better better;
	double value;	   /* NAN when absent */
	char *absent;	   /* why there is no value, or NULL */
	double resolution; /* the steps in which values come, in the unit; NAN: not known */
};

struct hist_bin {
	double low, high; /* [low, high) in the histogram's unit */
	uint64_t count;
};

struct hist {
	char *name;
	char *unit;
	struct hist_bin *bins; /* ascending, empty bins left out */
	size_t nr;
	uint64_t overflow; /* values above the highest possible bin; quantiles up there are void */
};

struct metrics {
	struct metric *metric;
	size_t nr;
	struct hist *hist;
	size_t nr_hists;
};

/*
 * Copies the strings. When there is no memory left the program ends (util/mem.h). A metric of the same name
 * is replaced. A value that is not finite, or out of its range (bounds.h), is kept as absent.
 */
void metrics_add(struct metrics *m, const char *name, const char *unit, enum better better, double value);
void metrics_resolution(struct metrics *m, const char *name,
			double resolution); /* of a metric that is there */
void metrics_absent(struct metrics *m, const char *name, const char *unit, const char *why);
void metrics_drop_times(struct metrics *m); /* and rates, and histograms of times */
/* A new empty histogram, valid until the next metrics_hist(). */
struct hist *metrics_hist(struct metrics *m, const char *name, const char *unit);
/*
 * Appends a bin; bins must come in ascending order. A count of 0 adds nothing. A bin without finite edges is
 * overflow.
 */
void hist_add(struct hist *h, double low, double high, uint64_t count);
uint64_t hist_total(const struct hist *h); /* overflow included */

const struct metric *metrics_find(const struct metrics *m, const char *name); /* or NULL */
double metrics_value(const struct metrics *m, const char *name); /* NAN: no such metric, or absent */
const struct hist *metrics_find_hist(const struct metrics *m, const char *name);
void metrics_free(struct metrics *m);

const char *better_name(enum better b);		 /* "lower", "higher", "" */
int better_parse(const char *s, enum better *b); /* 0 or -EINVAL */
