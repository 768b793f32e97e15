/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * balance TARGET_US cgroup:PATH...   an external controller, to be copied: keeps the latency of a service
 * below a target by the weight of the cgroups beside it, which get what is left.
 *
 * It reads the service's latency in us from stdin, a number a line, as often as there is one, and sets the
 * weight of each cgroup with 'scxbench ctl' (the program in $SCXBENCH, else in the PATH):
 *
 *	my-metrics | balance 15000 cgroup:batch
 *
 * Above the target the weight is halved; far above it becomes LEAST at once; when there was room for a while
 * it grows by STEP: additive increase, multiplicative decrease (Chiu and Jain, Analysis of the Increase and
 * Decrease Algorithms, 1989). In between nothing is done, so that it does not oscillate. It decides once a
 * period, however much comes, and never without news: a flood of numbers, or a service gone mad, makes at
 * most four changes a second, each between LEAST and MOST. When it ends or is killed the last weight stays,
 * because the rule belongs to the policy; 'scxbench ctl reset' removes it.
 *
 * Prints each change. Exit: 0 at the end of its input; 1, or the exit code of ctl (3: no policy is attached),
 * when it can't steer.
 */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define PERIOD_NS 250000000
#define LEAST 5
#define MOST 100
#define CALM 0.6 /* of the target: below it there is room */
#define STEP 10
#define LOST 4	   /* times the target: halving would take too long */
#define PATIENCE 4 /* calm periods before the weight grows */

static int fail_with(int code, const char *what)
{
	fprintf(stderr, "balance: %s\n", what);
	return code;
}

/* 0, or the exit code of 'scxbench ctl'. */
static int set_weight(char *target, int weight)
{
	char *program = getenv("SCXBENCH") ?: "scxbench", word[32];
	char *argv[] = { program, "ctl", "set", target, word, NULL };
	int status;
	pid_t pid;

	snprintf(word, sizeof(word), "weight=%d", weight);
	if (posix_spawnp(&pid, program, NULL, NULL, argv, environ) || waitpid(pid, &status, 0) != pid)
		return fail_with(1, "scxbench can't be run: give its path in $SCXBENCH");
	return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

/*
 * The worst latency that came since the last call, 0 when none did; -1 at the end. It reads once a period,
 * and no more than a pipe holds: a program that writes faster waits for this one, and not the other way
 * round.
 */
static double read_latency(void)
{
	static char text[65536 + 1], *rest = text;
	ssize_t len = read(STDIN_FILENO, rest, text + sizeof(text) - 1 - rest);
	double worst = 0;
	char *line = text, *end;

	if (len <= 0)
		return len < 0 && errno == EAGAIN ? 0 : -1;
	rest[len] = '\0';
	for (; (end = strchr(line, '\n')); line = end + 1) {
		double latency = strtod(line, NULL);

		if (latency > worst && latency < 1e12)
			worst = latency;
	}
	len = strlen(line);
	rest = text + (len < 64 ? len : 0); /* a longer line without an end is not a number */
	memmove(text, line, len < 64 ? len : 0);
	return worst;
}

/* The weight from now on. */
static int decide_weight(int weight, double latency, double target)
{
	static int calm;

	calm = latency < target * CALM ? calm + 1 : 0;
	if (latency > target)
		return latency > target * LOST || weight / 2 < LEAST ? LEAST : weight / 2;
	if (calm < PATIENCE)
		return weight;
	calm = 0;
	return weight + STEP < MOST ? weight + STEP : MOST;
}

static int control(double target, char **whom)
{
	const struct timespec period = { .tv_nsec = PERIOD_NS };
	int weight = MOST, next;
	double latency;

	for (; (latency = read_latency()) >= 0; nanosleep(&period, NULL)) {
		next = latency > 0 ? decide_weight(weight, latency, target) : weight;
		if (next == weight)
			continue;
		for (char **t = whom; *t; t++) {
			int code = set_weight(*t, next);

			if (code)
				return code;
		}
		weight = next;
		printf("latency %.0f us: weight %d\n", latency, weight);
		fflush(stdout);
	}
	return 0;
}

int main(int argc, char **argv)
{
	double target = argc > 2 ? strtod(argv[1], NULL) : 0;

	if (!(target > 0))
		return fail_with(2, "usage: balance TARGET_US cgroup:PATH...");
	/* A controller must not wait with the tasks that it steers. It sleeps nearly always. */
	if (sched_setscheduler(0, SCHED_FIFO, &(struct sched_param){ .sched_priority = 1 }))
		return fail_with(1, "SCHED_FIFO is refused: be root");
	fcntl(STDIN_FILENO, F_SETFL, O_NONBLOCK);
	return control(target, argv + 2);
}
