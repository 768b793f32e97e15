/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Do cgroups and processes get the CPU time that their weights deserve? */
#include <stdlib.h>

#include "cli/command.h"
#include "monitor/fairness_print.h"
#include "util/cause.h"
#include "util/guest.h"
#include "util/interrupt.h"
#include "util/log.h"
#include "util/parse.h"
#include "util/self.h"

struct options {
	double seconds, window;
	bool json;
};

enum { OPT_SECONDS = 256, OPT_WINDOW };

static const struct argp_option rows[] = {
	{ "seconds", OPT_SECONDS, "N", 0, "how long to watch; Ctrl-C ends it early (default: 10)", 0 },
	{ "window", OPT_WINDOW, "N", 0,
	  "length of a window in seconds, which slides by a 50th of it (default: 5)", 0 },
	{ 0 },
};

static error_t take_option(int key, char *arg, struct argp_state *state)
{
	static const struct range limits = { 0.5, 86400 };
	struct options *o = state->input;

	switch (key) {
	case ARGP_KEY_INIT:
		return state->child_inputs[0] = &o->json, 0;
	case OPT_SECONDS:
		return parse_seconds("--seconds", arg, limits, &o->seconds);
	case OPT_WINDOW:
		return parse_seconds("--window", arg, limits, &o->window);
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static int check_window(const struct options *o)
{
	if (o->window <= o->seconds)
		return 0;
	return log_err(-CAUSE_USAGE,
		       "--window %g is longer than --seconds %g: give a shorter window, or "
		       "watch for longer",
		       o->window, o->seconds);
}

static int fairness_conclude(const struct options *o, const struct fairness_seen *s)
{
	static const int code[] = { [FAIR] = EXIT_CODE_OK,
				    [UNFAIR] = EXIT_CODE_FAILED,
				    [UNCONTENDED] = EXIT_CODE_INCONCLUSIVE,
				    [NOT_SEEN] = EXIT_CODE_INCONCLUSIVE };

	if (o->json)
		fairness_print_json(s);
	else
		fairness_print(s);
	return interrupted() ? EXIT_CODE_INTERRUPTED : code[fairness_verdict(s)];
}

static int watch_targets(const struct options *o, struct fairness_seen *s)
{
	int err;

	interrupt_catch();
	/* The watcher must not wait with the tasks that it watches. */
	if (!self_try_leave_class())
		log_warn("SCHED_FIFO is not permitted: under full load windows may get longer");
	err = fairness_seen_watch(s, o->seconds);
	return err ? exit_code_of(err) : fairness_conclude(o, s);
}

static int judge_fairness(const struct options *o, char *const *words)
{
	struct fairness_seen s = { .window_s = o->window };
	int err = fairness_seen_begin(&s, words);
	int code = err ? exit_code_of(err) : watch_targets(o, &s);

	fairness_seen_free(&s);
	return code;
}

static int call_fairness(struct call *call)
{
	struct options o = { .seconds = 10, .window = 5 };

	if (!options_parse(call, &o))
		return call->code;
	if (check_window(&o))
		return EXIT_CODE_USAGE;
	return guest_ahead() ? EXIT_CODE_GUEST : judge_fairness(&o, call->word);
}

const struct command cmd_fairness = {
	.name = "fairness",
	.summary = "measure whether targets get the CPU time that their weights deserve",
	.argp = { .options = rows,
		  .parser = take_option,
		  .args_doc = "TARGET=WEIGHT[@QUOTA]...",
		  .children = (const struct argp_child[]){ { &options_json, 0, NULL, 0 }, { 0 } },
		  .doc = "Compares the CPU time that each target receives with what it deserves by its "
			 "weight, in sliding windows, under any scheduler. A target is cgroup:PATH "
			 "(everything below it) or pid:N (a process).\n\n"
			 "WEIGHT sets nothing: it is the weight that the target is measured by. "
			 "cpu.weight, nice and 'scxbench ctl' set weights. QUOTA (1.5cpu, 25%machine) is "
			 "the most that a target may claim.\n\n"
			 "A target deserves its part, by weight, of what all targets received together, "
			 "but no more than it wants, and than the CPUs can give on which its threads may "
			 "run. A target that sleeps is not a victim, and what it "
			 "leaves goes to the others. Jain's index is 1 when all receive the same part "
			 "of what they deserve, and 1/n when one of n receives everything. Starved is "
			 "the longest time in which a target was ready to run and received nothing, "
			 "exact to a 50th of a window." },
	.kernel = KERNEL_CHECKED,
	.most = -1,
	.exits = "0 fair: the mean of each target's windows is within 5 % of what it deserves\n"
		 "1 not fair\n"
		 "2 usage\n"
		 "4 nothing to judge: not one whole window, or no target wanted more than it got\n"
		 "130 interrupted; what was seen is printed\n",
	.examples = "scxbench fairness cgroup:web=4 cgroup:build=1@1.5cpu pid:4711=1\n"
		    "scxbench fairness --seconds 60 --json cgroup:web=4 cgroup:build=1\n",
	.run = call_fairness,
};
