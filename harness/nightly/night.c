/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The steps of a night, one after the other. */
#include "nightly/nightly.h"

#include <stdlib.h>

#include "run/bench.h"
#include "util/cause.h"
#include "util/interrupt.h"
#include "util/log.h"
#include "util/mem.h"

static const struct step {
	const char *name;
	int (*run)(struct night *n);
} steps[] = {
	{ "pre-flight", night_preflight }, { "bench", night_bench },   { "gate", night_gate },
	{ "history", night_history },	   { "report", night_report }, { "publish", night_publish },
	{ "message", night_message },	   { "hook", night_hook },     { "prune", night_prune },
};

/* How much an exit code matters among others. That of a killed program is a failure. */
static int code_weight(int code)
{
	static const int order[] = { EXIT_CODE_OK,   EXIT_CODE_INCONCLUSIVE, EXIT_CODE_FAILED,
				     EXIT_CODE_CANT, EXIT_CODE_USAGE,	     EXIT_CODE_INTERRUPTED };

	for (size_t i = 0; i < sizeof(order) / sizeof(*order); i++)
		if (order[i] == code)
			return i;
	return code_weight(EXIT_CODE_FAILED);
}

static int worse_code(int a, int b)
{
	int worst = code_weight(a) > code_weight(b) ? a : b;

	return worst > EXIT_CODE_INTERRUPTED ? EXIT_CODE_FAILED : worst;
}

static int pass_steps(struct night *n)
{
	int code = EXIT_CODE_OK;

	interrupt_catch();
	for (size_t i = 0; i < sizeof(steps) / sizeof(*steps) && !n->over; i++) {
		if (interrupted())
			return EXIT_CODE_INTERRUPTED;
		log_info("night %s: %s", n->id, steps[i].name);
		code = worse_code(code, steps[i].run(n));
	}
	return code;
}

static const char *const words[] = {
	[EXIT_CODE_OK] = "passed",
	[EXIT_CODE_FAILED] = "a regression, or something failed",
	[EXIT_CODE_USAGE] = "an option or setting is wrong, see above",
	[EXIT_CODE_CANT] = "this machine can't do it, see above",
	[EXIT_CODE_INCONCLUSIVE] = "inconclusive",
};

void night_take_conf(struct night *n)
{
	for (enum night_key k = NIGHT_GOVERNOR; k <= NIGHT_IRQBALANCE; k++)
		host_wish_set(&n->wish, night_key_name(k), night_conf_text(&n->conf, k));
	n->results = night_conf_text(&n->conf, NIGHT_RESULTS);
}

int night_pass(struct night *n)
{
	int code;

	n->id = bench_new_run_id();
	n->dir = mem_printf("%s/runs/%s", n->results, n->id);
	code = pass_steps(n);
	log_info("night %s: %s", n->id, code == EXIT_CODE_INTERRUPTED ? "interrupted" : words[code]);
	free(n->published);
	free(n->changes);
	free(n->dir);
	free(n->id);
	return code;
}
