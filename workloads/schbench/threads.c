/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A worker sleeps until more is posted to it than it has done; only its message thread posts. The first post
 * to one that sleeps leaves the time of the wakeup. At a fixed rate request N of a message thread is due at a
 * known time and goes to the worker whose turn it is, so that nothing need be handed over.
 */
#include <errno.h>
#include <linux/futex.h>
#include <pthread.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "../kit.h"
#include "schbench.h"
#include "util/clock.h"

struct worker {
	_Alignas(128) uint32_t posted; /* a futex */
	uint32_t done;
	uint32_t sleeps, asks; /* asks: for a request, at saturation */
	uint64_t woken;	       /* 0: it did not sleep */
	long index;
	struct messenger *messenger;
	struct matrices matrices;
	struct seen seen;
	pthread_t thread;
};

struct messenger {
	_Alignas(128) uint32_t asked; /* a futex: how often */
	uint64_t begin, end;	      /* ns; begin: when its first request is due */
	double period;		      /* ns; 0: at saturation */
	bool over;
	const struct options *options;
	struct worker *worker;
	pthread_t thread;
};

static void futex_wait(uint32_t *futex, uint32_t value)
{
	syscall(SYS_futex, futex, FUTEX_WAIT_PRIVATE, value, NULL, NULL, 0);
}

static void futex_wake(uint32_t *futex)
{
	syscall(SYS_futex, futex, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0);
}

static void post(struct worker *w, uint64_t now)
{
	__atomic_add_fetch(&w->posted, 1, __ATOMIC_SEQ_CST);
	if (!__atomic_exchange_n(&w->sleeps, 0, __ATOMIC_SEQ_CST))
		return;
	__atomic_store_n(&w->woken, now, __ATOMIC_SEQ_CST);
	futex_wake(&w->posted);
}

static bool has_post(const struct worker *w)
{
	return __atomic_load_n(&w->posted, __ATOMIC_SEQ_CST) != w->done;
}

/* Returns when it was woken, or 0. */
static uint64_t await_post(struct worker *w)
{
	uint64_t woken;

	while (!has_post(w)) {
		__atomic_store_n(&w->woken, 0, __ATOMIC_SEQ_CST);
		__atomic_store_n(&w->sleeps, 1, __ATOMIC_SEQ_CST);
		futex_wait(&w->posted, w->done);
	}
	__atomic_store_n(&w->sleeps, 0, __ATOMIC_SEQ_CST);
	woken = __atomic_exchange_n(&w->woken, 0, __ATOMIC_SEQ_CST);
	if (woken)
		latency_add(&w->seen.wakeup, clock_ns() - woken);
	return woken;
}

static void answer(struct worker *w, uint64_t due)
{
	const struct options *o = w->messenger->options;
	uint64_t now;

	if (o->sleep_us)
		usleep(o->sleep_us);
	for (long i = 0; i < o->operations; i++)
		matrices_multiply(&w->matrices);
	now = clock_ns();
	latency_add(&w->seen.request, now - due);
	w->seen.answered += now <= w->messenger->end;
	w->done++;
}

static uint64_t due_at(const struct messenger *m, uint64_t request)
{
	return m->begin + (uint64_t)(request * m->period);
}

/* How many requests are due before the end. */
static uint64_t requests(const struct messenger *m)
{
	uint64_t nr = (uint64_t)((m->end - m->begin) / m->period);

	while (due_at(m, nr) < m->end)
		nr++;
	while (nr && due_at(m, nr - 1) >= m->end)
		nr--;
	return nr;
}

/* What is left at the end is answered in as much time again, or counts with the age that it has then. */
static void serve_rate(struct worker *w)
{
	const struct messenger *m = w->messenger;
	uint64_t step = m->options->threads, next = w->index, nr = requests(m),
		 last = m->end + (m->end - m->begin);

	for (; next < nr && clock_ns() < last; next += step) {
		await_post(w);
		answer(w, due_at(m, next));
	}
	for (; next < nr; next += step) {
		latency_add(&w->seen.request, clock_ns() - due_at(m, next));
		w->seen.unanswered++;
	}
}

static void serve_saturated(struct worker *w)
{
	struct messenger *m = w->messenger;

	while (!__atomic_load_n(&m->over, __ATOMIC_SEQ_CST)) {
		uint64_t woken;

		__atomic_store_n(&w->asks, 1, __ATOMIC_SEQ_CST);
		__atomic_add_fetch(&m->asked, 1, __ATOMIC_SEQ_CST);
		futex_wake(&m->asked);
		woken = await_post(w);
		if (!__atomic_load_n(&m->over, __ATOMIC_SEQ_CST))
			answer(w, woken ? woken : clock_ns());
	}
}

static void *worker_thread(void *arg)
{
	struct worker *w = arg;

	if (w->messenger->period > 0)
		serve_rate(w);
	else
		serve_saturated(w);
	return NULL;
}

static void message_rate(struct messenger *m)
{
	uint64_t nr = requests(m);

	for (uint64_t i = 0; i < nr; i++) {
		clock_sleep_until(due_at(m, i) / 1e9);
		post(&m->worker[i % m->options->threads], clock_ns());
	}
}

/* The wakeups of a pass have the time of its begin, so that a waker that is preempted is seen. */
static void message_saturated(struct messenger *m)
{
	bool over = false;

	while (!over) {
		uint32_t asked = __atomic_load_n(&m->asked, __ATOMIC_SEQ_CST);
		uint64_t now = clock_ns();

		over = now >= m->end;
		__atomic_store_n(&m->over, over, __ATOMIC_SEQ_CST);
		for (long i = 0; i < m->options->threads; i++)
			if (over || __atomic_exchange_n(&m->worker[i].asks, 0, __ATOMIC_SEQ_CST))
				post(&m->worker[i], now);
		if (!over)
			futex_wait(&m->asked, asked);
	}
}

static void *message_thread(void *arg)
{
	struct messenger *m = arg;

	if (m->period > 0)
		message_rate(m);
	else
		message_saturated(m);
	return NULL;
}

/* Their workers first: they sleep until there is something to do. */
static int messenger_start(struct messenger *m, pthread_attr_t *attr)
{
	for (long i = 0; i < m->options->threads; i++) {
		struct worker *w = &m->worker[i];

		w->index = i;
		w->messenger = m;
		if (!matrices_make(&w->matrices, m->options->footprint_kb) ||
		    pthread_create(&w->thread, attr, worker_thread, w))
			return kit_fail("a worker can't be made: %s", strerror(errno));
	}
	if (pthread_create(&m->thread, attr, message_thread, m))
		return kit_fail("a message thread can't be made: %s", strerror(errno));
	return 0;
}

static void messenger_end(struct messenger *m, struct seen *seen)
{
	pthread_join(m->thread, NULL);
	for (long i = 0; i < m->options->threads; i++) {
		struct worker *w = &m->worker[i];

		pthread_join(w->thread, NULL);
		latency_merge(&seen->wakeup, &w->seen.wakeup);
		latency_merge(&seen->request, &w->seen.request);
		seen->answered += w->seen.answered;
		seen->unanswered += w->seen.unanswered;
	}
}

/* Message threads are spread over the period. */
static bool messenger_init(struct messenger *m, const struct options *o, long index)
{
	m->options = o;
	m->period = o->rps ? 1e9 * o->message_threads / o->rps : 0;
	m->begin += (uint64_t)(m->period * index / o->message_threads);
	m->worker = aligned_alloc(128, o->threads * sizeof(*m->worker));
	if (m->worker)
		memset(m->worker, 0, o->threads * sizeof(*m->worker));
	return m->worker;
}

int threads_run(const struct options *o, struct seen *seen)
{
	uint64_t begin = clock_ns() + 10000000; /* when all threads are there */
	struct messenger *m = aligned_alloc(128, o->message_threads * sizeof(*m));

	if (!m || prctl(PR_SET_TIMERSLACK, 1))
		return kit_fail("the threads can't be set up: %s", strerror(errno));
	memset(m, 0, o->message_threads * sizeof(*m));
	for (long i = 0; i < o->message_threads; i++) {
		m[i].begin = begin;
		m[i].end = begin + o->runtime_s * 1000000000ULL;
		if (!messenger_init(&m[i], o, i))
			return kit_fail("no memory");
	}
	for (long i = 0; i < o->message_threads; i++)
		if (messenger_start(&m[i], NULL))
			return 1;
	for (long i = 0; i < o->message_threads; i++)
		messenger_end(&m[i], seen);
	return 0;
}
