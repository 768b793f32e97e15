/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "bisect/bisect.h"
#include "bisect/measure.h"
#include "cli/command.h"
#include "run/bench.h"
#include "record/name.h"
#include "stats/effect.h"
#include "util/guest.h"
#include "util/log.h"
#include "util/parse.h"

enum { OPT_REPO = 256, OPT_BUILD, OPT_RISK, OPT_FIRST_PARENT, OPT_BAD_IF, OPT_RESUME, OPT_WHERE };

static const struct argp_option rows[] = {
	{ "policy", 's', "POLICY", 0,
	  "a policy as in bench, by the path in the repository of what a commit is built to: path/x.bpf.o, "
	  "path/x.bpf.o:KNOB=VALUE, or 'cmd:path/x --option'",
	  0 },
	{ "workload", 'w', "WORKLOAD", 0, "whose primary metric is looked at", 0 },
	{ "repo", OPT_REPO, "DIR", 0, "the git repository, which is only read (default: this directory)", 0 },
	{ "build", OPT_BUILD, "COMMAND", 0,
	  "what makes that file, a shell's command in a clean tree of the commit, which also has $BISECT_COMMIT "
	  "and $BISECT_FILE (default: none where the commit has the file itself, else make)",
	  0 },
	{ "risk", OPT_RISK, "P", 0, "the chance that the commit is a wrong one, at most (default: 5%)", 0 },
	{ "blocks", 'b', "N", 0, "that a turn may take, 6 to 1000 (default: 100)", 0 },
	{ "first-parent", OPT_FIRST_PARENT, NULL, 0,
	  "only commits of the branch itself: a merge counts as one change", 0 },
	{ "bad-if", OPT_BAD_IF, "STATUS", 0,
	  "ejected or failed: a policy that ends so is bad (default: its commit is skipped); repeatable", 0 },
	{ "resume", OPT_RESUME, "ID", 0, "continue the bisection of that id as it was begun", 0 },
	{ "where", OPT_WHERE, "TEXT", 0, "the name of this place in the runs (default: native)", 0 },
	{ 0 },
};

static int take_bad_if(struct bisect_ask *ask, const char *word)
{
	enum status s;

	if (status_parse(word, &s) || (s != STATUS_EJECTED && s != STATUS_FAILED))
		return log_err(-CAUSE_USAGE, "--bad-if '%s': ejected or failed", word);
	ask->is_bad[s] = true;
	return 0;
}

static int take_blocks(struct bisect_ask *ask, const char *text)
{
	uint64_t n;
	int err = parse_count("--blocks", text, (struct counts){ STATS_MIN_PAIRS, BENCH_MAX_BLOCKS }, &n);

	if (!err)
		ask->blocks = (unsigned)n;
	return err;
}

static int take_place(struct bisect_ask *ask, const char *text)
{
	const char *rule = name_fault(NAME_PLACE, text);

	ask->where = text;
	return rule ? log_err(-CAUSE_USAGE, "--where '%s': %s", text, rule) : 0;
}

/* Options that are kept as they are; NULL: another one. */
static const char **bisect_word(struct bisect_ask *ask, int key)
{
	switch (key) {
	case 's':
		return &ask->policy;
	case 'w':
		return &ask->workload;
	case OPT_REPO:
		return &ask->repo;
	case OPT_BUILD:
		return &ask->build;
	case OPT_RESUME:
		return &ask->resume;
	default:
		return NULL;
	}
}

static error_t bisect_take(int key, char *arg, struct argp_state *state)
{
	struct bisect_ask *ask = state->input;
	const char **word = bisect_word(ask, key);

	if (word)
		return *word = arg, 0;
	switch (key) {
	case ARGP_KEY_INIT:
		state->child_inputs[0] = &ask->results;
		return state->child_inputs[1] = &ask->json, 0;
	case 'b':
		return take_blocks(ask, arg);
	case OPT_RISK:
		return parse_percent("--risk", arg, (struct range){ 0.01, 50 }, &ask->risk);
	case OPT_FIRST_PARENT:
		return ask->first_parent = true, 0;
	case OPT_BAD_IF:
		return take_bad_if(ask, arg);
	case OPT_WHERE:
		return take_place(ask, arg);
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static int check_words(const struct call *call, const struct bisect_ask *ask)
{
	if (ask->resume)
		return call->nr_words || ask->policy || ask->workload || ask->build
			       ? options_wrong(call->command,
					       "--resume %s continues as it was begun: leave out what would "
					       "begin another",
					       ask->resume)
			       : 0;
	if (call->nr_words != 2)
		return options_wrong(call->command, "name two commits, GOOD and BAD");
	if (!ask->policy)
		return options_wrong(call->command, "-s POLICY is missing");
	return ask->workload ? 0 : options_wrong(call->command, "-w WORKLOAD is missing");
}

static int call_bisect(struct call *call)
{
	struct bisect_ask ask = { .repo = ".",
				  .where = "native",
				  .step = getenv(STEP_VARIABLE),
				  .risk = TURNS_RISK,
				  .blocks = TURNS_BLOCKS };
	int err;

	if (!options_parse(call, &ask))
		return call->code;
	if (ask.step && !guest_ahead())
		return step_measure(ask.step, ask.results, ask.where);
	err = check_words(call, &ask);
	if (err)
		return exit_code_of(err);
	ask.good = call->word[0];
	ask.bad = ask.good ? call->word[1] : NULL;
	return bisect_main(&ask);
}

const struct command cmd_bisect = {
	.name = "bisect",
	.summary = "find the commit of a policy since which a workload is slower",
	.argp = { .options = rows,
		  .parser = bisect_take,
		  .args_doc = "GOOD BAD\n--resume ID",
		  .children = (const struct argp_child[]){ { &options_results, 0, NULL, 0 },
							   { &options_json, 0, NULL, 0 },
							   { 0 } },
		  .doc = "Bisects a policy's git repository by a workload's primary metric, without a reboot. It "
			 "shows that GOOD and BAD differ; then it measures commits, in the order in which git "
			 "halves what is left, in the same blocks as GOOD and BAD. A commit is bad if it is "
			 "nearer to BAD. Each turn ends as soon as it is known, with a chance to be wrong that "
			 "all of them share.\n\n"
			 "Commits that can't be built are skipped, and so are those under which the policy is "
			 "ejected, fails or is void. Whether BAD has more or less of the metric does not "
			 "matter.\n\n"
			 "The samples are ordinary runs, and what is built is kept: the same call again, or "
			 "--resume, goes on where it stopped." },
	.kernel = KERNEL_CHECKED,
	.most = 2,
	.exits =
		"0 the first bad commit is found\n"
		"1 something failed\n"
		"2 usage\n"
		"3 this machine can't, or GOOD or BAD can't be built or measured\n"
		"4 GOOD and BAD do not differ, or a turn was not decided within its blocks, or what is left can't "
		"be built or measured\n"
		"130 interrupted; what was measured is kept\n",
	.examples = "scxbench bisect v1.2 HEAD -s mine.bpf.o -w hackbench-pipe\n"
		    "scxbench bisect v1.2 HEAD -s 'cmd:out/mine' -w build --build 'make out/mine'\n",
	.run = call_bisect,
};
