/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"
#include "top/top.h"
#include "util/guest.h"
#include "util/home.h"
#include "util/log.h"
#include "util/mem.h"
#include "util/nearest.h"
#include "util/parse.h"

enum { OPT_ONCE = 256, OPT_INTERVAL, OPT_VIEW, OPT_SORT, OPT_FILTER, OPT_NO_COSTS, OPT_RECORD, OPT_REPLAY };

static const struct argp_option rows[] = {
	{ "once", OPT_ONCE, NULL, 0, "show one interval, then end", 0 },
	{ "interval", OPT_INTERVAL, "S", 0,
	  "seconds between two looks, from 0.1 to 3600 (default: 1); of a record, how long a screen shows each",
	  0 },
	{ "record", OPT_RECORD, "FILE", 0, "keep all looks in FILE, which must not exist yet", 0 },
	{ "replay", OPT_REPLAY, "FILE", 0, "show what was recorded in FILE, on any machine, as any user", 0 },
	{ "view", OPT_VIEW, "VIEW", 0,
	  "policy, queues, custody, cpus, nodes, tasks, cgroups or history: the view that a screen begins with, and the "
	  "only one of plain lines",
	  0 },
	{ "sort", OPT_SORT, "KEY", 0,
	  "tasks and cgroups by run, wait, moves, custody, weight (cgroups: tasks), tid or name "
	  "(default: run)",
	  0 },
	{ "filter", OPT_FILTER, "TEXT", 0,
	  "only tasks with TEXT in their name or cgroup, or with that thread id, and cgroups with TEXT in "
	  "their path",
	  0 },
	{ "no-costs", OPT_NO_COSTS, NULL, 0, "do not measure how long each op takes", 0 },
	{ 0 },
};

static int take_filter(const char *text, struct top_look *look)
{
	if (strlen(text) >= sizeof(look->filter))
		return log_err(-CAUSE_USAGE, "--filter: at most %zu bytes", sizeof(look->filter) - 1);
	strcpy(look->filter, text);
	return 0;
}

static int take_view(const char *text, struct top_options *o)
{
	int view = nearest_index("--view", text, top_views);

	if (view < 0)
		return view;
	o->look.view = view;
	o->all = false;
	return 0;
}

static int take_sort(const char *text, struct top_look *look)
{
	int sort = nearest_index("--sort", text, top_sorts);

	if (sort < 0)
		return sort;
	look->sort = sort;
	return 0;
}

static error_t take_option(int key, char *arg, struct argp_state *state)
{
	struct top_options *o = state->input;

	switch (key) {
	case ARGP_KEY_INIT:
		return state->child_inputs[0] = &o->json, 0;
	case OPT_ONCE:
		return o->once = true, 0;
	case OPT_INTERVAL:
		return parse_seconds("--interval", arg, (struct range){ 0.1, 3600 }, &o->interval);
	case OPT_VIEW:
		return take_view(arg, o);
	case OPT_SORT:
		return take_sort(arg, &o->look);
	case OPT_FILTER:
		return take_filter(arg, &o->look);
	case OPT_RECORD:
		return o->record = arg, 0;
	case OPT_REPLAY:
		return o->replay = arg, 0;
	case OPT_NO_COSTS:
		return o->costs = false, 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

/* Without a mistake in the words. */
static int show_top(const struct top_options *o)
{
	if (o->replay && (o->record || !o->costs))
		return exit_code_of(log_err(
			-CAUSE_USAGE, "--replay shows what was recorded: leave out --record and --no-costs"));
	return guest_ahead() && !o->replay ? EXIT_CODE_GUEST : exit_code_of(top_run(o));
}

static int call_top(struct call *call)
{
	char *object = mem_printf("%s/harness/monitor/monitor.bpf.o", home_dir());
	struct top_options o = { .object = object,
				 .out = stdout,
				 .costs = true,
				 .all = true,
				 .interval = 1,
				 .look = { .view = VIEW_TASKS } };
	int code = options_parse(call, &o) ? show_top(&o) : call->code;

	free(object);
	return code;
}

const struct command cmd_top = {
	.name = "top",
	.summary = "watch the attached policy: ops, queues, CPUs, tasks, cgroups",
	.argp = { .options = rows,
		  .parser = take_option,
		  .children = (const struct argp_child[]){ { &options_json, 0, NULL, 0 }, { 0 } },
		  .doc = "Shows what the attached policy does, and the tasks under it: rates and costs "
			 "of its ops, custody, queues, CPUs, tasks, cgroups. Any sched_ext policy will "
			 "do, but only those of scxbench count everything that is shown. A policy may "
			 "come, go or be replaced meanwhile.\n\n"
			 "On a terminal this is a screen, where ? shows the keys. Otherwise, and with "
			 "--once, it prints plain lines; with --json one object per line and "
			 "interval.\n\n"
			 "A record has every look whole, so a replay has all views, keys and forms of "
			 "output; its screen pauses at the end, and steps back and forth. A record ends "
			 "at 256 MiB, hours of a hundred tasks, and top goes on.\n\n"
			 "Shares are of one CPU. A task that ended within an interval is not listed; "
			 "USED% of its cgroup includes it. A cgroup's numbers include those of all cgroups below it. Between two looks top does nothing, but the "
			 "kernel measures each call of each op, which --no-costs saves. top itself runs "
			 "as SCHED_FIFO, outside the class that it watches." },
	.kernel = KERNEL_CHECKED,
	.exits = "0 ok\n"
		 "2 usage, the FILE to replay does not exist, or that to record does\n"
		 "3 no policy is attached, not root, this kernel can't be watched, the disk is full, or the "
		 "FILE is damaged or of a newer scxbench\n"
		 "130 interrupted\n",
	.examples =
		"scxbench top\nscxbench top --record incident.top\nscxbench top --json --replay incident.top\n",
	.run = call_top,
};
