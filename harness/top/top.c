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
#include "text/utc.h"
#include "top/top_record.h"
#include "util/cause.h"
#include "util/clock.h"
#include "util/interrupt.h"
#include "util/log.h"
#include "util/mem.h"
#include "util/self.h"

/* The state while top runs. */
struct top {
	const struct top_options *o;
	struct monitor *monitor;
	struct top_record record;
	struct top_replay replay;
	size_t at; /* of the replay: the next look */
	struct topology topology;
	struct monitor_shot before, now;
	bool any; /* before is valid */
	struct top_history history;
	struct top_look look;
	struct top_screen screen;
	bool curses;
};

/* Of a record that is stepped through each look once. */
static void note_shot(struct top *t)
{
	struct monitor_rates r;

	if (t->o->replay && t->at <= t->history.nr)
		return;
	monitor_rates(t->any ? &t->before : NULL, &t->now, &r);
	top_history_add(&t->history, &r, t->o->replay);
	monitor_rates_free(&r);
}

static int watch_shot(struct top *t)
{
	int err = monitor_look(t->monitor, &t->now);

	return err ? err : top_record_add(&t->record, &t->now);
}

static int take_shot(struct top *t)
{
	int err;

	monitor_shot_free(&t->before);
	t->before = t->now;
	t->now = (struct monitor_shot){ 0 };
	t->any = t->before.when_ns;
	err = t->o->replay ? top_replay_look(&t->replay, t->at++, &t->now) : watch_shot(t);
	if (!err)
		note_shot(t);
	return err;
}

static bool is_last(const struct top *t)
{
	return t->o->replay && t->at == t->replay.nr;
}

/*
 * Takes another look of the record, so many away from this one or at the end that is there: with the one
 * before it, and with all that the history lacks.
 */
static int take_step(struct top *t, long step)
{
	size_t shown = t->at - 1, last = t->replay.nr - 1, to, from;
	int err = 0;

	if (step < 0)
		to = shown < (size_t)-step ? 0 : shown - (size_t)-step;
	else
		to = last - shown < (size_t)step ? last : shown + (size_t)step;
	from = to < t->history.nr ? to : t->history.nr;
	monitor_shot_free(&t->now);
	for (t->at = from ? from - 1 : 0; t->at <= to && !err && !interrupted();)
		err = take_shot(t);
	return err;
}

static void print_text(const struct top *t, const struct top_data *d)
{
	struct buf b = { 0 };
	char *text;

	if (d->where)
		buf_printf(&b, "%s\n", d->where);
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
	text = buf_take_printable(&b);
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

static char *where_of(const struct top *t)
{
	char time[21];

	if (!t->o->replay)
		return NULL;
	utc_time((int64_t)t->now.unix_ns, time);
	return mem_printf("look %zu of %zu, %s", t->at, t->replay.nr, time);
}

static void top_show(struct top *t)
{
	struct monitor_rates r;
	char *where = where_of(t);
	struct top_data d = { .rates = &r,
			      .topology = t->o->replay ? &t->replay.topology : &t->topology,
			      .look = &t->look,
			      .where = where,
			      .past = top_past(&t->history, t->o->replay ? t->at : t->history.nr),
			      .size = { .columns = 80, .utf8 = true } };

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
	free(where);
}

/* 1: the next look is due; 0: a signal or the person ends top, or the record does. */
static int wait_plain(const struct top *t, double until)
{
	while (!t->o->replay && !interrupted() && clock_s() < until)
		clock_sleep_until(until);
	return !interrupted() && !is_last(t);
}

/* The same, or an error. */
static int wait_screen(struct top *t, double until)
{
	int err = 0;

	while (!interrupted() && !err) {
		double left = t->screen.paused || is_last(t) ? 3600 : until - clock_s();
		enum top_wish wish;

		if (left <= 0)
			return 1;
		wish = top_screen_key(&t->screen, ceil(left * 1000));
		if (wish == WISH_QUIT)
			return 0;
		if (wish == WISH_STEP)
			err = take_step(t, t->screen.step);
		if (wish != WISH_NEXT && !err)
			top_show(t);
	}
	return err;
}

/* Plain lines need two looks before there is anything to say; a screen shows the first one at once. */
static int top_watch(struct top *t)
{
	int err = take_shot(t), wanted;

	if (!err && t->o->once && !t->o->replay && !*t->now.policy)
		return log_err(-CAUSE_NO_POLICY, "no policy is attached: 'scxbench run POLICY' attaches one");
	if (!err && (t->curses || is_last(t)))
		top_show(t);
	while (!err) {
		double until = clock_s() + t->o->interval;

		wanted = t->curses ? wait_screen(t, until) : wait_plain(t, until);
		if (wanted <= 0)
			return wanted;
		err = take_shot(t);
		if (!err)
			top_show(t);
		if (t->o->once)
			break;
	}
	return err;
}

/* What is needed to watch this machine. */
static int watch_begin(struct top *t)
{
	int err = topology_load(NULL, &t->topology);

	if (err)
		return err;
	if (geteuid())
		return log_err(-CAUSE_CANT, "only root may use the maps of a policy: run it with sudo");
	t->monitor = monitor_open(&(struct monitor_setup){ .object = t->o->object, .costs = t->o->costs });
	err = self_leave_class();
	return err || !t->o->record ? err : top_record_begin(&t->record, t->o->record, &t->topology);
}

static int top_begin(struct top *t)
{
	int err = t->o->replay ? top_replay_open(&t->replay, t->o->replay) : watch_begin(t);

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
	t.screen.steps = o->replay;
	t.curses = !o->once && !o->json && isatty(fileno(o->out));
	interrupt_catch();
	print_to(NULL);
	err = top_begin(&t);
	if (!err) {
		err = top_watch(&t);
		if (t.curses)
			top_screen_end();
	}
	monitor_close(t.monitor);
	top_record_end(&t.record);
	top_replay_free(&t.replay);
	monitor_shot_free(&t.before);
	monitor_shot_free(&t.now);
	free(t.history.point);
	topology_free(&t.topology);
	return err ? err : interrupted() ? -CAUSE_INTERRUPTED : 0;
}
