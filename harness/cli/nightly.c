/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "run/bench.h"
#include "util/cause.h"
#include "util/child.h"
#include "cli/cli.h"
#include "nightly/nightly.h"
#include "util/fs.h"
#include "util/interrupt.h"
#include "util/log.h"
#include "util/mem.h"

#define CONF "/etc/scxbench/nightly.conf"

static const char help[] =
	"usage: scxbench nightly [--config FILE] [-o KEY=VALUE]... [--check]\n"
	"       scxbench nightly --restore\n\n"
	"What a machine does every night: looks whether it is fit to be measured, sets it as the run wants it,\n"
	"takes the run, puts the settings back, judges the run against a baseline, makes the report, publishes\n"
	"it, runs a hook, removes old runs.\n\n"
	"  -c, --config FILE   lines 'key = value' (default: " CONF ", where there is one)\n"
	"  -o KEY=VALUE        the same, and stronger; repeatable\n"
	"      --check         show how fit the machine is, and end\n"
	"      --restore       put back the settings of a run that was killed, and end\n\n"
	"Exit: 0 pass; 1 a regression, or something failed; 4 inconclusive, as is the first night, which becomes\n"
	"the baseline; 3 the machine is not fit; 2 usage; 130 interrupted, what ended is kept\n\n"
	"Keys:\n";

static const struct step {
	const char *name;
	int (*run)(struct night *n);
} steps[] = {
	{ "pre-flight", night_preflight }, { "bench", night_bench },	 { "gate", night_gate },
	{ "report", night_report },	   { "publish", night_publish }, { "hook", night_hook },
	{ "prune", night_prune },
};

/* How much a person must see it before others. What a program that was killed ends with is a failure. */
static int weight(int code)
{
	static const int order[] = { EXIT_CODE_OK,   EXIT_CODE_INCONCLUSIVE, EXIT_CODE_FAILED,
				     EXIT_CODE_CANT, EXIT_CODE_USAGE,	     EXIT_CODE_INTERRUPTED };

	for (size_t i = 0; i < sizeof(order) / sizeof(*order); i++)
		if (order[i] == code)
			return i;
	return weight(EXIT_CODE_FAILED);
}

static int worse(int a, int b)
{
	int worst = weight(a) > weight(b) ? a : b;

	return worst > EXIT_CODE_INTERRUPTED ? EXIT_CODE_FAILED : worst;
}

static int pass_night(struct night *n)
{
	int code = EXIT_CODE_OK;

	interrupt_catch();
	for (size_t i = 0; i < sizeof(steps) / sizeof(*steps) && !n->over; i++) {
		if (interrupted())
			return EXIT_CODE_INTERRUPTED;
		log_info("night %s: %s", n->id, steps[i].name);
		code = worse(code, steps[i].run(n));
	}
	return code;
}

static const char *const words[] = {
	[EXIT_CODE_OK] = "passed",
	[EXIT_CODE_FAILED] = "a regression, or something failed",
	[EXIT_CODE_USAGE] = "not told what to do, see above",
	[EXIT_CODE_CANT] = "this machine could not, see above",
	[EXIT_CODE_INCONCLUSIVE] = "inconclusive",
};

static int take_wish(struct night *n)
{
	for (enum night_key k = NIGHT_GOVERNOR; k <= NIGHT_IRQBALANCE; k++)
		host_wish_set(&n->wish, night_key_name(k), night_conf_text(&n->conf, k));
	return 0;
}

static int night_main(struct night *n, bool only_check)
{
	int code;

	take_wish(n);
	n->results = night_conf_text(&n->conf, NIGHT_RESULTS);
	if (only_check)
		return night_check(n);
	n->id = bench_new_run_id();
	n->dir = mem_printf("%s/runs/%s", n->results, n->id);
	code = pass_night(n);
	log_info("night %s: %s", n->id, code == EXIT_CODE_INTERRUPTED ? "interrupted" : words[code]);
	free(n->published);
	free(n->dir);
	free(n->id);
	return code;
}

/* The file first, so that options win. */
static int read_conf(struct night_conf *c, const char *path, const struct night_conf *options)
{
	const char *usual = fs_sys(CONF);
	int err = 0;

	if (path || fs_exists(usual))
		err = night_conf_read(c, path ? path : usual);
	for (size_t i = 0; i < options->nr && !err; i++) {
		char *text =
			mem_printf("%s=%s", night_key_name(options->value[i].key), options->value[i].text);

		err = night_conf_option(c, text);
		free(text);
	}
	return err;
}

static int usage(int code)
{
	cli_usage(help, code);
	night_conf_explain(code ? stderr : stdout);
	return code;
}

int cmd_nightly(int argc, char **argv)
{
	static const struct option options[] = { { "config", required_argument, NULL, 'c' },
						 { "check", no_argument, NULL, 'k' },
						 { "restore", no_argument, NULL, 'r' },
						 { "help", no_argument, NULL, 'h' },
						 { 0 } };
	struct night_conf given = { 0 };
	struct night n = { 0 };
	const char *path = NULL;
	bool check = false, restore = false;
	int opt, err = 0, code;

	while (!err && (opt = getopt_long(argc, argv, "c:o:h", options, NULL)) != -1) {
		if (opt == 'h')
			return usage(EXIT_CODE_OK);
		if (opt == 'c')
			path = optarg;
		else if (opt == 'o')
			err = night_conf_option(&given, optarg);
		else if (opt == '?')
			err = -CAUSE_USAGE;
		check |= opt == 'k';
		restore |= opt == 'r';
	}
	if (!err && optind < argc)
		err = log_err(-CAUSE_USAGE, "'%s' is no option of nightly: see 'scxbench nightly --help'",
			      argv[optind]);
	if (!err && !restore)
		err = read_conf(&n.conf, path, &given);
	code = err ? exit_code_of(err) : restore ? exit_code_of(host_recover()) : night_main(&n, check);
	night_conf_free(&n.conf);
	night_conf_free(&given);
	return code;
}
