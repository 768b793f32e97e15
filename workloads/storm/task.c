/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The tasks: processes of a few threads, more than there are CPUs, each with its own way to use a CPU. */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include "../kit.h"
#include "storm.h"
#include "util/clock.h"

#define THREADS 3 /* per process */
#define PER_CPU 2 /* processes */
#define START_MS 20000
#define OF_A_THREAD O_EXCL /* PIDFD_THREAD */

/*
 * What a thread does over and over. Short phases make many waits; the long one is ended by its slice, unless
 * the policy lets it run on.
 */
static const struct way {
	unsigned loops;
	bool sleeps;
} ways[] = {
	{ 1000, false }, { 4000, true }, { 10000, false }, { 1000, true }, { 30000, false },   { 2000, true },
	{ 1000, false }, { 4000, true }, { 2000, false },  { 1000, true }, { 8000000, false }, { 2000, true },
};
#define WAYS (int)(sizeof(ways) / sizeof(*ways))

/* Thread ids, written by the threads; shared by all processes. */
static volatile pid_t *told;

void task_burn(unsigned loops)
{
	for (volatile unsigned i = 0; i < loops; i++)
		;
}

static void *task_live(void *arg)
{
	long nr = (long)arg;
	const struct way *way = &ways[nr % WAYS];

	told[nr] = syscall(SYS_gettid);
	for (;;) {
		task_burn(way->loops);
		if (way->sleeps)
			clock_sleep(0.001);
		else
			sched_yield();
	}
	return NULL;
}

static void process_main(long first, pid_t parent)
{
	pthread_t thread;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(1);
	for (long i = 1; i < THREADS; i++)
		if (pthread_create(&thread, NULL, task_live, (void *)(first + i)))
			_exit(1);
	task_live((void *)first);
}

static int fork_all(struct storm *s)
{
	pid_t parent = getpid();

	for (int i = 0; i < s->nr_targets; i++) {
		struct target *t = &s->target[i];

		t->pid = i % THREADS ? t[-1].pid : fork();
		if (t->pid == 0)
			process_main(i, parent);
		if (t->pid < 0)
			return kit_fail("a process can't be forked: %s", strerror(errno));
	}
	return 0;
}

/* The id of a thread is known when it has run for the first time. */
static int wait_told(struct storm *s)
{

	for (int i = 0, waited = 0; i < s->nr_targets; i++) {
		struct target *t = &s->target[i];

		for (; !told[i] && waited < START_MS; waited++)
			clock_sleep(0.001);
		if (!told[i])
			return kit_fail("a task did not start within %d s", START_MS / 1000);
		t->tid = told[i];
		t->pidfd = pidfd_open(t->tid, OF_A_THREAD);
		if (t->pidfd < 0)
			return kit_fail("a thread's pidfd can't be opened: %s (needs Linux 6.9)",
					strerror(errno));
	}
	return 0;
}

int tasks_begin(struct storm *s)
{
	struct rlimit files;

	s->nr_targets = s->cpus * PER_CPU * THREADS;
	s->target = calloc(s->nr_targets, sizeof(*s->target));
	told = mmap(NULL, s->nr_targets * sizeof(*told), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
		    -1, 0);
	if (!s->target || told == MAP_FAILED)
		return kit_fail("no memory for %d tasks", s->nr_targets);
	/* One descriptor per task. */
	getrlimit(RLIMIT_NOFILE, &files);
	files.rlim_cur = files.rlim_max;
	setrlimit(RLIMIT_NOFILE, &files);
	return fork_all(s) || wait_told(s);
}

void tasks_end(struct storm *s)
{
	for (int i = 0; i < s->nr_targets; i += THREADS)
		if (s->target[i].pid > 0)
			kill(s->target[i].pid, SIGKILL);
	for (int i = 0; i < s->nr_targets; i += THREADS)
		if (s->target[i].pid > 0)
			waitpid(s->target[i].pid, NULL, 0);
}
