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
 * most four changes a second, each between LEAST and MOST.
 *
 * Before each change it reads what is set. What somebody else set stays as it is, until that is reset. When
 *it ends or is killed the last weight stays, because the rule belongs to the policy; started again it goes on
 *from there, and lets the weight grow when there is room. It knows its own by a file for each cgroup in
 * $BALANCE_STATE (/run), written before each change: the weight before it and after it.
 *
 * Prints each change. Exit: 0 at the end of its input; 1, or the exit code of ctl (3: no policy is attached),
 * when it can't steer.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sched.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define PERIOD_MS 250 /* or $BALANCE_PERIOD_MS */
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

/* A cgroup that gives way. */
struct tenant {
	char *target;
	int weight;    /* as last seen or set; 0: not seen yet */
	int from, to;  /* of our last change, or of that of one before us */
	bool is_other; /* somebody else set it, which was said */
};

/* Without the root and slashes in front, as people write it or 'ctl show' prints it. */
static const char *plain(const char *target)
{
	static const char kind[] = "cgroup:", root[] = "/sys/fs/cgroup/";

	if (strncmp(target, kind, strlen(kind)))
		return target;
	target += strlen(kind);
	if (!strncmp(target, root, strlen(root)))
		target += strlen(root);
	return target + strspn(target, "/");
}

/* The weight in a line of 'ctl show', when it is of the target; else 0. */
static int weight_in(char *line, const char *target)
{
	char *rest = line, *first = strsep(&rest, " "), *at = rest ? strstr(rest, " weight=") : NULL;

	return at && !strcmp(plain(first), plain(target)) ? atoi(at + strlen(" weight=")) : 0;
}

/* What is set; nothing is the weight of nice 0. 0, or the exit code of 'scxbench ctl'. */
static int look_at(struct tenant *t)
{
	FILE *show = popen("exec \"${SCXBENCH:-scxbench}\" ctl show", "re");
	char line[4096];
	int weight = 0, status;

	while (show && fgets(line, sizeof(line), show))
		weight = weight ? weight : weight_in(line, t->target);
	status = show ? pclose(show) : -1;
	t->weight = weight ? weight : MOST;
	if (!weight)
		t->to = MOST;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

/* The file of its state, with an end of its name: "" or ".new". */
static void name_state(const struct tenant *t, const char *end, char path[PATH_MAX])
{
	int len = snprintf(path, PATH_MAX, "%s/balance.", getenv("BALANCE_STATE") ?: "/run");

	snprintf(path + len, PATH_MAX - len, "%s%s", plain(t->target), end);
	for (char *c = path + len; *c; c++)
		if (*c == '/')
			*c = '!';
}

/* What one before us did, who may have died at any point. */
static void remember(struct tenant *t)
{
	char path[PATH_MAX];
	FILE *file;

	name_state(t, "", path);
	file = fopen(path, "re");
	if (file && fscanf(file, "%d %d", &t->from, &t->to) != 2)
		t->from = t->to = 0;
	if (file)
		fclose(file);
}

/* A new file in the place of the old one, which holds until then, whenever we die. */
static bool write_state(const struct tenant *t)
{
	char path[PATH_MAX], new[PATH_MAX];
	FILE *file;
	bool whole;

	name_state(t, "", path);
	name_state(t, ".new", new);
	file = fopen(new, "we");
	whole = file && fprintf(file, "%d %d\n", t->from, t->to) > 0;
	if (file && fclose(file))
		whole = false;
	return whole && !rename(new, path);
}

static void note_change(struct tenant *t, int next)
{
	t->from = t->weight;
	t->to = next;
	if (!write_state(t))
		fail_with(1, "its state can't be written: give a folder in $BALANCE_STATE");
}

static bool is_ours(struct tenant *t)
{
	bool ours = t->weight == t->to || t->weight == t->from;

	if (!ours && !t->is_other)
		printf("%s has weight %d, which somebody else set: it stays\n", t->target, t->weight);
	t->is_other = !ours;
	return ours;
}

/* The weight from now on; calm: there was room for a while. */
static int decide_weight(int weight, double ratio, bool calm)
{
	if (ratio > 1)
		return ratio > LOST || weight / 2 < LEAST ? LEAST : weight / 2;
	if (!calm || weight >= MOST)
		return weight;
	return weight + STEP < MOST ? weight + STEP : MOST;
}

/* ratio: of the latency to its target. */
static int steer(struct tenant *t, double ratio, bool calm)
{
	int next, code;

	if (t->weight && !t->is_other && decide_weight(t->weight, ratio, calm) == t->weight)
		return 0;
	code = look_at(t);
	next = decide_weight(t->weight, ratio, calm);
	if (code || !is_ours(t) || next == t->weight)
		return code;
	note_change(t, next);
	code = set_weight(t->target, next);
	if (code)
		return code;
	t->weight = next;
	printf("%s: latency %.0f %% of the target, weight %d\n", t->target, 100 * ratio, next);
	return 0;
}

static int control(double target, struct tenant *tenants)
{
	const char *ms = getenv("BALANCE_PERIOD_MS");
	const struct timespec period = { .tv_nsec = (ms ? atoi(ms) : PERIOD_MS) * 1000000L };
	int calm = 0, code;
	double latency;

	for (; (latency = read_latency()) >= 0; nanosleep(&period, NULL)) {
		if (latency == 0)
			continue;
		calm = latency < target * CALM ? calm + 1 : 0;
		for (struct tenant *t = tenants; t->target; t++) {
			code = steer(t, latency / target, calm >= PATIENCE);
			if (code)
				return code;
		}
		if (calm >= PATIENCE)
			calm = 0;
		fflush(stdout);
	}
	return 0;
}

int main(int argc, char **argv)
{
	double target = argc > 2 ? strtod(argv[1], NULL) : 0;
	struct tenant *tenants;
	int code;

	if (!(target > 0))
		return fail_with(2, "usage: balance TARGET_US cgroup:PATH...");
	/* A controller must not wait with the tasks that it steers. It sleeps nearly always. */
	if (sched_setscheduler(0, SCHED_FIFO, &(struct sched_param){ .sched_priority = 1 }))
		return fail_with(1, "SCHED_FIFO is refused: be root");
	fcntl(STDIN_FILENO, F_SETFL, O_NONBLOCK);
	tenants = calloc(argc, sizeof(*tenants));
	if (!tenants)
		return fail_with(1, "there is no memory");
	for (int i = 0; i < argc - 2; i++) {
		tenants[i].target = argv[i + 2];
		remember(&tenants[i]);
	}
	code = control(target, tenants);
	free(tenants);
	return code;
}
