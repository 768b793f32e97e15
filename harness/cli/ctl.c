/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Steering the policy that is in. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "control/control.h"
#include "text/buf.h"
#include "text/grid.h"
#include "util/cause.h"
#include "util/log.h"
#include "util/mem.h"
#include "util/utf8.h"

static const char help[] =
	"usage: scxbench ctl list\n"
	"       scxbench ctl set TARGET KEY=VALUE...\n"
	"       scxbench ctl show [--json]\n"
	"       scxbench ctl reset [TARGET]\n\n"
	"Steers the sched_ext policy that is in ('scxbench run', or a bench) while it runs. As root.\n\n"
	"  list       what the policy heeds, and in which range\n"
	"  set        adds to what is set for the target; in force at each task's next scheduling event\n"
	"  show       everything that is set, and since when; what no longer exists is dropped\n"
	"  reset      back to what it was, for the target or for all\n\n"
	"TARGET: tid:N a thread, pid:N a process, comm:NAME or comm:PRE* tasks by name, cgroup:PATH all below it,\n"
	"policy the policy itself. Of several that fit a task the nearest counts, key by key: thread, process, name\n"
	"(the longest that fits), cgroup, the cgroups above it.\n\n"
	"  scxbench ctl set cgroup:build quota=25% weight=50\n"
	"  scxbench ctl set comm:make* slice_us=3000\n"
	"  scxbench ctl set policy layout=core\n\n"
	"Each change is a JSON line in $SCXBENCH_CONTROL_LOG; else, during a bench, in control.log of its run; else\n"
	"in /run/scxbench/control.log. A run in which anything was changed says so in its report.\n"
	"Exit: 0 done, 2 what was asked can't be, 3 no policy is in that can be steered.\n";

static void add_keys(struct grid *g, const struct control_key *keys, __u32 heeded)
{
	for (int i = 0; keys[i].name; i++) {
		char least[64], most[64], **cell;

		if (!(heeded & 1U << i))
			continue;
		control_print(&keys[i], keys[i].min, least, sizeof(least));
		control_print(&keys[i], keys[i].max, most, sizeof(most));
		cell = grid_row(g, false, least);
		cell[1] = mem_printf("to %s", strchr(most, '=') + 1);
		cell[2] = mem_strdup(keys[i].help);
	}
}

static const struct grid_column columns[] = { { NULL, GRID_TEXT, 0 },
					      { NULL, GRID_TEXT, 0 },
					      { NULL, GRID_PROSE, 0 } };

static int list(struct control *c, char **argv)
{
	char *title = mem_printf("%s heeds for tasks", control_policy(c));
	struct grid g;

	(void)argv;
	grid_begin(&g, columns, 3);
	grid_row(&g, true, title);
	add_keys(&g, control_settings, control_heeds(c, false));
	grid_row(&g, true, "and for the policy");
	add_keys(&g, control_params, control_heeds(c, true));
	grid_print(&g);
	grid_free(&g);
	free(title);
	return 0;
}

static int set(struct control *c, char **argv)
{
	struct target t;
	int err;

	if (!argv[0] || !argv[1])
		return log_err(-CAUSE_USAGE, "ctl set: say for whom and what: see 'scxbench ctl --help'");
	err = target_parse(argv[0], &t);
	return err ? err : control_set(c, &t, argv + 1);
}

static int reset(struct control *c, char **argv)
{
	struct target t;
	int err = argv[0] ? target_parse(argv[0], &t) : 0;

	return err ? err : control_reset(c, argv[0] ? &t : NULL);
}

static void put_word(struct buf *b, const struct control_key *key, __u64 value)
{
	char text[64];

	control_print(key, value, text, sizeof(text));
	buf_printf(b, "%s%s", b->len ? " " : "", text);
}

static void show_rule(void *ctx, const struct control_rule *r)
{
	struct buf set = { 0 }, age = { 0 };
	char target[4200], **cell;

	target_print(&r->target, target, sizeof(target));
	for (int i = 0; i < SCXB_NR_SETTINGS; i++)
		if (r->setting.set & 1U << i)
			put_word(&set, &control_settings[i], r->setting.value[i]);
	buf_printf(&age, "%.0f s ago", r->age_s);
	if (r->setting.bucket)
		buf_printf(&age, ", used %.3f s, made to wait %llu times", r->bucket.used / 1e9,
			   r->bucket.throttled);
	cell = grid_row(ctx, true, target);
	cell[1] = buf_take(&set);
	cell[2] = buf_take(&age);
}

static void show_text(struct control *c)
{
	struct buf set = { 0 };
	struct grid g;
	__u64 value;

	grid_begin(&g, columns, 3);
	for (int i = 0; i < SCXB_NR_PARAMS; i++)
		if (control_param(c, i, &value))
			put_word(&set, &control_params[i], value);
	if (set.len)
		grid_row(&g, true, "policy")[1] = buf_take(&set);
	control_each(c, show_rule, &g);
	grid_print(&g);
	grid_free(&g);
}

static void add_rule(void *ctx, const struct control_rule *r)
{
	char name[4200], *clean;
	json_t *json;

	target_print(&r->target, name, sizeof(name));
	clean = utf8_clean(name);
	json = json_pack("{ss sf}", "target", clean, "age_s", r->age_s);
	free(clean);
	for (int i = 0; i < SCXB_NR_SETTINGS; i++)
		if (r->setting.set & 1U << i)
			json_object_set_new(json, control_settings[i].name,
					    json_integer(r->setting.value[i]));
	if (r->setting.bucket)
		json_object_set_new(json, "quota",
				    json_pack("{sf sI}", "used_s", r->bucket.used / 1e9, "throttled",
					      (json_int_t)r->bucket.throttled));
	json_array_append_new(ctx, json);
}

static void show_json(struct control *c)
{
	json_t *rules = json_array(), *params = json_object(), *all;
	__u64 value;

	for (int i = 0; i < SCXB_NR_PARAMS; i++)
		if (control_param(c, i, &value))
			json_object_set_new(params, control_params[i].name, json_integer(value));
	control_each(c, add_rule, rules);
	all = json_pack("{ss so so}", "policy", control_policy(c), "params", params, "rules", rules);
	json_dumpf(all, stdout, JSON_INDENT(1) | JSON_REAL_PRECISION(9));
	printf("\n");
	json_decref(all);
}

static int show(struct control *c, char **argv)
{
	bool json = argv[0] && !strcmp(argv[0], "--json");

	if (argv[0] && !json)
		return log_err(-CAUSE_USAGE,
			       "ctl show: '%s' is none of its options: see 'scxbench ctl --help'", argv[0]);
	if (json)
		show_json(c);
	else
		show_text(c);
	return 0;
}

int cmd_ctl(int argc, char **argv)
{
	static const struct {
		const char *name;
		int (*run)(struct control *c, char **argv);
	} verb[] = { { "list", list }, { "set", set }, { "show", show }, { "reset", reset } };
	struct control *c;
	int err;

	if (argc > 1 && !strcmp(argv[1], "--help"))
		return cli_usage(help, EXIT_CODE_OK);
	for (size_t i = 0; argc > 1 && i < sizeof(verb) / sizeof(*verb); i++) {
		if (strcmp(argv[1], verb[i].name))
			continue;
		err = control_open(&c);
		if (err)
			return exit_code_of(err);
		err = verb[i].run(c, argv + 2);
		control_close(c);
		return exit_code_of(err);
	}
	return cli_usage(help, EXIT_CODE_USAGE);
}
