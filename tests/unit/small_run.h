/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the tests of the report share: a small run, its page and its text. */
#pragma once
#include "fake_run.h"
#include "report/report.h"
#include "scratch.h"
#include "util/fs.h"

static inline char *page_of(const struct store_run *run)
{
	char *page;

	assert_int_equal(report_write(".", run, NULL, scratch_path("report")), 0);
	assert_int_equal(fs_read(scratch_path("report/index.html"), &page, NULL), 0);
	return page;
}

static inline char *text_of(const struct store_run *run)
{
	char *text;

	assert_int_equal(report_text(run, 0, &text), 0);
	return text;
}

static inline void has(const char *text, const char *part)
{
	if (!strstr(text, part))
		fail_msg("the text lacks: %s", part);
}

static inline void lacks(const char *text, const char *part)
{
	if (strstr(text, part))
		fail_msg("the text has: %s", part);
}

/* One workload, fair and one policy; values by block, 0 for a void sample. */
static inline struct store_run small_run(const double *fair, const double *other, unsigned blocks,
					 enum better better)
{
	static const char *const policies[] = { "fair", "fifo" }, *const works[] = { "build" },
				 *const primary[] = { "time" };
	struct store_run run = { .run = { .id = mem_strdup("r"),
					  .plan = mem_strdup("demo"),
					  .seed = 7,
					  .command = mem_strdup("scxbench bench --seed 7"),
					  .where = mem_strdup("native"),
					  .blocks = blocks,
					  .planned = 2 * blocks } };

	run.run.policies = fake_list(policies, 2);
	run.run.workloads = fake_list(works, 1);
	run.run.primary = fake_list(primary, 1);
	for (unsigned i = 0; i < 2 * blocks; i++) {
		double value = (i % 2 ? other : fair)[i / 2];
		struct record r = { .seq = i + 1,
				    .block = i / 2 + 1,
				    .policy = mem_strdup(policies[i % 2]),
				    .workload = mem_strdup("build"),
				    .status = value > 0 ? STATUS_OK : STATUS_VOID };

		metrics_add(&r.metrics, "time", "s", better, value > 0 ? value : 1e6);
		run.sample = mem_grow(run.sample, run.nr, sizeof(*run.sample));
		run.sample[run.nr++] = r;
	}
	return run;
}

static inline void small_env(struct store_run *run, const char *key, const char *value)
{
	run->run.env = mem_grow(run->run.env, run->run.nr_env, sizeof(*run->run.env));
	run->run.env[run->run.nr_env++] = (struct pair){ mem_strdup(key), mem_strdup(value) };
}
