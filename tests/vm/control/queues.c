/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * queues shares   under owners: of two users, and of two cgroups, one has three times as many tasks, which
 *	never stop. Each gets its share by what its queue weighs, and without queues by its number of tasks.
 *
 * queues own   of two users one loses its queue and gets it back, while its tasks wait.
 *
 * queues change NR COMMAND...   NR changes of what queues are by, and of what is set for them, beside a
 *	command, again and again, and tasks of users and cgroups that never stop. After each no queue belongs
 *	to anybody of the other kind, all are as set, and none that was given up keeps a task.
 *
 * Exit 0: all was so, and the command always ended with 0.
 */
#include <math.h>
#include <sched.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include "group.h"
#include "kit.h"

#define OWNERS 4
#define FIRST_USER 1001

static const char *const by_word[SCXB_NR_BY] = { "queues=one", "queues=user", "queues=cgroup" };

static void name_group(char *name, int nr)
{
	snprintf(name, 16, "own%d", nr);
}

static void make_groups(void)
{
	char name[16], path[64];

	for (int i = 0; i < OWNERS; i++) {
		name_group(name, i);
		snprintf(path, sizeof(path), ROOT "%s", name);
		mkdir(path, 0755);
	}
}

/* arg: the number of the user and of the cgroup. */
static void burn_as(void *arg)
{
	int nr = *(int *)arg;
	char name[16];

	name_group(name, nr);
	enter(name);
	if (setreuid(FIRST_USER + nr, FIRST_USER + nr))
		_exit(1);
	prctl(PR_SET_PDEATHSIG, SIGKILL); /* a change of user forgets it */
	burn(NULL);
}

/* CPU seconds of a process, which ends. */
static double used_by(pid_t pid)
{
	struct rusage u;

	kill(pid, SIGKILL);
	if (wait4(pid, NULL, 0, &u) != pid)
		exit(3);
	return u.ru_utime.tv_sec + u.ru_stime.tv_sec + (u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6;
}

#define HOGS 8

/* Of owner 0, who has six of the eight tasks; in percent. */
static double share_of_many(void)
{
	static int few = 1, many = 0;
	double used[2] = { 0 };
	pid_t hog[HOGS];

	for (int i = 0; i < HOGS; i++)
		hog[i] = start(burn_as, i % 4 ? &many : &few);
	rest(3);
	for (int i = 0; i < HOGS; i++)
		kill(hog[i], SIGSTOP);
	for (int i = 0; i < HOGS; i++)
		used[i % 4 == 0] += used_by(hog[i]);
	return 100 * used[0] / (used[0] + used[1]);
}

static bool share_is(const char *what, double want)
{
	double got = share_of_many();

	printf("%s: %.1f %% to the owner of six tasks, wanted %.1f %%\n", what, got, want);
	return fabs(got - want) < 10;
}

static int shares(struct control *c)
{
	bool good = true;

	make_groups();
	good &= share_is("two users", 50);
	set(c, "queue:user:1002", "weight=300");
	good &= share_is("the other weighs three times as much", 25);
	set(c, "policy", "queues=cgroup");
	set(c, "queue:cgroup:own0", "weight=200");
	rest(0.5);
	good &= share_is("two cgroups, this one weighs twice as much", 100 * 2 / 3.);
	set(c, "policy", "queues=one");
	rest(0.5);
	good &= share_is("one queue", 75);
	return good ? 0 : 1;
}

/* How many queues the user has, how many tasks wait in them, and in that of all others. */
struct had {
	unsigned queues, waiting, others;
};

static struct had look_for(const struct control *c, int user)
{
	struct scxb_owned queue[SCXB_OWNED];
	struct had h = { 0 };

	if (!control_queues(c, queue))
		return h;
	h.others = queue[0].waiting;
	for (int i = 1; i < SCXB_OWNED; i++) {
		if (queue[i].owner != SCXB_OWNER(SCXB_BY_USER, user))
			continue;
		h.queues++;
		h.waiting += queue[i].waiting;
	}
	return h;
}

/* Its tasks wait in its own queue, and none elsewhere; or in that of all others. */
static bool is_so(const struct had *h, bool has)
{
	return has ? h->queues && h->waiting && !h->others : !h->queues && h->others;
}

static bool has_queue(const struct control *c, int user, bool has)
{
	struct had h = look_for(c, user);

	for (double last = now() + 5; !is_so(&h, has) && now() < last; h = look_for(c, user))
		rest(0.05);
	printf("user %d has %u queues with %u tasks, and %u wait in that of all others\n", user, h.queues,
	       h.waiting, h.others);
	return is_so(&h, has);
}

static int own(struct control *c)
{
	static int first = 0, second = 1;
	pid_t hog[HOGS];
	bool good;

	for (int i = 0; i < HOGS; i++)
		hog[i] = start(burn_as, i % 2 ? &first : &second);
	good = has_queue(c, FIRST_USER, true);
	set(c, "queue:user:1001", "own=no");
	good &= has_queue(c, FIRST_USER, false);
	set(c, "queue:user:1001", "own=yes");
	good &= has_queue(c, FIRST_USER, true);
	set(c, "queue:user:1001", "own=no");
	good &= has_queue(c, FIRST_USER, false);
	reset(c, "queue:user:1001");
	good &= has_queue(c, FIRST_USER, true);
	for (int i = 0; i < HOGS; i++)
		end(hog[i]);
	return good ? 0 : 1;
}

static bool is_as_set(const struct control *c, const struct scxb_owned *q)
{
	const struct target t = { .kind = TARGET_QUEUE, .owner = q->owner };
	struct scxb_setting s;
	bool ruled = control_get(c, &t, &s);

	if (!ruled)
		return q->weight == SCXB_USUAL_WEIGHT && q->order == SCXB_ORDER_ARRIVAL;
	return (!(s.set & SCXB_HAS_QUEUE(own)) || s.value[SCXB_QUEUE_own]) &&
	       (!(s.set & SCXB_HAS_QUEUE(order)) || q->order == s.value[SCXB_QUEUE_order]) &&
	       (!(s.set & SCXB_HAS_QUEUE(weight)) || q->weight == s.value[SCXB_QUEUE_weight]);
}

/* What is by another kind, not as it is set, or still waits in a queue of nobody. */
static int wrong_queues(const struct control *c, enum scxb_by by)
{
	struct scxb_owned queue[SCXB_OWNED];
	int wrong = 0;

	if (!control_queues(c, queue))
		return -1;
	for (int i = 1; i < SCXB_OWNED; i++)
		wrong += queue[i].owner ? SCXB_OWNER_BY(queue[i].owner) != by || !is_as_set(c, &queue[i])
					: queue[i].waiting > 0;
	return wrong;
}

/* The clock of a policy takes what is set four times a second. */
static bool changes_to(struct control *c, enum scxb_by by)
{
	double last = now() + 3;

	if (set(c, "policy", by_word[by]))
		return false;
	rest(0.26);
	while (wrong_queues(c, by) && now() < last)
		rest(0.02);
	if (!wrong_queues(c, by))
		return true;
	printf("%s: %d queues are not as they should be\n", by_word[by], wrong_queues(c, by));
	return false;
}

static void set_some(struct control *c, int nr)
{
	char target[32], word[32];

	snprintf(target, sizeof(target), nr % 2 ? "queue:user:%d" : "queue:cgroup:own%d",
		 nr % OWNERS + (nr % 2 ? FIRST_USER : 0));
	snprintf(word, sizeof(word), "weight=%d", 1 + nr * 37 % 1000);
	set(c, target, word);
	set(c, target, nr / 2 % 2 ? "order=arrival" : "order=priority");
	set(c, target, nr / 4 % 3 == 1 ? "own=no" : "own=yes");
}

static void become(void *argv)
{
	execvp(((char **)argv)[0], argv);
	_exit(127);
}

static int change(struct control *c, int changes, char **command)
{
	pid_t pid = start(become, command), hog[HOGS];
	static int owner[OWNERS] = { 0, 1, 2, 3 };
	int status, good = 0, failed = 0;

	/* Or what it sets would hold up itself. */
	sched_setscheduler(0, SCHED_FIFO | SCHED_RESET_ON_FORK,
			   &(struct sched_param){ .sched_priority = 50 });
	make_groups();
	for (int i = 0; i < HOGS; i++)
		hog[i] = start(burn_as, &owner[i % OWNERS]);
	for (int i = 0; i < changes; i++) {
		set_some(c, i);
		good += changes_to(c, i % SCXB_NR_BY);
		if (waitpid(pid, &status, WNOHANG)) {
			failed += status != 0;
			pid = start(become, command);
		}
	}
	for (int i = 0; i < HOGS; i++)
		end(hog[i]);
	waitpid(pid, &status, 0);
	failed += status != 0;
	printf("%d of %d changes were as they should be; the command failed %d times\n", good, changes,
	       failed);
	return good == changes && !failed ? 0 : 1;
}

static const struct {
	const char *name;
	int (*run)(struct control *c);
} kind[] = { { "shares", shares }, { "own", own } };

int main(int argc, char **argv)
{
	struct control *c;

	setvbuf(stdout, NULL, _IONBF, 0);
	if (argc < 2 || control_open(&c))
		return 3;
	for (size_t i = 0; i < sizeof(kind) / sizeof(*kind); i++)
		if (!strcmp(argv[1], kind[i].name))
			return kind[i].run(c);
	return argc < 4 ? 2 : change(c, atoi(argv[2]), argv + 3);
}
