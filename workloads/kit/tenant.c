/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "tenant.h"

#include <errno.h>
#include <libgen.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include "../kit.h"
#include "group.h"
#include "undo.h"

#define CHUNK 20000
#define HOGS_A_CPU 2
#define WATCHER "watch" /* the group of processes that are not tenants */

void *shared_memory(size_t size)
{
	void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (memory != MAP_FAILED)
		return memory;
	kit_fail("no memory: %s", strerror(errno));
	return NULL;
}

const char *beside(const char *path)
{
	static char whole[PATH_MAX + 64];
	char exe[PATH_MAX];
	ssize_t len = readlink("/proc/self/exe", exe, sizeof(exe) - 1);

	exe[len < 0 ? 0 : len] = '\0';
	snprintf(whole, sizeof(whole), "%s/../%s", dirname(exe), path);
	return whole;
}

static const char *make_group(const struct tenant *t)
{
	const char *why = group_make(t->group);
	char weight[32];

	snprintf(weight, sizeof(weight), "%.0f", 100 * t->weight);
	if (!why && !write_text(group_file(t->group, "cpu.weight"), weight))
		why = "cpu.weight can't be written";
	return why;
}

int tenants_begin(const struct tenant *t, unsigned nr)
{
	pid_t guard = guard_begin();
	const char *why;

	if (guard < 0)
		return kit_fail("changes could not be undone: the guard can't be started");
	why = group_begin() ?: group_make(WATCHER) ?: group_leave_own(WATCHER, guard) ?: group_take_cpu();
	for (unsigned i = 0; !why && i < nr; i++)
		why = make_group(&t[i]);
	if (!why && !go_realtime(1))
		why = "SCHED_FIFO is not permitted: run as root";
	return why ? kit_fail("the tenants can't be made: %s", why) : 0;
}

int tenants_end(struct tenant *t, unsigned nr)
{
	for (unsigned i = 0; i < nr; i++) {
		if (t[i].pid <= 0)
			continue;
		kill(t[i].pid, SIGKILL);
		waitpid(t[i].pid, NULL, 0);
		t[i].pid = 0;
	}
	return guard_end();
}

int tenant_start(struct tenant *t, void (*body)(void *arg), void *arg)
{
	pid_t parent = getpid();

	t->pid = fork();
	if (t->pid < 0)
		return kit_fail("a tenant can't be forked: %s", strerror(errno));
	if (t->pid)
		return 0;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent || !group_enter(t->group, 0))
		_exit(1);
	body(arg);
	_exit(1);
}

static long hogs(void)
{
	return HOGS_A_CPU * kit_env("SCXB_CPUS", 1);
}

struct work *hog_memory(void)
{
	return shared_memory(hogs() * sizeof(struct work));
}

static void *hog(void *arg)
{
	struct work *work = arg;
	volatile uint32_t x = 1;

	for (;;) {
		for (int i = 0; i < CHUNK; i++)
			x = x * 1664525 + 1013904223;
		__atomic_store_n(&work->loops, work->loops + 1, __ATOMIC_RELAXED); /* or the loop vanishes */
	}
	return NULL;
}

void hog_body(void *arg)
{
	struct work *work = arg;
	pthread_t thread;

	for (long i = 1; i < hogs(); i++)
		if (pthread_create(&thread, NULL, hog, &work[i]))
			_exit(1);
	hog(work);
}

uint64_t hog_work(const struct work *work)
{
	uint64_t sum = 0;

	for (long i = 0; i < hogs(); i++)
		sum += __atomic_load_n(&work[i].loops, __ATOMIC_RELAXED);
	return sum;
}
