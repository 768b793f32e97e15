/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The run for programs, in files beside the page. results/README.md describes each. */
#pragma once
#include "judge/compare.h"

/* Every file below out_dir. Logs the cause and returns a negative errno. */
int exports_write(const struct compare *c, const char *out_dir);
/* Those that are there, as a list of links in HTML. */
struct buf;
void exports_list(struct buf *b, const char *out_dir);

/*
 * out_dir/perf.txt: perf's own output of all samples of a run, from its files; no file without such output.
 */
int export_perf(const char *run_dir, const char *out_dir, bool emulated);

/* The same for switches-*.json (record/switches.h), as they are. */
int export_switches(const char *run_dir, const char *out_dir);

/*
 * Every file that is made of the comparison alone: X(junit, "junit.xml", ...) is export_junit(), which
 * returns its text, the caller's to free.
 */
#define EXPORTS(X)                                                                         \
	X(results, "results.json", "the comparison, the numbers of this page")             \
	X(samples, "samples.csv", "every sample with every metric, one line per sample")   \
	X(benchstat, "benchstat.txt",                                                      \
	  "the primary metrics for benchstat, as in benchstat -col /policy benchstat.txt") \
	X(junit, "junit.xml",                                                              \
	  "policies and workloads as test cases: a sample that is not ok fails its case")  \
	X(metrics, "metrics.prom", "the comparison as gauges, for Prometheus and OpenMetrics")

#define X(name, file, what) char *export_##name(const struct compare *c);
EXPORTS(X)
#undef X
