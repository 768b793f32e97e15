/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * benchstat.txt: every data point of the primary metrics in Go's benchmark format (golang.org/design/14313),
 * so that benchstat can judge them as well: benchstat -col /policy benchstat.txt. It knows no blocks, so its
 * intervals are wider than ours where the machine drifts. benchstat puts results that differ in a "key:
 * value" line into tables of their own, so nothing is mixed that nobody meant to compare: "-col kernel"
 * compares by one of them, "-ignore commit" takes one for the same.
 */
#include <ctype.h>
#include <math.h>
#include <string.h>
#include "export/exports.h"
#include "record/env_key.h"
#include "record/unit.h"
#include "text/buf.h"

/* Is the rest a '-' and digits? At a name's end that would be read as GOMAXPROCS. */
static bool is_count(const char *text)
{
	return *text == '-' && text[1] && !text[1 + strspn(text + 1, "0123456789")];
}

/* A name has no white space; a '/' begins its next part. */
static void put_name(struct buf *b, const char *text)
{
	for (; *text; text++) {
		bool plain = isgraph((unsigned char)*text) && *text != '/' && !is_count(text);

		buf_bytes(b, plain ? text : "_", 1);
	}
}

static void put_unit(struct buf *b, const struct work *work)
{
	/* benchstat scales ns/op for people; other units it takes as they are. */
	if (unit_is_time(work->unit))
		buf_put(b, "ns/op");
	else
		put_name(b, *work->unit ? work->unit : "value");
}

static void put_cell(struct buf *b, const struct compare *c, unsigned work, unsigned policy)
{
	double ns = unit_is_time(c->work[work].unit) ? unit_seconds(c->work[work].unit) * 1e9 : 1;
	const struct cell *cell = compare_cell(c, work, policy);

	for (unsigned block = 1; block <= c->nr_blocks; block++) {
		if (isnan(cell->value[block]))
			continue;
		buf_put(b, "BenchmarkScx/workload=");
		put_name(b, c->work[work].name);
		buf_put(b, "/metric=");
		put_name(b, c->work[work].metric);
		buf_put(b, "/policy=");
		put_name(b, c->run->run.policies[policy]);
		buf_printf(b, " 1 %.12g ", cell->value[block] * ns);
		put_unit(b, &c->work[work]);
		buf_put(b, "\n");
	}
}

/* A value ends with its line. */
static void put_config(struct buf *b, const char *key, const char *value, size_t len)
{
	buf_printf(b, "%s: ", key);
	for (size_t i = 0; i < len; i++)
		buf_bytes(b, iscntrl((unsigned char)value[i]) ? "_" : &value[i], 1);
	buf_put(b, "\n");
}

/* Of the program, and so of the policies that come with it: "0.9 (1a2b3c)". */
static void put_commit(struct buf *b, const struct run *run)
{
	const char *version = run_env_known(run, ENV_VERSION),
		   *commit = version ? strchr(version, '(') : NULL;

	if (commit)
		put_config(b, "commit", commit + 1, strcspn(commit + 1, ")"));
}

static void put_known(struct buf *b, const char *key, const char *value)
{
	if (value)
		put_config(b, key, value, strlen(value));
}

static void put_machine(struct buf *b, const struct run *run)
{
	put_known(b, "emulated", emulated_name(run->emulated));
	put_known(b, "cpu", run_env_known(run, ENV_CPU));
	put_known(b, "kernel", run_env_known(run, ENV_KERNEL));
	put_commit(b, run);
}

char *export_benchstat(const struct compare *c)
{
	struct buf b = { 0 };

	put_machine(&b, &c->run->run);
	for (unsigned w = 0; w < c->nr_works; w++)
		if (!unit_is_time(c->work[w].unit) && c->work[w].better != BETTER_NONE) {
			buf_put(&b, "Unit ");
			put_unit(&b, &c->work[w]);
			buf_printf(&b, " better=%s\n", better_name(c->work[w].better));
		}
	for (unsigned w = 0; w < c->nr_works; w++)
		for (unsigned p = 0; p < c->nr_policies; p++)
			put_cell(&b, c, w, p);
	return buf_take(&b);
}
