/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * order kept   under owners: three tasks of one user that never stop, of nice -5, 0 and 5, on one CPU: each
 *has as much as the others in the order of arrival, and by priority what its law gives. Counted by rounds of
 *	a loop. Then the same with a priority that is set.
 *
 * order rescues   beside a user whose queue weighs ten thousand times as much: by its weight another's queue
 *	would have a turn in 50 s. Each of its tasks has one in 4.2 s, the worst one, too.
 *
 * Exit 0: all was so.
 */
#include <sched.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include "kit.h"

#define PEERS 3

static struct {
	volatile int last; /* that runs, or ran last */
	volatile unsigned rounds[PEERS], turns[PEERS];
} *seen;

static const struct peer {
	int nr, nice, user;
} kept[PEERS] = { { 0, -5, 1001 }, { 1, 0, 1001 }, { 2, 5, 1001 } },
  rescued[PEERS] = { { 0, -20, 1001 }, { 1, 19, 1001 }, { 2, 0, 1002 } };

static void go_round(void *arg)
{
	const struct peer *me = arg;

	setpriority(PRIO_PROCESS, 0, me->nice);
	if (setreuid(me->user, me->user))
		_exit(1);
	prctl(PR_SET_PDEATHSIG, SIGKILL); /* a change of user forgets it */
	for (;;) {
		seen->turns[me->nr] += seen->last != me->nr;
		seen->last = me->nr;
		seen->rounds[me->nr]++;
	}
}

static void begin(const struct peer *peer, pid_t *pid)
{
	for (int i = 0; i < PEERS; i++)
		pid[i] = start(go_round, (void *)&peer[i]);
}

/* What each of them has from now on, in percent. */
static void parts_of(double *part)
{
	double sum = 0;

	for (int i = 0; i < PEERS; i++)
		seen->rounds[i] = 0;
	rest(4);
	for (int i = 0; i < PEERS; i++)
		sum += part[i] = seen->rounds[i];
	for (int i = 0; i < PEERS; i++)
		part[i] *= 100 / sum;
}

static bool parts_are(const char *what, const double *least, const double *most)
{
	double part[PEERS];
	bool good = true;

	rest(0.5); /* the policy takes what is set */
	parts_of(part);
	for (int i = 0; i < PEERS; i++)
		good &= part[i] >= least[i] && part[i] <= most[i];
	printf("%s%s: nice -5, 0 and 5 had %.1f, %.1f and %.1f %%\n", good ? "" : "wrong: ", what, part[0],
	       part[1], part[2]);
	return good;
}

static const double thirds[] = { 23, 23, 23 }, thirds_most[] = { 43, 43, 43 };

/*
 * By priority one of nice -5 goes on until one of nice 0 has waited for 20 ms, and one of nice 5 for 40 ms:
 * with slices of 5 ms about 65, 22 and 13 %. Priority 10 is that of nice -10.
 */
static int keep(struct control *c, const pid_t *pid)
{
	char last[32];
	bool good = parts_are("by arrival", thirds, thirds_most);

	set(c, "queue:user:1001", "order=priority");
	good &= parts_are("by priority", (double[]){ 45, 10, 4 }, (double[]){ 80, 35, 25 });
	snprintf(last, sizeof(last), "tid:%d", pid[2]);
	set(c, last, "priority=10");
	good &= parts_are("the last one has priority 10", (double[]){ 10, 2, 50 }, (double[]){ 35, 20, 85 });
	set(c, "queue:user:1001", "order=arrival");
	good &= parts_are("by arrival again", thirds, thirds_most);
	return good ? 0 : 1;
}

static int rescue(struct control *c, const pid_t *pid)
{
	unsigned had[PEERS];

	(void)pid;
	set(c, "queue:user:1001", "weight=1");
	set(c, "queue:user:1001", "order=priority");
	set(c, "queue:user:1002", "weight=10000");
	rest(1);
	for (int i = 0; i < PEERS; i++)
		had[i] = seen->turns[i];
	rest(13);
	for (int i = 0; i < PEERS; i++)
		had[i] = seen->turns[i] - had[i];
	printf("in 13 s: nice -20 had %u turns, nice 19 %u, and the heavy one %u\n", had[0], had[1], had[2]);
	return had[0] >= 2 && had[1] >= 2 && had[2] >= 2 ? 0 : 1;
}

int main(int argc, char **argv)
{
	bool keeps = argc > 1 && !strcmp(argv[1], "kept");
	pid_t pid[PEERS];
	cpu_set_t one;
	struct control *c;
	int code;

	setvbuf(stdout, NULL, _IONBF, 0);
	if (control_open(&c))
		return 3;
	seen = mmap(NULL, sizeof(*seen), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	CPU_ZERO(&one);
	CPU_SET(0, &one);
	sched_setaffinity(0, sizeof(one), &one);
	begin(keeps ? kept : rescued, pid);
	code = keeps ? keep(c, pid) : rescue(c, pid);
	for (int i = 0; i < PEERS; i++)
		end(pid[i]);
	control_close(c);
	return code;
}
