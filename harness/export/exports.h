/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The run for programs, in files beside the page. What is in each: results/README.md. */
#pragma once
#include "judge/compare.h"

/* Every file below out_dir. Logs the cause and returns a negative errno. */
int exports_write(const struct compare *c, const char *out_dir);
/* Those that are there, as a list of links in HTML. */
struct buf;
void exports_list(struct buf *b, const char *out_dir);

/*
 * out_dir/perf.txt, perf's own output of all samples of a run, from its files; no file where there are none.
 */
int export_perf(const char *run_dir, const char *out_dir);

/* The texts of the files; each is the caller's to free. */
char *export_results(const struct compare *c);	 /* JSON: the comparison */
char *export_samples(const struct compare *c);	 /* CSV, a line a sample, a column a metric */
char *export_junit(const struct compare *c);	 /* a policy is a class, a workload a case */
char *export_metrics(const struct compare *c);	 /* Prometheus and OpenMetrics text */
char *export_benchstat(const struct compare *c); /* Go's benchmark format, the primary metrics */
