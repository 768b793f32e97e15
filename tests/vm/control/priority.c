/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * priority   run under prioq ('scxbench run prioq:step_us=100000 -- priority'), on one CPU: hogs of the last
 * priority, and one task of the first that a hog wakes now and then. Once it is awake no other hog may come
 * before it: the one that runs may end its slice. Counted without a clock, by which task is next. Prints how
 * often another came; then the same with nothing set, where that must happen. Exit 0: as it should be.
 */
#include <sched.h>
#include <stdint.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include "kit.h"

#define HOGS 4
#define WAKES 30

/*
 * The first is awake for certain while 'written' is above 'wakes': a hog may lose the CPU before its write
 * has woken anybody, so 'asked' alone says nothing.
 */
static struct {
	volatile int last;	     /* the hog that runs, or ran last */
	volatile int waker;	     /* that woke the first, or is about to */
	volatile int asked, written; /* the number of the wakeup that a hog began, and ended, to write */
	volatile int wakes;	     /* of the first, that it ran for */
	volatile int overtaken;
} *seen;
static int line;

static void wake_first(int me)
{
	int next = seen->wakes + 1;

	seen->waker = me;
	seen->asked = next;
	eventfd_write(line, 1);
	seen->written = next;
}

/* Wakes the other one once in a while, by turns of its own loop. */
static void hog(void *arg)
{
	int me = (intptr_t)arg;
	unsigned turns = 0;

	for (;;) {
		if (seen->last != me && seen->waker != me && seen->written > seen->wakes)
			seen->overtaken++;
		seen->last = me;
		if (++turns % 20000000 == 0 && seen->asked == seen->wakes)
			wake_first(me);
	}
}

static void first(void *arg)
{
	eventfd_t ignored;

	(void)arg;
	for (;;) {
		eventfd_read(line, &ignored);
		seen->wakes++;
	}
}

/* How often another hog ran between a wakeup and the first one's run. */
static int overtaken(struct control *c, bool by_rules)
{
	pid_t pid[HOGS], high = start(first, NULL);
	char target[32];
	int begun;

	seen->last = seen->waker = -1;
	seen->asked = seen->written = seen->wakes = seen->overtaken = 0;
	for (int i = 0; i < HOGS; i++)
		pid[i] = start(hog, (void *)(intptr_t)i);
	for (int i = 0; by_rules && i < HOGS; i++) {
		snprintf(target, sizeof(target), "tid:%d", pid[i]);
		set(c, target, "priority=39");
	}
	snprintf(target, sizeof(target), "tid:%d", high);
	if (by_rules)
		set(c, target, "priority=0");
	rest(1);
	begun = seen->wakes;
	seen->overtaken = 0;
	for (double stop = now() + 20; seen->wakes < begun + WAKES && now() < stop;)
		rest(0.05);
	printf("%s: %d wakeups, overtaken %d times\n", by_rules ? "priorities" : "nothing set",
	       seen->wakes - begun, seen->overtaken);
	for (int i = 0; i < HOGS; i++)
		end(pid[i]);
	end(high);
	return seen->wakes > begun ? seen->overtaken : -1;
}

int main(void)
{
	struct control *c;
	cpu_set_t one;
	int with, without;

	CPU_ZERO(&one);
	CPU_SET(0, &one);
	sched_setaffinity(0, sizeof(one), &one);
	seen = mmap(NULL, sizeof(*seen), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	line = eventfd(0, 0);
	if (control_open(&c))
		return 3;
	with = overtaken(c, true);
	without = overtaken(c, false);
	control_close(c);
	return with == 0 && without > 0 ? 0 : 1;
}
