/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Is a run, at worst, within a threshold of its baseline? */
#include <stdio.h>
#include <stdlib.h>

#include "cli/command.h"
#include "cli/html.h"
#include "cli/outputs.h"
#include "export/regress_json.h"
#include "judge/anchor.h"
#include "judge/regress.h"
#include "judge/trial.h"
#include "report/terminal.h"
#include "report/versus_page.h"
#include "store/store.h"
#include "text/grid.h"
#include "util/cause.h"
#include "util/home.h"
#include "util/log.h"
#include "util/mem.h"
#include "util/parse.h"

struct options {
	struct trial_ask ask;
	const char *results;
	const char *junit; /* file for JUnit XML, or NULL */
	const char *brief; /* file for a few lines, or NULL */
	bool json;	   /* instead of the page */
	bool bless;	   /* tag the run last-good when the gate passes */
	bool record;	   /* keep the ruling with the run */
	struct html html;
};

enum {
	OPT_NIGHTS = 256,
	OPT_MARGIN,
	OPT_JUNIT,
	OPT_BLESS,
	OPT_RECORD,
	OPT_ANCHOR,
	OPT_ANCHOR_LIMIT,
	OPT_BRIEF
};

static const struct argp_option rows[] = {
	{ "baseline", 'b', "RUN", 0, "a run or a tag (default: " REGRESS_LAST_GOOD ", of the run's machine)",
	  0 },
	{ "nights", OPT_NIGHTS, "N", 0,
	  "the last N runs before it, of the same machine, plan and work, instead of one baseline; at least 5",
	  0 },
	{ "threshold", 't', "SHARE", 0,
	  "5% for all, WORKLOAD=3% for one; WORKLOAD:METRIC=10% gates that metric too; repeatable "
	  "(default: 5%)",
	  0 },
	{ "anchor", OPT_ANCHOR, "RUN", 0,
	  "judge against this run as well, and by the sum of all nights since (default: the one tagged " REGRESS_ANCHOR
	  ", if the machine has one)",
	  0 },
	{ "anchor-limit", OPT_ANCHOR_LIMIT, "SHARE", 0,
	  "what may be lost since the anchor, as --threshold; repeatable (default: 5%)", 0 },
	{ "margin", OPT_MARGIN, "SHARE", 0,
	  "margin of equivalence, for the verdict beside (default: the run's)", 0 },
	{ "junit", OPT_JUNIT, "FILE", 0, "write JUnit XML as well", 0 },
	{ "brief", OPT_BRIEF, "FILE", 0, "write the judgement in at most seven lines as well, for a mail",
	  0 },
	{ "bless", OPT_BLESS, NULL, 0, "tag the run " REGRESS_LAST_GOOD " when it passes; as --record, too",
	  0 },
	{ "record", OPT_RECORD, NULL, 0,
	  "keep the judgement with the run: a night that did not pass is not one of those that others are "
	  "compared with",
	  0 },
	{ 0 },
};

static int take_nights(struct options *o, const char *text)
{
	uint64_t n;
	int err = parse_count("--nights", text, REGRESS_NIGHTS, &n);

	if (!err)
		o->ask.nights = (unsigned)n;
	return err;
}

static error_t regress_take(int key, char *arg, struct argp_state *state)
{
	struct options *o = state->input;

	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &o->results;
		state->child_inputs[1] = &o->json;
		return state->child_inputs[2] = &o->html, 0;
	case 'b':
		return o->ask.baseline = arg, 0;
	case OPT_NIGHTS:
		return take_nights(o, arg);
	case 't':
		return limits_parse("--threshold", arg, &o->ask.threshold);
	case OPT_ANCHOR:
		return o->ask.anchor = arg, 0;
	case OPT_ANCHOR_LIMIT:
		return limits_parse("--anchor-limit", arg, &o->ask.anchor_limit);
	case OPT_MARGIN:
		return limits_parse("--margin", arg, &o->ask.margin);
	case OPT_JUNIT:
		return o->junit = arg, 0;
	case OPT_BRIEF:
		return o->brief = arg, 0;
	case OPT_BLESS:
		return o->bless = o->record = true, 0;
	case OPT_RECORD:
		return o->record = true, 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static int write_files(const struct options *o, const struct regress *r, const struct regress_names *names)
{
	int err = o->junit ? output_put(o->junit, regress_junit(r, names)) : 0;

	return err || !o->brief ? err : output_put(o->brief, regress_brief(r, names));
}

static int print_page(const struct html *html, const struct regress *r, const struct regress_names *names)
{
	struct differences d;
	const struct versus_view view = { &r->versus, names->spec, &d, names->title, names->run->id };
	char *command = mem_printf("%s --html", names->command), *text;
	const struct versus_page page = { &view, command, NULL, r, names };
	int err;

	differ_make(names->baseline, names->run, &d);
	err = versus_page(home_dir(), &page, &text);
	if (!err)
		err = html_put(html, text);
	differ_free(&d);
	free(command);
	return err;
}

static int print_judgement(const struct options *o, const struct regress *r,
			   const struct regress_names *names)
{
	char *text;

	if (o->html.wanted)
		return print_page(&o->html, r, names);
	text = o->json ? regress_json(r, names) : regress_text(r, names, grid_terminal());
	printf("%s%s", text, o->json ? "\n" : "");
	free(text);
	return 0;
}

static void judge_since(const struct trial *t, const struct versus_spec *spec, struct regress *r)
{
	struct versus_spec since = *spec;

	if (!t->anchor.run.id)
		return;
	since.a = &t->anchor_c;
	since.nr_a = 1;
	anchor_judge(&since, &t->anchor_limit, t->anchor.run.id, r);
}

/*
 * Without enough nights nothing is judged, and the run is one of the nights that are missing.
 */
static int keep_ruling(struct store *store, const struct options *o, const struct regress *r, const char *id)
{
	bool known = !r->versus.wanted && !(r->anchor && r->anchor->versus.wanted);
	int err = 0;

	if (o->record && known)
		err = store_rule(store, id, regress_word(r));
	if (!err && o->bless && regress_passes(r))
		err = store_tag(store, id, REGRESS_LAST_GOOD);
	return err;
}

static int judge_trial(struct store *store, const struct trial *t, const struct options *o)
{
	struct versus_spec spec = {
		.a = t->base, .nr_a = t->nr, .b = &t->c, .nights = &t->nights, .margin = &t->margin
	};
	char *command = trial_command(t);
	struct regress_names names = { &t->run.run, &t->night[0].run, t->title, t->nr,
				       command,	    t->anchor.run.id, &spec };
	struct regress r;
	int code, err;

	regress_make(&spec, &t->threshold, &r);
	judge_since(t, &spec, &r);
	code = regress_fails(&r)    ? EXIT_CODE_FAILED
	       : regress_passes(&r) ? EXIT_CODE_OK
				    : EXIT_CODE_INCONCLUSIVE;
	err = print_judgement(o, &r, &names);
	if (!err)
		err = write_files(o, &r, &names);
	if (!err)
		err = keep_ruling(store, o, &r, t->run.run.id);
	regress_free(&r);
	free(command);
	return code ? code : exit_code_of(err);
}

static int load_and_judge(struct store *store, const struct options *o)
{
	struct trial t;
	int err = trial_load(store, &o->ask, &t);
	int code = err ? exit_code_of(err) : judge_trial(store, &t, o);

	trial_free(&t);
	return code;
}

static int open_and_judge(const struct options *o)
{
	struct store *store = NULL;
	int err = 0, code;

	const struct output outputs[] = { { "--junit", o->junit },
					  { "--brief", o->brief },
					  { "--output", o->html.output } };

	if (o->ask.baseline && o->ask.nights)
		err = log_err(-CAUSE_USAGE, "--baseline and --nights: choose one");
	else
		err = html_check(&o->html, o->json) ?: outputs_check(outputs, 3);
	if (!err)
		err = store_open_in(o->results, o->record ? STORE_WRITE : STORE_READ, &store);
	code = err ? exit_code_of(err) : load_and_judge(store, o);
	store_close(store);
	return code;
}

static int call_regress(struct call *call)
{
	struct options o = { 0 };
	int code;

	if (options_parse(call, &o)) {
		o.ask.run = call->word[0];
		code = open_and_judge(&o);
	} else {
		code = call->code;
	}
	limits_free(&o.ask.threshold);
	limits_free(&o.ask.margin);
	limits_free(&o.ask.anchor_limit);
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
							   { &options_html, 0, NULL, 0 },
							   { 0 } },
		  .doc = "The gate. It judges a run (its id or a tag; default: the latest) against a "
			 "baseline, policy by policy. Each policy counts as its ratio to the fair of "
			 "its own run, so a policy does not fail because the machine got slower.\n\n"
			 "A run passes only if every primary metric of the baseline is shown to be at "
			 "most the threshold worse. That takes 6 earlier runs of the same machine, plan "
			 "and work: they show how far runs lie apart although nothing is changed." },
	.most = 1,
	.exits =
		"0 pass\n"
		"1 a regression, a missing metric, a failed or ejected sample\n"
		"2 usage, or not comparable\n"
		"4 inconclusive: too few blocks or earlier runs, no baseline yet, or the run has not ended\n",
	.examples = "scxbench regress\tthe latest against last-good\n"
		    "scxbench regress --nights 7 --junit gate.xml\n"
		    "scxbench regress -b OLD -t 3% -t build=8% NEW\n",
	.run = call_regress,
};
