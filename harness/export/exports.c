/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "export/exports.h"

#include <stdlib.h>
#include "text/buf.h"
#include "util/fs.h"
#include "util/mem.h"

static const struct export
{
	const char *name, *what;
	char *(*make)(const struct compare *c); /* NULL: made elsewhere, if there is anything to be in it */
}
exports[] = {
	{ "results.json", "the comparison, the numbers of this page", export_results },
	{ "samples.csv", "every sample with every metric, a line a sample", export_samples },
	{ "benchstat.txt", "the primary metrics for benchstat, as in benchstat -col /policy benchstat.txt",
	  export_benchstat },
	{ "junit.xml", "policies and workloads as test cases: a sample that is not ok fails its case",
	  export_junit },
	{ "metrics.prom", "the comparison as gauges, for Prometheus and OpenMetrics", export_metrics },
	{ "perf.txt", "what perf itself printed, sample by sample", NULL },
	{ "topology.xml", "the machine as hwloc saw it: lstopo -i topology.xml", NULL },
};
#define NR_EXPORTS (sizeof(exports) / sizeof(*exports))

static int write_one(const struct export *e, const struct compare *c, const char *out_dir)
{
	char *path = mem_printf("%s/%s", out_dir, e->name), *text = e->make(c);
	int err = fs_save(path, text);

	free(text);
	free(path);
	return err;
}

int exports_write(const struct compare *c, const char *out_dir)
{
	int err = 0;

	for (size_t i = 0; i < NR_EXPORTS && !err; i++)
		if (exports[i].make)
			err = write_one(&exports[i], c, out_dir);
	return err;
}

static bool is_there(const struct export *e, const char *out_dir)
{
	char *path = mem_printf("%s/%s", out_dir, e->name);
	bool there = e->make || fs_exists(path);

	free(path);
	return there;
}

void exports_list(struct buf *b, const char *out_dir)
{
	buf_put(b, "<ul>\n");
	for (size_t i = 0; i < NR_EXPORTS; i++)
		if (is_there(&exports[i], out_dir))
			buf_printf(b, "<li><a href=\"%s\">%s</a>: %s</li>\n", exports[i].name,
				   exports[i].name, exports[i].what);
	buf_put(b, "</ul>\n");
}
