/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * shares cgroup:PATH=SHARE...   an external controller, to be copied: divides CPU time between tenants by
 * their stated shares, however many tasks each of them runs, below policies that heed the weights of tasks
 * and not those of cgroups. It sets the weight of all tasks of a tenant with 'scxbench ctl' (the program in
 * $SCXBENCH, else in the PATH):
 *
 *	shares cgroup:web=3 cgroup:batch=1
 *
 * Once a period it reads what each cgroup received (cpu.stat) and how long a task of it waited for a CPU
 * (cpu.pressure). Tenants take part that waited, or had more than their share; what the others leave is
 * theirs. When one of them is off by more than BAND, the weight of each is multiplied by the root of what it
 * deserved by what it received: by the root, and at most by two, so that a period that was not like the
 * others is soon made up for. Their weights keep the geometric mean of nice 0, so that they neither take from
 * the rest of the machine nor drift, and stay between LEAST and MOST.
 *
 * Before each change it reads what is set. What somebody else set stays as it is, until that is reset, and
 * the others divide the rest. When it ends or is killed the last weights stay, and started again it goes on
 * from there: it knows its own by a file for each cgroup in $SHARES_STATE (/run), written before each change.
 *
 * Prints each change. Exit: 1, or the exit code of ctl (3: no policy is attached), when it can't steer.
 */
#include <limits.h>
#include <math.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define PERIOD_MS 2000 /* or $SHARES_PERIOD_MS */
#define BAND 0.05
#define WAITS 0.05 /* of the period: who waits longer wants more than it got */
#define NICE_0 100
#define LEAST 10
#define MOST 1000

struct tenant {
	char *target, *path; /* as ctl prints it; the path in it */
	double share;
	long long used_us, waited_us; /* in total; -1: the cgroup is not there */
	double used, waited;	      /* in the period, s */
	bool takes_part;
	double deserved, wish;	    /* if so: s; its weight before all are scaled */
	int weight, next, from, to; /* the latter of our last change, or of that of one before us */
	bool is_other;		    /* somebody else set it, which was said */
};

static struct tenant *tenants; /* the last has no path */

static int fail_with(int code, const char *what)
{
	fprintf(stderr, "shares: %s\n", what);
	return code;
}

/* The number behind some words in a file of the cgroup; -1: there is none. */
static long long read_number(const struct tenant *t, const char *name, const char *words)
{
	const char *root = getenv("SHARES_CGROUPS") ?: "/sys/fs/cgroup";
	char path[PATH_MAX], text[4096], *at;
	FILE *file;

	snprintf(path, sizeof(path), "%s%s/%s", root, t->path, name);
	file = fopen(path, "re");
	if (!file)
		return -1;
	text[fread(text, 1, sizeof(text) - 1, file)] = '\0';
	fclose(file);
	at = strstr(text, words);
	return at ? strtoll(at + strlen(words), NULL, 10) : -1;
}

/* In s. A cgroup that was made anew counts from its beginning. */
static double since(long long *total, long long now)
{
	long long before = *total;

	*total = now;
	return before < 0 || now < before ? 0 : (now - before) / 1e6;
}

static int measure_tenants(void)
{
	for (struct tenant *t = tenants; t->path; t++) {
		t->used = since(&t->used_us, read_number(t, "cpu.stat", "usage_usec "));
		t->waited = since(&t->waited_us, read_number(t, "cpu.pressure", " total="));
		if (t->used_us >= 0 && t->waited_us < 0)
			return fail_with(1, "cgroups have no cpu.pressure: boot with psi=1");
	}
	return 0;
}

/* What each that takes part deserves of what all of them had. */
static void divide(void)
{
	double used = 0, shares = 0;

	for (struct tenant *t = tenants; t->path; t++) {
		used += t->takes_part ? t->used : 0;
		shares += t->takes_part ? t->share : 0;
	}
	for (struct tenant *t = tenants; t->path; t++)
		t->deserved = used * t->share / shares;
}

/* Finds who takes part, and what each deserved. Is one of them off? */
static bool is_unfair(double period)
{
	bool unfair = false;

	for (struct tenant *t = tenants; t->path; t++)
		t->takes_part = !t->is_other && t->used_us >= 0;
	divide();
	for (struct tenant *t = tenants; t->path; t++)
		t->takes_part &= t->waited >= WAITS * period || t->used > t->deserved;
	divide();
	for (struct tenant *t = tenants; t->path; t++)
		unfair |= t->takes_part && fabs(t->used / t->deserved - 1) > BAND;
	return unfair;
}

static void decide_weights(void)
{
	double sum = 0;
	int nr = 0;

	for (struct tenant *t = tenants; t->path; t++) {
		double by = t->used > 0 ? sqrt(t->deserved / t->used) : 2;

		t->next = t->weight;
		t->wish = t->weight * fmin(fmax(by, 0.5), 2) / NICE_0;
		sum += t->takes_part ? log(t->wish) : 0;
		nr += t->takes_part;
	}
	for (struct tenant *t = tenants; t->path; t++)
		if (t->takes_part)
			t->next = lround(fmin(fmax(NICE_0 * t->wish / exp(sum / nr), LEAST), MOST));
}

/* The exit code of 'scxbench ctl', whose pipe this was. */
static int code_of(FILE *ctl)
{
	int status = ctl ? pclose(ctl) : -1;

	return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

/* What is set; nothing is the weight of nice 0, and anybody's to change. */
static int look_at_weights(void)
{
	FILE *show = popen("exec \"${SCXBENCH:-scxbench}\" ctl show", "re");
	char line[PATH_MAX], *at;

	for (struct tenant *t = tenants; t->path; t++)
		t->weight = 0;
	while (show && fgets(line, sizeof(line), show)) {
		at = strstr(line, " weight=");
		line[strcspn(line, " ")] = '\0';
		for (struct tenant *t = tenants; at && t->path; t++)
			if (!strcmp(line, t->target))
				t->weight = atoi(at + strlen(" weight="));
	}
	for (struct tenant *t = tenants; t->path; t++) {
		bool is_other = t->weight && t->weight != t->to && t->weight != t->from;

		if (is_other && !t->is_other)
			printf("%s has weight %d, which somebody else set: it stays\n", t->target, t->weight);
		t->is_other = is_other;
		t->weight = t->weight ? t->weight : NICE_0;
	}
	return code_of(show);
}

/* The file of its state, or a new one that is to replace it. */
static FILE *open_state(const struct tenant *t, const char *end, const char *mode, char path[PATH_MAX])
{
	int len = snprintf(path, PATH_MAX, "%s/shares.", getenv("SHARES_STATE") ?: "/run");

	snprintf(path + len, PATH_MAX - len, "%s%s", t->path + 1, end);
	for (char *c = path + len; *c; c++)
		if (*c == '/')
			*c = '!';
	return fopen(path, mode);
}

/* What one before us did, who may have died at any point. */
static void remember(struct tenant *t)
{
	char path[PATH_MAX];
	FILE *file = open_state(t, "", "re", path);

	if (file && fscanf(file, "%d %d", &t->from, &t->to) != 2)
		t->from = t->to = 0;
	if (file)
		fclose(file);
}

static int note_change(struct tenant *t)
{
	char new[PATH_MAX], path[PATH_MAX];
	FILE *file = open_state(t, ".new", "we", new);

	t->from = t->weight;
	t->to = t->next;
	snprintf(path, sizeof(path), "%.*s", (int)(strlen(new) - strlen(".new")), new);
	if (file && fprintf(file, "%d %d\n", t->from, t->to) > 0 && !fclose(file) && !rename(new, path))
		return 0;
	return fail_with(1, "its state can't be written: give a folder in $SHARES_STATE");
}

/* All or none, by one process. */
static int set_weights(void)
{
	FILE *apply;
	int nr = 0;

	for (struct tenant *t = tenants; t->path; t++) {
		nr += t->next != t->weight;
		if (t->next != t->weight && note_change(t))
			return 1;
	}
	apply = nr ? popen("exec \"${SCXBENCH:-scxbench}\" ctl apply -", "we") : NULL;
	for (struct tenant *t = tenants; apply && t->path; t++) {
		if (t->next == t->weight)
			continue;
		fprintf(apply, "%s weight=%d\n", t->target, t->next);
		printf("%s received %.0f %% of what it deserves, weight %d\n", t->target,
		       100 * t->used / t->deserved, t->next);
	}
	return nr ? code_of(apply) : 0;
}

static int steer(double period)
{
	bool look = is_unfair(period);
	int code;

	for (struct tenant *t = tenants; t->path; t++)
		look |= t->is_other; /* it may have been reset */
	code = look ? look_at_weights() : 0;
	if (!look || code || !is_unfair(period))
		return code;
	decide_weights();
	return set_weights();
}

static int control(void)
{
	const char *text = getenv("SHARES_PERIOD_MS");
	long ms = text ? atol(text) : PERIOD_MS;
	const struct timespec period = { .tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000 };
	int code = measure_tenants();

	while (!code) {
		fflush(stdout);
		nanosleep(&period, NULL);
		code = measure_tenants();
		code = code ? code : steer(ms / 1e3);
	}
	return code;
}

/* The path may begin with a slash, or with the root of all cgroups, or not. */
static bool take_tenant(struct tenant *t, char *word)
{
	static const char kind[] = "cgroup:", root[] = "/sys/fs/cgroup/";
	char *path = word + strlen(kind), *at = strrchr(word, '='), *end;

	if (!at || strncmp(word, kind, strlen(kind)))
		return false;
	*at++ = '\0';
	path += strncmp(path, root, strlen(root)) ? 0 : strlen(root);
	path += strspn(path, "/");
	*t = (struct tenant){ .share = strtod(at, &end), .used_us = -1, .waited_us = -1 };
	if (!*path || end == at || *end || !(t->share > 0 && t->share < 1e6) ||
	    asprintf(&t->target, "%s/%s", kind, path) < 0)
		return false;
	t->path = t->target + strlen(kind);
	remember(t);
	return true;
}

int main(int argc, char **argv)
{
	bool good = (tenants = calloc(argc, sizeof(*tenants))) && argc > 2;

	for (int i = 1; good && i < argc; i++)
		good = take_tenant(&tenants[i - 1], argv[i]);
	if (!good)
		return fail_with(2, "usage: shares cgroup:PATH=SHARE cgroup:PATH=SHARE...");
	/* A controller must not wait with the tasks that it steers. It sleeps nearly always. */
	if (sched_setscheduler(0, SCHED_FIFO, &(struct sched_param){ .sched_priority = 1 }))
		return fail_with(1, "SCHED_FIFO is refused: be root");
	signal(SIGPIPE, SIG_IGN); /* of a ctl that ended at once */
	return control();
}
