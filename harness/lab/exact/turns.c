/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * QEMU's two threads take turns: preloaded into QEMU, it makes one run of a guest like the next.
 *
 * The thread that executes the guest and the main loop run beside each other, and the main loop moves the
 * clock on when the guest is idle (QEMU: icount_start_warp_timer()). A CPU counts as idle
 * a moment before the instructions that it has executed are in the clock. If the main loop, which every timer
 * wakes, looks in that moment, the clock moves too far: whether it does is up to the host.
 *
 * Here the main loop goes on after a poll only while the guest's thread waits for it, and that thread no
 * longer counts as waiting once it was woken. So what the main loop does falls between the same two
 * instructions in each run.
 *
 * The guest's thread is known by its name, for which QEMU needs "-name debug-threads=on".
 */
#include <dlfcn.h>
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/*
 * A guest that computes for longer is not waited for: it may need the main loop (to power off), and so may
 * whoever started QEMU. Once a second, the moment described above is next to never hit.
 */
#define LONGEST_S 1

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static pthread_cond_t *waits; /* what it waits for */
static pthread_mutex_t *big;  /* QEMU's lock, which it gives up meanwhile */
static __thread bool is_guest;

static int (*real_poll)(struct pollfd *, nfds_t, const struct timespec *, const sigset_t *);
static int (*real_name)(pthread_t, const char *);
static int (*real_wait)(pthread_cond_t *, pthread_mutex_t *);
static int (*real_signal)(pthread_cond_t *);
static int (*real_broadcast)(pthread_cond_t *);

/* The C library has older functions of the names that begin with pthread_cond. */
__attribute__((constructor)) static void find_real(void)
{
	static const char version[] = "GLIBC_2.3.2";

	*(void **)&real_poll = dlsym(RTLD_NEXT, "ppoll");
	*(void **)&real_name = dlsym(RTLD_NEXT, "pthread_setname_np");
	*(void **)&real_wait = dlvsym(RTLD_NEXT, "pthread_cond_wait", version);
	*(void **)&real_signal = dlvsym(RTLD_NEXT, "pthread_cond_signal", version);
	*(void **)&real_broadcast = dlvsym(RTLD_NEXT, "pthread_cond_broadcast", version);
}

static void set_waits(pthread_cond_t *what, pthread_mutex_t *held)
{
	pthread_mutex_lock(&lock);
	waits = what;
	big = held;
	real_broadcast(&changed);
	pthread_mutex_unlock(&lock);
}

static void wake(const pthread_cond_t *what)
{
	pthread_mutex_lock(&lock);
	if (waits == what)
		waits = NULL;
	pthread_mutex_unlock(&lock);
}

int pthread_setname_np(pthread_t thread, const char *name)
{
	if (strstr(name, "/TCG"))
		is_guest = true;
	return real_name(thread, name);
}

int pthread_cond_wait(pthread_cond_t *what, pthread_mutex_t *held)
{
	int rc;

	if (!is_guest)
		return real_wait(what, held);
	set_waits(what, held);
	rc = real_wait(what, held);
	set_waits(NULL, held);
	return rc;
}

int pthread_cond_signal(pthread_cond_t *what)
{
	wake(what);
	return real_signal(what);
}

int pthread_cond_broadcast(pthread_cond_t *what)
{
	wake(what);
	return real_broadcast(what);
}

/* A poll with the lock held is not the main loop's: the guest's thread could not go on to wait. */
static bool is_main_loop(void)
{
	return gettid() == getpid() && big && big->__data.__owner != gettid();
}

int ppoll(struct pollfd *fds, nfds_t n, const struct timespec *timeout, const sigset_t *mask)
{
	int ready = real_poll(fds, n, timeout, mask);
	struct timespec end;

	clock_gettime(CLOCK_REALTIME, &end);
	end.tv_sec += LONGEST_S;
	pthread_mutex_lock(&lock);
	while (is_main_loop() && !waits && pthread_cond_timedwait(&changed, &lock, &end) != ETIMEDOUT)
		;
	pthread_mutex_unlock(&lock);
	return ready;
}
