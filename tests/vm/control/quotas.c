/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * quotas [CASE...]   run under a policy ('scxbench run POLICY -- quotas'): do quotas hold, for tasks that
 * never sleep? Prints what each case got, in percent of a CPU. Exit 0: as it should be. The cases are in the
 * table.
 */
#include <sched.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include "group.h"

#define OUTER "quota"
#define INNER "quota/inner"

static const struct row {
	const char *name, *outer, *inner; /* quotas of the two groups; NULL: none */
	int hogs;			  /* in the inner one */
	double warm_up, seconds;
	double least, most; /* percent of a CPU */
	unsigned waits;	    /* the most; 0: any */
} rows[] = {
	{ "hundredth", NULL, "quota=0.01cpu", 2, 4, 10, 0.8, 1.2, 0 },
	{ "quarter", NULL, "quota=0.25cpu", 4, 1, 4, 23, 27, 0 },
	{ "most", NULL, "quota=1.5cpu", 4, 1, 4, 140, 156, 0 },
	/* A group inside never has more than the group. */
	{ "nested", "quota=0.2cpu", "quota=1cpu", 4, 1, 4, 18, 22, 0 },
	{ "inside", "quota=1cpu", "quota=0.2cpu", 4, 1, 4, 18, 22, 0 },
	/* Each has to run once in ten seconds, or the kernel would end the policy. */
	{ "crowd", NULL, "quota=0.01cpu", 200, 12, 24, 0.5, 1.5, 200 * 24 / 10 * 5 / 4 },
};

#define RULED 100

static pid_t hog[256];
static volatile int *inside; /* hogs that have entered the group; and how many are to, before they burn */

/*
 * A task is held where it is: in the midst of entering it would hold up the others. So would one that has the
 * kernel's lock for that and waits for a CPU behind a hundred hogs.
 */
static void hog_body(void *group)
{
	enter(group);
	__sync_fetch_and_add(&inside[0], 1);
	while (inside[0] < inside[1])
		rest(0.01);
	burn(NULL);
}

static void start_hogs(int nr)
{
	inside[0] = 0;
	inside[1] = nr;
	for (int i = 0; i < nr; i++)
		hog[i] = start(hog_body, INNER);
	while (inside[0] < nr)
		rest(0.01);
}

static void orphan(void *group)
{
	if (!fork())
		hog_body(group);
}

/* A process with a hog, which after the rule is set starts a second one, and a third whose parent ends. */
static void family(void *group)
{
	enter(group);
	start(hog_body, group);
	while (inside[0] < RULED)
		rest(0.01);
	start(hog_body, group);
	start(orphan, group);
	pause();
}

static double measure(double seconds)
{
	double got = -used(INNER), began = now();

	rest(seconds);
	got += used(INNER);
	return 100 * got / (now() - began);
}

static void kill_group(void)
{
	int fd = open(ROOT INNER "/cgroup.kill", O_WRONLY);

	if (fd < 0 || write(fd, "1", 1) != 1)
		exit(3);
	close(fd);
}

static bool check_tree(struct control *c)
{
	pid_t pid;
	char target[32];
	double got;

	inside[0] = inside[1] = 0;
	pid = start(family, INNER);
	while (inside[0] < 1)
		rest(0.01);
	snprintf(target, sizeof(target), "tree:%d", pid);
	set(c, target, "quota=0.2cpu");
	inside[0] = RULED;
	while (inside[0] < RULED + 2)
		rest(0.01);
	rest(1);
	got = measure(4);
	printf("tree: %.2f %% of a CPU, wanted 18 to 22\n", got);
	control_clear(c, false);
	kill_group();
	end(pid);
	return got >= 18 && got <= 22;
}

/* Of two rules it keeps the last. */
static void tell_rule(void *ctx, const struct control_rule *r)
{
	*(struct scxb_bucket *)ctx = r->bucket;
	printf("used %.3f s, left %.3f s, forgiven %.3f s, made to wait %llu times\n", r->bucket.used / 1e9,
	       r->bucket.left / 1e9, r->bucket.forgiven / 1e9, r->bucket.throttled);
}

#define DEBT_NS 100000000LL

/*
 * What was taken off for a debt from before, in percent of a CPU: when a rule begins, each task that waits
 * runs for a tick before it is held, and two hundred of them use up many seconds of a hundredth of a CPU.
 */
static double paid(const struct scxb_bucket *before, const struct scxb_bucket *after, double seconds)
{
	return before->left < -DEBT_NS ? (after->left - before->left) / 1e7 / seconds : 0;
}

static bool check(struct control *c, const struct row *r)
{
	struct scxb_bucket before = { 0 }, after = { 0 };
	double got, debt;

	start_hogs(r->hogs);
	if (r->outer)
		set(c, "cgroup:" OUTER, r->outer);
	set(c, "cgroup:" INNER, r->inner);
	rest(r->warm_up);
	control_each(c, tell_rule, &before);
	got = measure(r->seconds);
	control_each(c, tell_rule, &after);
	debt = paid(&before, &after, r->seconds);
	printf("%s: %.2f %% of a CPU and %.2f %% for a debt, wanted %g to %g\n", r->name, got, debt, r->least,
	       r->most);
	control_clear(c, false);
	for (int i = 0; i < r->hogs; i++)
		end(hog[i]);
	return got + debt >= r->least && got <= r->most &&
	       (!r->waits || after.throttled - before.throttled <= r->waits);
}

static bool is_asked(const char *name, char **argv)
{
	for (int i = 1; argv[i]; i++)
		if (!strcmp(argv[i], name))
			return true;
	return !argv[1];
}

int main(int argc, char **argv)
{
	struct control *c;
	bool good = true;

	(void)argc;
	setvbuf(stdout, NULL, _IONBF, 0);
	sched_setscheduler(0, SCHED_FIFO | SCHED_RESET_ON_FORK,
			   &(struct sched_param){ .sched_priority = 50 });
	if (control_open(&c))
		return 3;
	inside = mmap(NULL, 2 * sizeof(*inside), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	mkdir(ROOT OUTER, 0755);
	mkdir(ROOT INNER, 0755);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (is_asked(rows[i].name, argv))
			good &= check(c, &rows[i]);
	if (is_asked("tree", argv))
		good &= check_tree(c);
	rmdir(ROOT INNER);
	rmdir(ROOT OUTER);
	return good ? 0 : 1;
}
