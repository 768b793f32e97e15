/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Two runs, or two policies of one run, compared. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"
#include "judge/runs.h"
#include "text/buf.h"
#include "export/versus_json.h"
#include "report/terminal.h"
#include "text/grid.h"
#include "util/cause.h"
#include "util/log.h"
#include "util/mem.h"

#define MAX_PATTERNS 32

struct options {
	const char *results;
	const char *pattern[MAX_PATTERNS + 1];
	unsigned nr_patterns;
	struct limits margin;
	bool anyway, json, csv;
};

enum { OPT_ALL = 256, OPT_MARGIN, OPT_ANYWAY, OPT_CSV };

static const struct argp_option rows[] = {
	{ "metric", 'm', "PATTERN", 0,
	  "also show metrics that this shell pattern matches, without a verdict; repeatable", 0 },
	{ "all", OPT_ALL, NULL, 0, "show every metric, as -m '*' does", 0 },
	{ "margin", OPT_MARGIN, "SHARE", 0,
	  "margin of equivalence: 2% for all, WORKLOAD=1% for one; repeatable (default: the run's, or 2%)",
	  0 },
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
		return state->child_inputs[1] = &o->json, 0;
	case 'm':
		return add_pattern(o, arg);
	case OPT_ALL:
		return add_pattern(o, "*");
	case OPT_MARGIN:
		return limits_parse("--margin", arg, &o->margin);
	case OPT_ANYWAY:
		return o->anyway = true, 0;
	case OPT_CSV:
		return o->csv = true, 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

/* A side as given, and what it is. */
struct chosen {
	char *run;	    /* as named */
	const char *policy; /* or NULL */
	struct store_run stored;
	struct compare c;
	char *title;
};

static int compare_choose(struct store *store, const char *text, const struct options *o, struct chosen *ch)
{
	const char *colon = strchr(text, ':');
	int err;

	*ch = (struct chosen){ .run = colon ? mem_printf("%.*s", (int)(colon - text), text)
					    : mem_strdup(text),
			       .policy = colon ? colon + 1 : NULL };
	err = runs_load(store, ch->run, NULL, &ch->stored);
	if (err)
		return err;
	compare_make_wide(&ch->stored, o->pattern, &ch->c);
	ch->title = strcmp(text, ch->stored.run.id) ? mem_printf("%s (%s)", text, ch->stored.run.id)
						    : mem_strdup(text);
	return 0;
}

static void compare_drop(struct chosen *ch)
{
	if (ch->c.run)
		compare_free(&ch->c);
	store_run_free(&ch->stored);
	free(ch->run);
	free(ch->title);
}

static int check_policy(const struct chosen *ch, const char *policy)
{
	struct buf b = { 0 };
	int err = 0;

	if (compare_policy(&ch->c, policy) < 0) {
		for (char **p = ch->stored.run.policies; *p; p++)
			buf_printf(&b, " %s", *p);
		buf_put(&b, "");
		err = log_err(-CAUSE_NOT_FOUND, "run %s has no policy '%s': it has%s", ch->stored.run.id,
			      policy, b.text);
	}
	free(b.text);
	return err;
}

/* One named policy is that of the other side as well. */
static int choose_policies(struct chosen *a, struct chosen *b)
{
	bool one_run = !strcmp(a->stored.run.id, b->stored.run.id);
	int err;

	if (!a->policy)
		a->policy = b->policy;
	if (!b->policy)
		b->policy = a->policy;
	if (!a->policy)
		return one_run ? log_err(-CAUSE_USAGE,
					 "A and B are the same run: name two policies of it, '%s:POLICY'",
					 a->stored.run.id)
			       : 0;
	err = check_policy(a, a->policy);
	if (!err)
		err = check_policy(b, b->policy);
	if (!err && one_run && !strcmp(a->policy, b->policy))
		err = log_err(-CAUSE_USAGE, "A and B are the same policy of the same run");
	return err;
}

static int compare_refuse(const struct chosen *a, const struct chosen *b, const struct differences *d)
{
	struct buf reasons = { 0 };

	for (size_t i = 0; i < d->nr_reasons; i++)
		buf_printf(&reasons, "%s%s", i ? "; " : "", d->reason[i]);
	log_err(-CAUSE_USAGE, "%s and %s are not comparable: %s (--anyway shows figures without verdicts)",
		a->stored.run.id, b->stored.run.id, reasons.text);
	free(reasons.text);
	return -CAUSE_USAGE;
}

static void compare_print(const struct options *o, const struct versus_view *view)
{
	char *text = o->json  ? versus_json(view)
		     : o->csv ? versus_csv(view->v)
			      : versus_text(view, grid_terminal());

	printf("%s%s", text, o->json ? "\n" : "");
	free(text);
}

static bool any_in_common(const struct versus *v)
{
	for (size_t i = 0; i < v->nr; i++)
		if (versus_both(&v->row[i]))
			return true;
	return false;
}

/* What a side ran without a data point: its samples failed. */
static bool any_failed(const struct versus *v)
{
	for (size_t i = 0; i < v->nr; i++)
		if (v->row[i].work->primary &&
		    ((v->row[i].a.part && !v->row[i].a.valid) || (v->row[i].b.part && !v->row[i].b.valid)))
			return true;
	return false;
}

static int compare_show(const struct options *o, const struct chosen *a, const struct chosen *b)
{
	bool one_run = !strcmp(a->stored.run.id, b->stored.run.id);
	struct versus_spec spec = { .a = &a->c,
				    .b = one_run ? &a->c : &b->c,
				    .nr_a = 1,
				    .policy_a = a->policy,
				    .policy_b = b->policy,
				    .margin = &o->margin };
	struct differences d;
	struct versus v;
	int err = 0;

	differ_make(&a->stored.run, &b->stored.run, &d);
	spec.exploratory = d.nr_reasons > 0;
	if (d.nr_reasons && !o->anyway) {
		err = compare_refuse(a, b, &d);
	} else {
		struct versus_view view = { &v, &spec, &d, a->title, b->title };

		versus_make(&spec, &v);
		if (!any_in_common(&v))
			err = log_err(-CAUSE_USAGE, "%s and %s have no policy and workload in common",
				      a->stored.run.id, b->stored.run.id);
		else
			compare_print(o, &view);
		if (!err && any_failed(&v))
			err = -CAUSE_FAILED;
		versus_free(&v);
	}
	differ_free(&d);
	return err;
}

static int compare_sides(struct store *store, struct options *o, char **name)
{
	struct chosen a, b = { 0 };
	int err = compare_choose(store, name[0], o, &a);

	if (!err)
		err = compare_choose(store, name[1], o, &b);
	if (!err)
		err = choose_policies(&a, &b);
	if (!err && !o->margin.all)
		o->margin.all = b.c.margin;
	if (!err)
		err = limits_check("--margin", &o->margin, &b.c);
	if (!err)
		err = compare_show(o, &a, &b);
	compare_drop(&a);
	compare_drop(&b);
	return err;
}

static int open_and_compare(struct options *o, char **name)
{
	struct store *store = NULL;
	int err = 0;

	if (o->json && o->csv)
		err = log_err(-CAUSE_USAGE, "--json and --csv: choose one");
	if (!err)
		err = store_open_in(o->results, false, &store);
	if (!err)
		err = compare_sides(store, o, name);
	store_close(store);
	return exit_code_of(err);
}

static int compare_two(struct call *call)
{
	struct options o = { .results = RESULTS_DEFAULT };
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
							   { 0 } },
		  .doc = "Compares B with A. Each is a run (its id, a tag, or 'latest') or RUN:POLICY, "
			 "one policy of a run. Two policies of one run are paired by block. Every "
			 "policy of two runs is compared by its ratio to the fair of its own run.\n\n"
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
	.run = compare_two,
};
