/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Do cgroups and processes get the CPU time that their weights deserve? */
#include <errno.h>
#include <getopt.h>
#include <math.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli/cli.h"
#include "monitor/fairness_print.h"
#include "util/cause.h"
#include "util/log.h"
#include "util/mem.h"

static const char help[] =
	"usage: scxbench fairness TARGET=WEIGHT[@QUOTA%]... [OPTIONS]\n\n"
	"Holds the CPU time that each target receives against what it deserves by weight, in sliding windows.\n"
	"Works under any scheduler. Targets: cgroup:PATH (all below it) or pid:N (a process).\n\n"
	"  --seconds N     how long to watch (default 10); ended early by Ctrl-C\n"
	"  --window N      length of a window in seconds (default 5); it slides by a 50th of it\n"
	"  --json          the result as JSON\n\n"
	"  scxbench fairness cgroup:web=4 cgroup:build=1@25% pid:4711=1\n\n"
	"Deserved is a part by weight of what all targets got together, as far as a target wants it: who\n"
	"sleeps is no victim, and what it leaves is the others'. QUOTA, in percent of the machine, is the most\n"
	"that it may claim.\n"
	"WEIGHT is what you want to hold them to; it sets nothing: cpu.weight, nice and 'scxbench ctl' do.\n"
	"Jain's index is 1 when all have the same part of what they deserve, 1/n when one of n has all.\n"
	"Starved: the longest time ready to run without getting any, seen a 50th of a window at a time.\n\n"
	"Exit: 0 fair, each target within 5 % of what it deserves on the mean of its windows; 1 not; 2 usage;\n"
	"4 nothing to judge: not one whole window, or nobody wanted more than it got; 130 interrupted, what was\n"
	"seen is told.\n";

struct options {
	double seconds, window;
	bool json;
};

static volatile sig_atomic_t interrupted;

static void interrupt(int sig)
{
	(void)sig;
	interrupted = 1;
}

static double now_s(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec + ts.tv_nsec / 1e9;
}

static int parse_seconds(const char *option, const char *text, double least, double *seconds)
{
	char *end;

	*seconds = strtod(text, &end);
	if (*end || !*text || !(*seconds >= least && *seconds <= 86400))
		return log_err(-EINVAL, "%s %s: a number of seconds, from %g to 86400", option, text, least);
	return 0;
}

static int parse_options(int argc, char **argv, struct options *o)
{
	static const struct option table[] = { { "seconds", required_argument, NULL, 's' },
					       { "window", required_argument, NULL, 'w' },
					       { "json", no_argument, NULL, 'j' },
					       { "help", no_argument, NULL, 'h' },
					       { 0 } };
	int c, err = 0;

	while (!err && (c = getopt_long(argc, argv, "", table, NULL)) != -1) {
		switch (c) {
		case 's':
			err = parse_seconds("--seconds", optarg, 0.5, &o->seconds);
			break;
		case 'w':
			err = parse_seconds("--window", optarg, 0.5, &o->window);
			break;
		case 'j':
			o->json = true;
			break;
		case 'h':
			return 1;
		default:
			return -EINVAL;
		}
	}
	if (!err && o->window > o->seconds)
		return log_err(-EINVAL, "--window %g: there is no such window in %g seconds: see --seconds",
			       o->window, o->seconds);
	return err;
}

static int parse_targets(char **words, struct fairness_seen *s)
{
	for (; *words; words++) {
		int err = fairness_target_parse(*words, &s->target[s->nr]);

		if (err)
			return err;
		for (unsigned i = 0; i < s->nr; i++)
			if (!strcmp(s->target[i].name, s->target[s->nr].name))
				err = log_err(-EINVAL, "%s is given twice", s->target[i].name);
		s->nr++;
		if (err)
			return err;
	}
	if (s->nr < 2)
		return log_err(-EINVAL, "give two targets at least: see 'scxbench fairness --help'");
	return 0;
}

/* Who watches must not wait with those whom it watches. */
static void leave_the_class(void)
{
	struct sched_param param = { .sched_priority = 1 };

	if (sched_setscheduler(0, SCHED_FIFO, &param))
		log_warn("SCHED_FIFO is not permitted: under full load windows may get longer");
}

static void sleep_until(double when)
{
	struct timespec ts = { .tv_sec = when, .tv_nsec = (when - (time_t)when) * 1e9 };

	clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &ts, NULL);
}

/*
 * One window at least, also when steps are late. A target that ends ends the watch; what was seen counts.
 */
static int watch(const struct options *o, struct fairness_seen *s)
{
	double pause = o->window / FAIRNESS_STEPS, begun = now_s(), now = begun, next = begun;
	struct fairness_watch *w = fairness_watch_begin(s->target, s->nr, sysconf(_SC_NPROCESSORS_ONLN));
	int err = 0;

	for (int step = 0; !interrupted && (step <= FAIRNESS_STEPS || now - begun < o->seconds); step++) {
		sleep_until(next);
		now = now_s();
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

static int conclude(const struct options *o, const struct fairness_seen *s)
{
	static const int code[] = { [FAIR] = EXIT_CODE_OK,
				    [UNFAIR] = EXIT_CODE_FAILED,
				    [UNCONTENDED] = EXIT_CODE_INCONCLUSIVE,
				    [NOT_SEEN] = EXIT_CODE_INCONCLUSIVE };

	if (o->json)
		fairness_print_json(s);
	else
		fairness_print(s);
	return interrupted ? EXIT_CODE_INTERRUPTED : code[fairness_verdict(s)];
}

static int run(const struct options *o, char **words, struct fairness_seen *s)
{
	struct sigaction sa = { .sa_handler = interrupt };
	int err = parse_targets(words, s);

	if (err)
		return exit_code_of(err);
	fairness_begin(&s->found, s->nr);
	sigaction(SIGINT, &sa, NULL);
	sigaction(SIGTERM, &sa, NULL);
	leave_the_class();
	err = watch(o, s);
	return err ? exit_code_of(err) : conclude(o, s);
}

int cmd_fairness(int argc, char **argv)
{
	struct options o = { .seconds = 10, .window = 5 };
	struct fairness_seen s = { 0 };
	int code = parse_options(argc, argv, &o);

	if (code)
		return code > 0 ? cli_usage(help, EXIT_CODE_OK) : EXIT_CODE_USAGE;
	s.window_s = o.window;
	s.target = mem_zalloc(argc, sizeof(*s.target));
	s.starved = mem_zalloc(argc, sizeof(*s.starved));
	code = run(&o, argv + optind, &s);
	for (unsigned i = 0; i < s.nr; i++)
		fairness_target_free(&s.target[i]);
	fairness_free(&s.found);
	free(s.starved);
	free(s.target);
	return code;
}
