/* SPDX-License-Identifier: GPL-2.0-or-later */
/* split DIR   what the time of the samples in a run's directory went into: seconds a step, by policy. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "record/metric_name.h"
#include "record/record.h"
#include "util/mem.h"

/* The parts of a sample, each of some steps; see sample.c. */
static const struct {
	const char *name, *steps[4];
} parts[] = {
	{ "prepare", { "prepare" } },
	{ "swap in", { "load", "attach" } },
	{ "settle", { "settle" } },
	{ "workload", { "workload" } },
	{ "collect", { "begin", "end", "ledger" } },
	{ "swap out", { "detach", "unload" } },
};
#define NR_PARTS (sizeof(parts) / sizeof(*parts))

struct row {
	char *policy;
	bool instrumented, first;
	unsigned nr;
	double part[NR_PARTS], elapsed, gap;
};

static struct row *rows;
static size_t nr_rows;

/* The first sample of a policy loads it, and has a row of its own. */
static struct row *row_of(const struct record *r)
{
	bool seen = false;

	for (size_t i = 0; i < nr_rows; i++) {
		if (strcmp(rows[i].policy, r->policy) || rows[i].instrumented != r->instrumented)
			continue;
		seen = true;
		if (!rows[i].first)
			return &rows[i];
	}
	rows = mem_grow(rows, nr_rows, sizeof(*rows));
	rows[nr_rows] = (struct row){ .policy = mem_strdup(r->policy),
				      .instrumented = r->instrumented,
				      .first = !seen };
	return &rows[nr_rows++];
}

/* gap: since the end of the sample before it. */
static void add_sample(const struct record *r, double gap)
{
	struct row *row = row_of(r);

	for (size_t p = 0; p < NR_PARTS; p++)
		for (int s = 0; s < 4 && parts[p].steps[s]; s++) {
			char *name = mem_printf(METRIC_STEP "%s", parts[p].steps[s]);
			double seconds = metrics_value(&r->metrics, name);

			row->part[p] += seconds == seconds ? seconds : 0;
			free(name);
		}
	row->elapsed += r->elapsed_s;
	row->gap += gap;
	row->nr++;
}

static int read_samples(const char *dir)
{
	char **file;
	double end = 0;
	int err = run_samples(dir, &file);

	for (size_t i = 0; !err && file[i]; i++) {
		struct record r;
		double start;

		err = record_read(file[i], &r);
		if (err)
			break;
		start = (double)r.started_ns / 1e9;
		add_sample(&r, end ? start - end : 0);
		end = start + r.elapsed_s;
		record_free(&r);
	}
	run_samples_free(file);
	return err;
}

static void put_row(const struct row *row)
{
	printf("%-12s %-5s %-12s %3u", row->policy, row->first ? "first" : "",
	       row->instrumented ? "instrumented" : "timed", row->nr);
	for (size_t p = 0; p < NR_PARTS; p++)
		printf(" %9.3f", row->part[p] / row->nr);
	printf(" %9.3f %9.3f\n", row->gap / row->nr, (row->elapsed + row->gap - row->part[3]) / row->nr);
}

int main(int argc, char **argv)
{
	if (argc != 2 || read_samples(argv[1]))
		return 2;
	printf("%-12s %-18s %3s", "policy", "samples", "nr");
	for (size_t p = 0; p < NR_PARTS; p++)
		printf(" %9s", parts[p].name);
	printf(" %9s %9s\n", "store", "beside");
	for (size_t i = 0; i < nr_rows; i++)
		put_row(&rows[i]);
	return 0;
}
