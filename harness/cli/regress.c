/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Is a run, at worst, within a threshold of its baseline? */
#include "cli/regress.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"
#include "judge/regress.h"
#include "util/log.h"
#include "store/store.h"
#include "util/parse.h"

struct options {
	struct regress_options regress;
	const char *results;
};

enum { OPT_NIGHTS = 256, OPT_MARGIN, OPT_JUNIT, OPT_BLESS };

static const struct argp_option rows[] = {
	{ "baseline", 'b', "RUN", 0, "a run or a tag (default: " REGRESS_LAST_GOOD ", of the run's machine)",
	  0 },
	{ "nights", OPT_NIGHTS, "N", 0,
	  "the last N runs before it, of the same machine, plan and work, instead of one baseline: the "
	  "intervals then include what varies from night to night",
	  0 },
	{ "threshold", 't', "SHARE", 0,
	  "5% for all, WORKLOAD=3% for one; WORKLOAD:METRIC=10% gates that metric too; repeatable "
	  "(default: 5%)",
	  0 },
	{ "margin", OPT_MARGIN, "SHARE", 0,
	  "margin of equivalence, for the verdict beside (default: the run's)", 0 },
	{ "junit", OPT_JUNIT, "FILE", 0, "write JUnit XML as well", 0 },
	{ "bless", OPT_BLESS, NULL, 0, "tag the run " REGRESS_LAST_GOOD " when it passes", 0 },
	{ 0 },
};

static int take_nights(struct regress_options *o, const char *text)
{
	uint64_t n;
	int err = parse_count("--nights", text, REGRESS_NIGHTS, &n);

	if (!err)
		o->nights = (unsigned)n;
	return err;
}

static error_t regress_take(int key, char *arg, struct argp_state *state)
{
	struct options *all = state->input;
	struct regress_options *o = &all->regress;

	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &all->results;
		return state->child_inputs[1] = &o->json, 0;
	case 'b':
		return o->baseline = arg, 0;
	case OPT_NIGHTS:
		return take_nights(o, arg);
	case 't':
		return limits_parse("--threshold", arg, &o->threshold);
	case OPT_MARGIN:
		return limits_parse("--margin", arg, &o->margin);
	case OPT_JUNIT:
		return o->junit = arg, 0;
	case OPT_BLESS:
		return o->bless = true, 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static int open_and_judge(const struct options *o)
{
	struct store *store = NULL;
	int err = 0, code;

	if (o->regress.baseline && o->regress.nights)
		err = log_err(-CAUSE_USAGE, "--baseline and --nights: choose one");
	if (!err)
		err = store_open_in(o->results, false, &store);
	code = err ? exit_code_of(err) : regress_run(store, &o->regress);
	store_close(store);
	return code;
}

static int regress(struct call *call)
{
	struct options o = { .results = RESULTS_DEFAULT };
	int code;

	if (options_parse(call, &o)) {
		o.regress.run = call->word[0];
		code = open_and_judge(&o);
	} else {
		code = call->code;
	}
	limits_free(&o.regress.threshold);
	limits_free(&o.regress.margin);
	return code;
}

const struct command cmd_regress = {
	.name = "regress",
	.summary = "judge whether a run is within a threshold of its baseline",
	.argp = { .options = rows,
		  .parser = regress_take,
		  .args_doc = "[RUN]",
		  .children = (const struct argp_child[]){ { &options_results, 0, NULL, 0 },
							   { &options_json, 0, NULL, 0 },
							   { 0 } },
		  .doc = "The gate. It judges a run (its id or a tag; default: the latest) against a "
			 "baseline, policy by policy. Each policy counts as its ratio to the fair of "
			 "its own run, so a policy does not fail because the machine got slower.\n\n"
			 "A run passes only if every primary metric of the baseline is shown to be at "
			 "most the threshold worse." },
	.most = 1,
	.exits = "0 pass\n"
		 "1 a regression, a missing metric, a failed or ejected sample\n"
		 "2 usage, or not comparable\n"
		 "4 inconclusive: too few blocks, no baseline yet, or the run has not ended\n",
	.examples = "scxbench regress\tthe latest against last-good\n"
		    "scxbench regress --nights 7 --junit gate.xml\n"
		    "scxbench regress -b OLD -t 3% -t build=8% NEW\n",
	.run = regress,
};
