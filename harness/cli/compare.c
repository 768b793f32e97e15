/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Two runs, or two policies of one run, against each other. */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "judge/runs.h"
#include "text/buf.h"
#include "export/versus_json.h"
#include "report/terminal.h"
#include "util/log.h"
#include "util/mem.h"

static const char help[] =
	"usage: scxbench compare [OPTIONS] A B\n\n"
	"Holds B against A. Each is a run (its id, a tag, or 'latest') or RUN:POLICY, one policy of it:\n"
	"  compare RUN:fifo RUN:vtime     two policies of one run, paired by block\n"
	"  compare OLD NEW                every policy of two runs, each as its ratio to the fair of its own run\n"
	"  compare OLD:fifo NEW           one policy at two commits\n"
	"Prints first what differs in their environments. Runs of different machines or of different work, or\n"
	"emulated against not, are not comparable and refused.\n\n"
	"  -m, --metric PATTERN   also metrics that the shell pattern matches, without verdict; repeatable\n"
	"      --all              the same as -m '*'\n"
	"      --margin SHARE     of equivalence: 2%, WORKLOAD=1%; repeatable (default: the run's, or 2%)\n"
	"      --anyway           figures without verdicts where the runs are not comparable\n"
	"      --json, --csv      for programs\n"
	"      --results DIR      where the store is (default: results)\n\n"
	"Exit: 0 compared, 1 a side has no data point of something it ran, 2 usage, or not comparable\n";

#define MAX_PATTERNS 32

struct options {
	const char *results;
	const char *pattern[MAX_PATTERNS + 1];
	unsigned nr_patterns;
	struct limits margin;
	bool anyway, json, csv;
};

enum { OPT_ALL = 256, OPT_MARGIN, OPT_ANYWAY, OPT_JSON, OPT_CSV, OPT_RESULTS };
static const struct option options[] = {
	{ "metric", required_argument, NULL, 'm' },
	{ "all", no_argument, NULL, OPT_ALL },
	{ "margin", required_argument, NULL, OPT_MARGIN },
	{ "anyway", no_argument, NULL, OPT_ANYWAY },
	{ "json", no_argument, NULL, OPT_JSON },
	{ "csv", no_argument, NULL, OPT_CSV },
	{ "results", required_argument, NULL, OPT_RESULTS },
	{ "help", no_argument, NULL, 'h' },
	{ 0 },
};

static int add_pattern(struct options *o, const char *pattern)
{
	if (o->nr_patterns == MAX_PATTERNS)
		return log_err(-EINVAL, "more than %d --metric: use a pattern that matches several",
			       MAX_PATTERNS);
	o->pattern[o->nr_patterns++] = pattern;
	return 0;
}

static int take_option(struct options *o, int opt, const char *arg)
{
	switch (opt) {
	case 'm':
		return add_pattern(o, arg);
	case OPT_ALL:
		return add_pattern(o, "*");
	case OPT_MARGIN:
		return limits_parse("--margin", arg, &o->margin);
	case OPT_ANYWAY:
		return o->anyway = true, 0;
	case OPT_JSON:
		return o->json = true, 0;
	case OPT_CSV:
		return o->csv = true, 0;
	case OPT_RESULTS:
		return o->results = arg, 0;
	default:
		return -EINVAL;
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

static int choose(struct store *store, const char *text, const struct options *o, struct chosen *ch)
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

static void drop(struct chosen *ch)
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
		err = log_err(-ENOENT, "run %s has no policy '%s': it has%s", ch->stored.run.id, policy,
			      b.text);
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
		return one_run ? log_err(-EINVAL,
					 "A and B are the same run: name two policies of it, '%s:POLICY'",
					 a->stored.run.id)
			       : 0;
	err = check_policy(a, a->policy);
	if (!err)
		err = check_policy(b, b->policy);
	if (!err && one_run && !strcmp(a->policy, b->policy))
		err = log_err(-EINVAL, "A and B are the same policy of the same run");
	return err;
}

static int refuse(const struct chosen *a, const struct chosen *b, const struct differences *d)
{
	struct buf reasons = { 0 };

	for (size_t i = 0; i < d->nr_reasons; i++)
		buf_printf(&reasons, "%s%s", i ? "; " : "", d->reason[i]);
	log_err(-EINVAL, "%s and %s are not comparable: %s (--anyway shows figures without verdicts)",
		a->stored.run.id, b->stored.run.id, reasons.text);
	free(reasons.text);
	return -EINVAL;
}

static void print(const struct options *o, const struct versus_view *view)
{
	char *text = o->json ? versus_json(view) : o->csv ? versus_csv(view->v) : versus_text(view);

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

/* What a side ran and has no data point of: the samples failed. */
static bool any_failed(const struct versus *v)
{
	for (size_t i = 0; i < v->nr; i++)
		if (v->row[i].work->primary &&
		    ((v->row[i].a.part && !v->row[i].a.valid) || (v->row[i].b.part && !v->row[i].b.valid)))
			return true;
	return false;
}

static int show(const struct options *o, const struct chosen *a, const struct chosen *b)
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
		err = refuse(a, b, &d);
	} else {
		struct versus_view view = { &v, &spec, &d, a->title, b->title };

		versus_make(&spec, &v);
		if (!any_in_common(&v))
			err = log_err(-EINVAL, "%s and %s have no policy with a workload in common",
				      a->stored.run.id, b->stored.run.id);
		else
			print(o, &view);
		if (!err && any_failed(&v))
			err = -ENODATA;
		versus_free(&v);
	}
	differ_free(&d);
	return err;
}

static int compare(struct store *store, struct options *o, char **name)
{
	struct chosen a, b = { 0 };
	int err = choose(store, name[0], o, &a);

	if (!err)
		err = choose(store, name[1], o, &b);
	if (!err)
		err = choose_policies(&a, &b);
	if (!err && !o->margin.all)
		o->margin.all = b.c.margin;
	if (!err)
		err = limits_check("--margin", &o->margin, &b.c);
	if (!err)
		err = show(o, &a, &b);
	drop(&a);
	drop(&b);
	return err;
}

int cmd_compare(int argc, char **argv)
{
	struct options o = { .results = "results" };
	struct store *store = NULL;
	int opt, err = 0;

	while (!err && (opt = getopt_long(argc, argv, "m:h", options, NULL)) != -1) {
		if (opt == 'h')
			return cli_usage(help, EXIT_CODE_OK);
		err = take_option(&o, opt, optarg);
	}
	if (!err && argc - optind != 2)
		err = log_err(-EINVAL,
			      "compare holds two sides against each other: see 'scxbench compare --help'");
	if (!err && o.json && o.csv)
		err = log_err(-EINVAL, "--json and --csv: choose one");
	if (!err)
		err = store_open_in(o.results, false, &store);
	if (!err)
		err = compare(store, &o, argv + optind);
	store_close(store);
	limits_free(&o.margin);
	return exit_code_of(err);
}
