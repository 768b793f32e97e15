/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "cli/run_options.h"

#include "record/name.h"
#include "util/log.h"

enum { OPT_SEED = 256, OPT_RUN_ID, OPT_FILES_ONLY, OPT_WHERE };

static const struct argp_option rows[] = {
	{ NULL, 0, NULL, 0, "The run:", RUN_GROUP },
	{ "seed", OPT_SEED, "N", 0, "order of the samples; the same seed gives the same order", RUN_GROUP },
	{ "dry-run", 'n', NULL, 0, "print the plan and how long it takes, and run nothing", RUN_GROUP },
	{ "results", 'r', "DIR", 0, "where results go (default: " RESULTS_DEFAULT ")", RUN_GROUP },
	{ "run-id", OPT_RUN_ID, "ID", 0, "name of the run (default: date, time and a random number)",
	  RUN_GROUP },
	{ "files-only", OPT_FILES_ONLY, NULL, 0, "leave the run as files; 'scxbench store' adds them later",
	  RUN_GROUP },
	{ "where", OPT_WHERE, "TEXT", 0, "the name of this place in the report (default: native)",
	  RUN_GROUP },
	{ 0 },
};

int run_option_add(const char **list, const char *item)
{
	for (int i = 0; i < BENCH_MAX_POLICIES; i++)
		if (!list[i]) {
			list[i] = item;
			return 0;
		}
	return log_err(-CAUSE_USAGE, "more than %d policies or workloads in one run", BENCH_MAX_POLICIES);
}

int run_option_id(const char *id)
{
	const char *rule = name_fault(NAME_RUN, id);

	return rule ? log_err(-CAUSE_USAGE, "run id '%s': %s", id, rule) : 0;
}

static int run_option_place(const char *text)
{
	const char *rule = name_fault(NAME_PLACE, text);

	return rule ? log_err(-CAUSE_USAGE, "--where '%s': %s", text, rule) : 0;
}

int run_option_count(const char *name, const char *text, unsigned *value)
{
	uint64_t n;
	int err = parse_count(name, text, BENCH_BLOCKS, &n);

	if (!err)
		*value = n;
	return err;
}

static error_t run_options_take(int key, char *arg, struct argp_state *state)
{
	struct bench_options *o = state->input;

	switch (key) {
	case ARGP_KEY_INIT:
		return o->results = results_default(), 0;
	case OPT_SEED:
		o->seeded = true;
		return parse_count("--seed", arg, (struct counts){ 0, UINT64_MAX }, &o->seed);
	case 'n':
		return o->dry_run = true, 0;
	case 'r':
		return o->results = arg, 0;
	case OPT_RUN_ID:
		return run_option_id(o->run_id = arg);
	case OPT_FILES_ONLY:
		return o->files_only = true, 0;
	case OPT_WHERE:
		return run_option_place(o->where = arg);
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

const struct argp options_run = { .options = rows, .parser = run_options_take };
