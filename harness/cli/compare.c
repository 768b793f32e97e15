/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Two runs, or two policies of one run, compared. */
#include <stdio.h>
#include <stdlib.h>

#include "cli/command.h"
#include "cli/html.h"
#include "judge/sides.h"
#include "text/buf.h"
#include "export/versus_json.h"
#include "report/terminal.h"
#include "report/versus_page.h"
#include "text/grid.h"
#include "text/paint.h"
#include "util/cause.h"
#include "util/home.h"
#include "util/log.h"
#include "util/mem.h"

#define MAX_PATTERNS 32

struct options {
	const char *results;
	const char *pattern[MAX_PATTERNS + 1];
	unsigned nr_patterns;
	const char *baseline;
	struct limits margin;
	bool anyway, json, csv;
	struct html html;
	const struct call *call;
};

enum { OPT_ALL = 256, OPT_MARGIN, OPT_ANYWAY, OPT_CSV, OPT_BASELINE };

static const struct argp_option rows[] = {
	{ "metric", 'm', "PATTERN", 0,
	  "also show metrics that this shell pattern matches, without a verdict; repeatable", 0 },
	{ "all", OPT_ALL, NULL, 0, "show every metric, as -m '*' does", 0 },
	{ "margin", OPT_MARGIN, "SHARE", 0,
	  "margin of equivalence: 2% for all, WORKLOAD=1% for one; repeatable (default: the run's, or 2%)",
	  0 },
	{ "baseline", OPT_BASELINE, "POLICY", 0,
	  "the policy that the others are compared with (default: the run's, or fair)", 0 },
	{ "anyway", OPT_ANYWAY, NULL, 0, "show figures without verdicts where the runs are not comparable",
	  0 },
	{ "csv", OPT_CSV, NULL, 0, "CSV", 0 },
	{ 0 },
};

static int add_pattern(struct options *o, const char *pattern)
{
	if (o->nr_patterns == MAX_PATTERNS)
		return log_err(-CAUSE_USAGE,
			       "at most %d --metric options: use a pattern that matches "
			       "several metrics",
			       MAX_PATTERNS);
	o->pattern[o->nr_patterns++] = pattern;
	return 0;
}

static error_t compare_take(int key, char *arg, struct argp_state *state)
{
	struct options *o = state->input;

	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &o->results;
		state->child_inputs[1] = &o->json;
		return state->child_inputs[2] = &o->html, 0;
	case 'm':
		return add_pattern(o, arg);
	case OPT_ALL:
		return add_pattern(o, "*");
	case OPT_MARGIN:
		return limits_parse("--margin", arg, &o->margin);
	case OPT_BASELINE:
		return o->baseline = arg, 0;
	case OPT_ANYWAY:
		return o->anyway = true, 0;
	case OPT_CSV:
		return o->csv = true, 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static int compare_refuse(const struct sides *s, const struct differences *d)
{
	struct buf reasons = { 0 };

	for (size_t i = 0; i < d->nr_reasons; i++)
		buf_printf(&reasons, "%s%s", i ? "; " : "", d->reason[i]);
	log_err(-CAUSE_USAGE, "%s and %s are not comparable: %s (--anyway shows figures without verdicts)",
		s->a.stored.run.id, s->b.stored.run.id, reasons.text);
	free(reasons.text);
	return -CAUSE_USAGE;
}

/* The side as it can be named tomorrow; the caller's to free. */
static char *lasting_name(const struct named_side *side)
{
	return mem_printf("%s%s%s", side->stored.run.id, side->policy ? ":" : "",
			  side->policy ? side->policy : "");
}

static int print_page(const struct options *o, const struct sides *s, const struct versus_view *view)
{
	char *a = lasting_name(&s->a), *b = lasting_name(&s->b), *command = html_command(o->call, a, b),
	     *text;
	const struct versus_page page = { .view = view, .command = command };
	int err = versus_page(home_dir(), &page, &text);

	if (!err)
		err = html_put(&o->html, text);
	free(command);
	free(a);
	free(b);
	return err;
}

static int compare_print(const struct options *o, const struct sides *s, const struct versus_view *view)
{
	char *text;

	if (o->html.wanted)
		return print_page(o, s, view);
	text = o->json	? versus_json(view)
	       : o->csv ? versus_csv(view->v)
			: versus_text(view, grid_terminal());
	paint_print(text);
	printf("%s", o->json ? "\n" : "");
	free(text);
	return 0;
}

static int print_sides(const struct options *o, const struct sides *s, struct versus_view view)
{
	struct versus v;
	int err;

	versus_make(view.spec, &v);
	view.v = &v;
	if (!versus_any_in_common(&v))
		err = log_err(-CAUSE_USAGE, "%s and %s have no policy and workload in common",
			      s->a.stored.run.id, s->b.stored.run.id);
	else
		err = compare_print(o, s, &view);
	if (!err && versus_any_failed(&v))
		err = -CAUSE_FAILED;
	versus_free(&v);
	return err;
}

static int compare_sides(const struct options *o, const struct sides *s)
{
	struct differences d;
	struct versus_spec spec;
	struct versus_view view = {
		.spec = &spec, .differences = &d, .name_a = s->a.title, .name_b = s->b.title
	};
	int err;

	sides_spec(s, &o->margin, &spec);
	differ_make(&s->a.stored.run, &s->b.stored.run, &d);
	differ_directions(&s->a.c, &s->b.c, &d);
	spec.exploratory = d.nr_reasons > 0;
	err = d.nr_reasons && !o->anyway ? compare_refuse(s, &d) : print_sides(o, s, view);
	differ_free(&d);
	return err;
}

static int load_and_compare(struct store *store, struct options *o, char *const *name)
{
	const struct sides_ask ask = { o->pattern, o->baseline };
	struct sides s;
	int err = sides_load(store, name, &ask, &s);

	if (!err && !o->margin.all)
		o->margin.all = s.b.c.margin;
	if (!err)
		err = limits_check("--margin", &o->margin, &s.b.c);
	if (!err)
		err = compare_sides(o, &s);
	sides_free(&s);
	return err;
}

static int open_and_compare(struct options *o, char **name)
{
	struct store *store = NULL;
	int err = 0;

	if (o->json && o->csv)
		err = log_err(-CAUSE_USAGE, "--json and --csv: choose one");
	else
		err = html_check(&o->html, o->json || o->csv);
	if (!err)
		err = store_open_in(o->results, STORE_READ, &store);
	if (!err)
		err = load_and_compare(store, o, name);
	store_close(store);
	return exit_code_of(err);
}

static int call_compare(struct call *call)
{
	struct options o = { .call = call };
	int code = options_parse(call, &o) ? open_and_compare(&o, call->word) : call->code;

	limits_free(&o.margin);
	return code;
}

const struct command cmd_compare = {
	.name = "compare",
	.summary = "compare two runs, or two policies of one run",
	.argp = { .options = rows,
		  .parser = compare_take,
		  .args_doc = "A B",
		  .children = (const struct argp_child[]){ { &options_results, 0, NULL, 0 },
							   { &options_json, 0, NULL, 0 },
							   { &options_html, 0, NULL, 0 },
							   { 0 } },
		  .doc = "Compares B with A. Each is a run (its id, a tag, or 'latest') or RUN:POLICY, "
			 "one policy of a run. Two policies of one run are paired by block. Every "
			 "policy of two runs is compared by its ratio to the baseline of its own run, which "
			 "is fair if none was named; verdicts "
			 "take 6 earlier runs, which show how far runs lie apart although nothing is "
			 "changed.\n\n"
			 "What differs in the environments of the runs comes first. Runs are refused as "
			 "not comparable if they differ in machine or work, or if only one was "
			 "emulated." },
	.least = 2,
	.most = 2,
	.exits = "0 compared\n"
		 "1 A or B has no data point of something that it ran\n"
		 "2 usage, or not comparable\n",
	.examples = "scxbench compare RUN:fifo RUN:vtime\ttwo policies of one run\n"
		    "scxbench compare OLD NEW\tevery policy of two runs\n"
		    "scxbench compare OLD:fifo NEW\tone policy at two commits\n",
	.run = call_compare,
};
