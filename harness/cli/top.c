/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli/cli.h"
#include "top/top.h"
#include "policy/print.h"
#include "text/buf.h"
#include "util/log.h"
#include "util/mem.h"
#include "util/self.h"

static const char help[] =
	"usage: scxbench top [OPTIONS]\n\n"
	"What the policy that is in does, and the tasks under it: rates and costs of its ops, custody, queues, CPUs, tasks,\n"
	"cgroups. It may be of any make; what only ours count is then missing. A policy may come, go and be another\n"
	"meanwhile. On a terminal this is a screen (? tells its keys); else, and with --once, plain lines.\n\n"
	"  --once          one interval, then end; 3 if no policy is in\n"
	"  --interval S    seconds between two looks (default 1, from 0.1 to 3600)\n"
	"  --view NAME     policy, queues, cpus, tasks, cgroups: what is shown first; of plain lines the only one\n"
	"  --sort KEY      tasks and cgroups by run, wait, moves, custody, weight (cgroups: tasks), tid, name (default run)\n"
	"  --filter TEXT   only tasks whose name or cgroup has it, or that thread; only cgroups whose path has it\n"
	"  --no-costs      do not have the kernel measure the ops: no ns a call\n"
	"  --json          an object a line each interval: results/README.md has the keys\n\n"
	"Shares are of one CPU. Tasks that ended within an interval are not listed; USED% of cgroups has what they used.\n"
	"Cost: between two looks nothing is done but that the kernel measures each call of each op, which --no-costs\n"
	"saves. README.md has figures. top itself runs as SCHED_FIFO, out of the class that it watches.\n\n"
	"Exit: 0 ok, 2 usage, 3 not root or this kernel can't be looked at, 130 interrupted\n";

static volatile sig_atomic_t interrupted;

static void interrupt(int sig)
{
	(void)sig;
	interrupted = 1;
}

/* What goes on while top runs. */
struct top {
	const struct top_options *o;
	struct monitor *monitor;
	struct topology topology;
	struct monitor_shot before, now;
	bool any; /* now is there */
	struct top_look look;
	struct top_screen screen;
	bool curses;
};

static int look(struct top *t)
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
	puts(text);
	free(text);
}

static void print_json(const struct top_data *d)
{
	json_t *json = top_json(d);

	json_dumpf(json, stdout, JSON_COMPACT | JSON_REAL_PRECISION(6));
	putchar('\n');
	json_decref(json);
}

static void show(struct top *t)
{
	struct monitor_rates r;
	struct top_data d = { &r, &t->topology };

	monitor_rates(t->any ? &t->before : NULL, &t->now, &r);
	top_arrange(&r, &t->look);
	if (t->curses)
		top_screen_draw(&t->screen, &d);
	else if (t->o->json)
		print_json(&d);
	else
		print_text(t, &d);
	fflush(stdout);
	monitor_rates_free(&r);
}

static double now_s(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec + ts.tv_nsec / 1e9;
}

/* Waits until then, as long as nobody wants to end; false when somebody does. */
static bool wait_plain(double until)
{
	double left = until - now_s();

	while (!interrupted && left > 0) {
		nanosleep(&(struct timespec){ (time_t)left, (long)(fmod(left, 1) * 1e9) }, NULL);
		left = until - now_s();
	}
	return !interrupted;
}

static bool wait_screen(struct top *t, double until)
{
	while (!interrupted) {
		double left = t->screen.paused ? 3600 : until - now_s();
		enum top_wish wish;

		if (left <= 0)
			return true;
		wish = top_screen_key(&t->screen, ceil(left * 1000));
		if (wish == WISH_QUIT)
			return false;
		if (wish == WISH_REDRAW)
			show(t);
	}
	return false;
}

/* Plain lines need two looks before there is anything to say; a screen shows the first one at once. */
static int watch(struct top *t)
{
	int err = look(t);

	if (!err && t->o->once && !*t->now.policy)
		return log_err(-ENOTSUP, "no policy is in: 'scxbench run POLICY' puts one in");
	if (!err && t->curses)
		show(t);
	while (!err) {
		double until = now_s() + t->o->interval;

		if (t->curses ? !wait_screen(t, until) : !wait_plain(until))
			break;
		err = look(t);
		if (!err)
			show(t);
		if (t->o->once)
			break;
	}
	return err;
}

static int begin(struct top *t)
{
	int err = topology_load(NULL, &t->topology);

	if (err)
		return err;
	if (geteuid())
		return log_err(-EPERM, "the maps of a policy are root's: run it with sudo");
	err = self_leave_class();
	if (err || !t->curses)
		return err;
	return top_screen_begin()
		       ? log_err(-ENOTSUP,
				 "TERM='%s' is no terminal that can be drawn on: use --once or a pipe",
				 getenv("TERM") ?: "")
		       : 0;
}

static int top(const struct top_options *o)
{
	const struct sigaction sa = { .sa_handler = interrupt };
	char *object = mem_printf("%s/harness/monitor/monitor.bpf.o", home_dir());
	struct top t = { .o = o, .look = o->look };
	int err;

	t.screen.look = &t.look;
	t.curses = !o->once && !o->json && isatty(STDOUT_FILENO);
	sigaction(SIGINT, &sa, NULL);
	sigaction(SIGTERM, &sa, NULL);
	print_to(NULL);
	t.monitor = monitor_open(&(struct monitor_setup){ .object = object, .costs = o->costs });
	err = begin(&t);
	if (!err) {
		err = watch(&t);
		if (t.curses)
			top_screen_end();
	}
	monitor_close(t.monitor);
	monitor_shot_free(&t.before);
	monitor_shot_free(&t.now);
	topology_free(&t.topology);
	free(object);
	return err ? exit_code_of(err) : interrupted ? EXIT_CODE_INTERRUPTED : EXIT_CODE_OK;
}

int cmd_top(int argc, char **argv)
{
	struct top_options o = { .costs = true, .all = true, .interval = 1, .look = { .view = VIEW_TASKS } };
	int err = top_parse(argc, argv, &o);

	if (err > 0)
		return cli_usage(help, EXIT_CODE_OK);
	return err ? EXIT_CODE_USAGE : top(&o);
}
