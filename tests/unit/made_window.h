/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Made-up windows of switches beside a made-up run: two tasks that wake each other, each on a CPU of its own.
 */
#pragma once
#include <string.h>
#include "record/switches.h"
#include "store/store.h"
#include "util/fs.h"
#include "util/mem.h"

#define MADE_WINDOW_US 50000
#define MADE_TURNS 64

struct made_window {
	struct stint stint[2 * MADE_TURNS];
	struct wakeup wakeup[MADE_TURNS];
	struct switches s;
};

/* It is idle until the task that was woken runs, for 5 ms. Every fourth sleep is ended by a timer. */
static inline void made_window(struct made_window *m, const char *comm, unsigned wait_us)
{
	unsigned at = 1000, free_at[2] = { 0 };

	*m = (struct made_window){ .s = { .stint = m->stint,
					  .after_ns = 400000000,
					  .length_ns = MADE_WINDOW_US * 1000,
					  .cpus = 2,
					  .woken = true,
					  .wakeup = m->wakeup } };
	for (unsigned i = 0; at + 5000 < MADE_WINDOW_US; i++) {
		unsigned cpu = i % 2, end = at + 5000, timer = i % 4 == 3;

		if (at > free_at[cpu])
			m->stint[m->s.nr++] = (struct stint){ .from_ns = free_at[cpu] * 1000,
							      .to_ns = at * 1000,
							      .cpu = cpu,
							      .of = STINT_IDLE,
							      .moved = -1,
							      .comm = "idle" };
		m->stint[m->s.nr] = (struct stint){ .from_ns = at * 1000,
						    .to_ns = end * 1000,
						    .cpu = cpu,
						    .tid = 100 + cpu,
						    .of = STINT_WORKLOAD,
						    .moved = -1,
						    .slept = true };
		snprintf(m->stint[m->s.nr++].comm, sizeof(m->stint->comm), "%s", comm);
		free_at[cpu] = end;
		end += timer ? 2000 : 0;
		m->wakeup[m->s.wakeups++] = (struct wakeup){ .at_ns = (end - 10) * 1000,
							     .cpu = cpu,
							     .waker = timer ? 0 : 100 + cpu,
							     .tid = 101 - cpu };
		at = end - 10 + wait_us;
	}
}

/* Those of the first workload under the first two policies that have an instrumented sample: not fair.
 * Negative errno. */
static inline int made_windows(const struct store_run *run, const char *comm, const char *dir)
{
	static struct made_window made;
	int err = fs_mkdirs(dir);

	for (size_t i = 0; i < run->nr && !err; i++) {
		const struct record *r = &run->sample[i];
		char *path = switches_path(dir, r->seq);

		for (unsigned p = 1; p < 3 && run->run.policies[0] && run->run.policies[p]; p++)
			if (r->instrumented && !strcmp(r->workload, run->run.workloads[0]) &&
			    !strcmp(r->policy, run->run.policies[p])) {
				made_window(&made, comm, 20 + 480 * (p - 1));
				err = switches_write(&made.s, path);
			}
		free(path);
	}
	return err;
}
