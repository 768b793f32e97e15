/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Do cgroups and processes get the CPU time that their weights deserve? */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/command.h"
#include "monitor/fairness_print.h"
#include "util/cause.h"
#include "util/clock.h"
#include "util/interrupt.h"
#include "util/log.h"
#include "util/mem.h"
#include "util/self.h"

struct options {
	double seconds, window;
	bool json;
};

static int parse_seconds(const char *option, const char *text, double least, double *seconds)
{
	char *end;

	*seconds = strtod(text, &end);
	if (*end || !*text || !(*seconds >= least && *seconds <= 86400))
		return log_err(-CAUSE_USAGE, "%s %s: a number of seconds, from %g to 86400", option, text,
			       least);
	return 0;
}

enum { OPT_SECONDS = 256, OPT_WINDOW };

static const struct argp_option rows[] = {
	{ "seconds", OPT_SECONDS, "N", 0, "how long to watch; Ctrl-C ends it early (default: 10)", 0 },
	{ "window", OPT_WINDOW, "N", 0,
	  "length of a window in seconds, which slides by a 50th of it (default: 5)", 0 },
	{ 0 },
};

static error_t take_option(int key, char *arg, struct argp_state *state)
{
	struct options *o = state->input;

	switch (key) {
	case ARGP_KEY_INIT:
		return state->child_inputs[0] = &o->json, 0;
	case OPT_SECONDS:
		return parse_seconds("--seconds", arg, 0.5, &o->seconds);
	case OPT_WINDOW:
		return parse_seconds("--window", arg, 0.5, &o->window);
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

static int parse_targets(char **words, struct fairness_seen *s)
{
	for (; *words; words++) {
		int err = fairness_target_parse(*words, &s->target[s->nr]);

		if (err)
			return err;
		for (unsigned i = 0; i < s->nr; i++)
			if (!strcmp(s->target[i].name, s->target[s->nr].name))
				err = log_err(-CAUSE_USAGE, "%s is given twice", s->target[i].name);
		s->nr++;
		if (err)
			return err;
	}
	if (s->nr < 2)
		return log_err(-CAUSE_USAGE, "give at least two targets: see 'scxbench fairness --help'");
	return 0;
}

/*
 * One window at least, also when steps are late. A target that ends ends the watch; what was seen counts.
 */
static int watch_fairness(const struct options *o, struct fairness_seen *s)
{
	double pause = o->window / FAIRNESS_STEPS, begun = clock_s(), now = begun, next = begun;
	struct fairness_watch *w = fairness_watch_begin(s->target, s->nr, sysconf(_SC_NPROCESSORS_ONLN));
	int err = 0;

	for (int step = 0; !interrupted() && (step <= FAIRNESS_STEPS || now - begun < o->seconds); step++) {
		clock_sleep_until(next);
		now = clock_s();
		next = fmax(next + pause, now + pause / 2); /* steps that were missed are not made up for */
		err = fairness_watch_step(w, now - begun, &s->found);
		if (err)
			break;
		s->seconds = now - begun;
	}
	for (unsigned i = 0; i < s->nr; i++)
		s->starved[i] = fairness_watch_starved(w, i);
	fairness_watch_end(w);
	return err == -CAUSE_NOT_FOUND && s->seconds > 0 ? 0 : err;
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

static int fairness_run(const struct options *o, char **words, struct fairness_seen *s)
{
	int err = parse_targets(words, s);

	if (err)
		return exit_code_of(err);
	fairness_begin(&s->found, s->nr);
	interrupt_catch();
	/* The watcher must not wait with the tasks that it watches. */
	if (!self_try_leave_class())
		log_warn("SCHED_FIFO is not permitted: under full load windows may get longer");
	err = watch_fairness(o, s);
	return err ? exit_code_of(err) : fairness_conclude(o, s);
}

static int watch_targets(const struct options *o, const struct call *call)
{
	struct fairness_seen s = { .window_s = o->window };
	int code;

	s.target = mem_zalloc((size_t)call->nr_words + 1, sizeof(*s.target));
	s.starved = mem_zalloc((size_t)call->nr_words + 1, sizeof(*s.starved));
	code = fairness_run(o, call->word, &s);
	for (unsigned i = 0; i < s.nr; i++)
		fairness_target_free(&s.target[i]);
	fairness_free(&s.found);
	free(s.starved);
	free(s.target);
	return code;
}

static int fairness(struct call *call)
{
	struct options o = { .seconds = 10, .window = 5 };

	if (!options_parse(call, &o))
		return call->code;
	return check_window(&o) ? EXIT_CODE_USAGE : watch_targets(&o, call);
}

const struct command cmd_fairness = {
	.name = "fairness",
	.summary = "measure whether targets get the CPU time that their weights deserve",
	.argp = { .options = rows,
		  .parser = take_option,
		  .args_doc = "TARGET=WEIGHT[@QUOTA%]...",
		  .children = (const struct argp_child[]){ { &options_json, 0, NULL, 0 }, { 0 } },
		  .doc = "Compares the CPU time that each target receives with what it deserves by its "
			 "weight, in sliding windows, under any scheduler. A target is cgroup:PATH "
			 "(everything below it) or pid:N (a process).\n\n"
			 "WEIGHT sets nothing: it is the weight that the target is measured by. "
			 "cpu.weight, nice and 'scxbench ctl' set weights. QUOTA, in percent of the "
			 "machine, is the most that a target may claim.\n\n"
			 "A target deserves its part, by weight, of what all targets received together, "
			 "but no more than it wants. A target that sleeps is not a victim, and what it "
			 "leaves goes to the others. Jain's index is 1 when all receive the same part "
			 "of what they deserve, and 1/n when one of n receives everything. Starved is "
			 "the longest time in which a target was ready to run and received nothing, "
			 "exact to a 50th of a window." },
	.most = -1,
	.exits = "0 fair: the mean of each target's windows is within 5 % of what it deserves\n"
		 "1 not fair\n"
		 "2 usage\n"
		 "4 nothing to judge: not one whole window, or no target wanted more than it got\n"
		 "130 interrupted; what was seen is printed\n",
	.examples = "scxbench fairness cgroup:web=4 cgroup:build=1@25% pid:4711=1\n"
		    "scxbench fairness --seconds 60 --json cgroup:web=4 cgroup:build=1\n",
	.run = fairness,
};
