/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Look, show, wait, until the person or a signal ends it. */
#include "top/top.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "monitor/monitor.h"
#include "policy/print.h"
#include "text/buf.h"
#include "text/grid.h"
#include "util/cause.h"
#include "util/clock.h"
#include "util/interrupt.h"
#include "util/log.h"
#include "util/self.h"

/* The state while top runs. */
struct top {
	const struct top_options *o;
	struct monitor *monitor;
	struct topology topology;
	struct monitor_shot before, now;
	bool any; /* now is valid */
	struct top_look look;
	struct top_screen screen;
	bool curses;
};

static int take_shot(struct top *t)
{
	monitor_shot_free(&t->before);
	t->before = t->now;
	t->now = (struct monitor_shot){ 0 };
	t->any = t->before.when_ns;
	return monitor_look(t->monitor, &t->now);
}

static void print_text(const struct top *t, const struct top_data *d)
{
	struct buf b = { 0 };
	char *text;

	top_summary(&b, d);
	for (int view = 0; *d->rates->now->policy && view < NR_VIEWS; view++) {
		struct grid g;

		if (!t->o->all && view != (int)t->look.view)
			continue;
		top_table(&g, d, view);
		buf_put(&b, "\n");
		grid_text(&b, &g, 0);
		grid_free(&g);
	}
	text = buf_take(&b);
	fprintf(t->o->out, "%s\n", text);
	free(text);
}

static void print_json(const struct top *t, const struct top_data *d)
{
	json_t *json = top_json(d);

	json_dumpf(json, t->o->out, JSON_COMPACT | JSON_REAL_PRECISION(6));
	fputc('\n', t->o->out);
	json_decref(json);
}

static void top_show(struct top *t)
{
	struct monitor_rates r;
	struct top_data d = { &r, &t->topology };

	monitor_rates(t->any ? &t->before : NULL, &t->now, &r);
	top_arrange(&r, &t->look);
	if (t->curses)
		top_screen_draw(&t->screen, &d);
	else if (t->o->json)
		print_json(t, &d);
	else
		print_text(t, &d);
	fflush(t->o->out);
	monitor_rates_free(&r);
}

/* Waits until then; false when a signal or the person ends top before. */
static bool wait_plain(double until)
{
	while (!interrupted() && clock_s() < until)
		clock_sleep_until(until);
	return !interrupted();
}

static bool wait_screen(struct top *t, double until)
{
	while (!interrupted()) {
		double left = t->screen.paused ? 3600 : until - clock_s();
		enum top_wish wish;

		if (left <= 0)
			return true;
		wish = top_screen_key(&t->screen, ceil(left * 1000));
		if (wish == WISH_QUIT)
			return false;
		if (wish == WISH_REDRAW)
			top_show(t);
	}
	return false;
}

/* Plain lines need two looks before there is anything to say; a screen shows the first one at once. */
static int top_watch(struct top *t)
{
	int err = take_shot(t);

	if (!err && t->o->once && !*t->now.policy)
		return log_err(-CAUSE_NO_POLICY, "no policy is attached: 'scxbench run POLICY' attaches one");
	if (!err && t->curses)
		top_show(t);
	while (!err) {
		double until = clock_s() + t->o->interval;

		if (t->curses ? !wait_screen(t, until) : !wait_plain(until))
			break;
		err = take_shot(t);
		if (!err)
			top_show(t);
		if (t->o->once)
			break;
	}
	return err;
}

static int top_begin(struct top *t)
{
	int err = topology_load(NULL, &t->topology);

	if (err)
		return err;
	if (geteuid())
		return log_err(-CAUSE_CANT, "only root may use the maps of a policy: run it with sudo");
	err = self_leave_class();
	if (err || !t->curses)
		return err;
	return top_screen_begin()
		       ? log_err(-CAUSE_CANT,
				 "TERM='%s' is not a terminal that can be drawn on: use --once or a pipe",
				 getenv("TERM") ?: "")
		       : 0;
}

int top_run(const struct top_options *o)
{
	struct top t = { .o = o, .look = o->look };
	int err;

	t.screen.look = &t.look;
	t.curses = !o->once && !o->json && isatty(fileno(o->out));
	interrupt_catch();
	print_to(NULL);
	t.monitor = monitor_open(&(struct monitor_setup){ .object = o->object, .costs = o->costs });
	err = top_begin(&t);
	if (!err) {
		err = top_watch(&t);
		if (t.curses)
			top_screen_end();
	}
	monitor_close(t.monitor);
	monitor_shot_free(&t.before);
	monitor_shot_free(&t.now);
	topology_free(&t.topology);
	return err ? err : interrupted() ? -CAUSE_INTERRUPTED : 0;
}
