/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "run/bench.h"
#include "cli/cli.h"

static bool not_ok(const struct record *r)
{
	return r->status != STATUS_OK;
}

static int show(const struct bench *b, struct store *store)
{
	return cli_report(b->home, b->opt.results, store, b->run.id);
}

static const struct purpose compare = {
	.fair = true, .command = bench_command, .failed = not_ok, .show = show
};

int cmd_bench(int argc, char **argv)
{
	static struct bench b = { .verb = "bench", .purpose = &compare };
	int code = bench_options(argc, argv, &b.opt);

	return code ? code - 1 : session_main(&b);
}
