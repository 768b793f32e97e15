/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "trace/trace.h"

#include <errno.h>
#include <string.h>
#include "util/clock.h"
#include "util/log.h"

#define READ_S 0.02 /* between two reads of the ring */

static void keep_record(void *ctx, const void *rec, size_t len)
{
	trace_add(ctx, rec, len);
}

static int record_window(const struct trace_window *window, struct life_watch *w, struct trace *t)
{
	int n = 0;

	t->begin_ns = clock_ns();
	while (n >= 0 && window->more(window->ctx)) {
		clock_sleep(READ_S);
		n = life_watch_drain(w, keep_record, t);
	}
	t->end_ns = clock_ns();
	life_watch_stop(w);
	if (n >= 0)
		n = life_watch_drain(w, keep_record, t);
	return n < 0 ? log_err(n, "the ring can't be read: %s", strerror(-n)) : 0;
}

int trace_take(const struct trace_window *window, struct trace *t)
{
	struct life_watch *w;
	struct why why;
	int err = life_watch_open(&window->watch, &w, &why);

	*t = (struct trace){ 0 };
	if (!err)
		err = life_watch_begin(w, &why);
	if (err) {
		life_watch_free(w);
		return log_err(err, "the life of tasks can't be traced: %s", why.text);
	}
	err = record_window(window, w, t);
	if (!err && life_watch_counts(w, &t->counts))
		err = log_err(-EIO, "the counts of the kernel side can't be read");
	life_watch_free(w);
	return err;
}
