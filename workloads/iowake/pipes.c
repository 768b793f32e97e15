/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <sys/prctl.h>
#include <unistd.h>
#include "../kit.h"
#include "iowake.h"
#include "util/clock.h"

#define PERIOD_S 0.002

struct line {
	struct reader reader;
	double begin;
	int to;
	pthread_t writer, thread;
};

static uint64_t await_pipe(struct reader *r)
{
	uint64_t written;

	return read(r->fd, &written, sizeof(written)) == sizeof(written) ? written : 0;
}

static void *write_thread(void *arg)
{
	struct line *l = arg;

	for (double next = l->begin; clock_ns() < l->reader.end; next += PERIOD_S) {
		uint64_t now;

		clock_sleep_until(next);
		now = clock_ns();
		if (write(l->to, &now, sizeof(now)) != sizeof(now))
			break;
	}
	close(l->to);
	return NULL;
}

/* Writers are spread over the period. */
static bool line_start(struct line *l, double begin, double seconds)
{
	int end[2];

	if (pipe(end))
		return false;
	l->begin = begin;
	l->to = end[1];
	l->reader = (struct reader){ .await = await_pipe,
				     .end = (uint64_t)((begin + seconds) * 1e9),
				     .fd = end[0] };
	return !pthread_create(&l->thread, NULL, reader_thread, &l->reader) &&
	       !pthread_create(&l->writer, NULL, write_thread, l);
}

int pipes_take(struct waits *w, long seconds)
{
	long cpus = kit_env("SCXB_CPUS", 1);
	static struct line *line; /* lives as long as the process */
	double begin = clock_s();

	line = calloc(cpus, sizeof(*line));
	if (!line || prctl(PR_SET_TIMERSLACK, 1))
		return kit_fail("the pipes can't be set up: %s", strerror(errno));
	for (long i = 0; i < cpus; i++)
		if (!line_start(&line[i], begin + PERIOD_S * i / cpus, seconds))
			return kit_fail("a reader can't be started: %s", strerror(errno));
	for (long i = 0; i < cpus; i++) {
		pthread_join(line[i].writer, NULL);
		pthread_join(line[i].thread, NULL);
		reader_merge(w, &line[i].reader);
		close(line[i].reader.fd);
	}
	return 0;
}
