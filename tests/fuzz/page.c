/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Numbers that a sample may have, however absurd, become a comparison, a text and every export. The input is
 * a row of 9 bytes for each sample: its status, and its value; where that is no number, a histogram of it.
 */
#include "fuzz.h"
#include "export/exports.h"
#include "report/report.h"
#include "store/store.h"
#include "util/mem.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define ROW 9
#define MOST 40

static char **list_of(const char *a, const char *b)
{
	char **list = mem_zalloc(3, sizeof(*list));

	list[0] = mem_strdup(a);
	list[1] = b ? mem_strdup(b) : NULL;
	return list;
}

static struct record sample_of(unsigned i, const uint8_t *row)
{
	struct record r = { .seq = i + 1,
			    .block = i / 2 + 1,
			    .policy = mem_strdup(i % 2 ? "fifo" : "fair"),
			    .workload = mem_strdup("build"),
			    .status = row[0] % 8 < NR_STATUS ? (enum status)(row[0] % 8) : STATUS_OK };
	uint64_t count;
	double value;

	memcpy(&value, row + 1, sizeof(value));
	memcpy(&count, row + 1, sizeof(count));
	if (isfinite(value))
		metrics_add(&r.metrics, "time", "s", BETTER_LOWER, value);
	else
		metrics_absent(&r.metrics, "time", "s", "no number");
	hist_add(metrics_hist(&r.metrics, "latency", "s"), row[0], row[0] + 1.0, count & INT64_MAX);
	return r;
}

static void use_all(const struct store_run *run)
{
	struct compare c;
	char *text;

	if (!report_text(run, 80, &text))
		free(text);
	compare_make(run, &c);
	free(export_results(&c));
	free(export_samples(&c));
	free(export_benchstat(&c));
	free(export_junit(&c));
	free(export_metrics(&c));
	compare_free(&c);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	size_t nr = size / ROW < MOST ? size / ROW : MOST;
	struct store_run run = { .run = { .id = mem_strdup("r"),
					  .plan = mem_strdup("demo"),
					  .command = mem_strdup("scxbench bench"),
					  .where = mem_strdup("native"),
					  .policies = list_of("fair", "fifo"),
					  .workloads = list_of("build", NULL),
					  .primary = list_of("time", NULL),
					  .blocks = nr / 2 + 1,
					  .planned = nr } };
	bool sound = true;

	for (unsigned i = 0; i < nr; i++) {
		run.sample = mem_grow(run.sample, run.nr, sizeof(*run.sample));
		run.sample[run.nr++] = sample_of(i, data + i * ROW);
		sound &= !record_check(&run.sample[i], "sample");
	}
	if (sound)
		use_all(&run);
	store_run_free(&run);
	return 0;
}
