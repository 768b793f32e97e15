/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Steering the attached policy. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"
#include "control/control.h"
#include "text/buf.h"
#include "text/grid.h"
#include "util/guest.h"
#include "util/mem.h"
#include "util/nearest.h"
#include "util/utf8.h"

struct options {
	bool json;
	char **word; /* after the verb, NULL-terminated */
};

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

static int ctl_list(struct control *c, const struct options *o)
{
	char *title = mem_printf("%s uses for tasks", control_policy(c));
	struct grid g;

	(void)o;
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

static int ctl_set(struct control *c, const struct options *o)
{
	struct target t;
	int err;

	err = target_parse(o->word[0], &t);
	return err ? err : control_set(c, &t, o->word + 1);
}

static int reset_all(struct control *c, bool hints)
{
	struct control_change *list;
	size_t nr = control_reset_all(c, hints, &list);
	int err = control_apply(c, list, nr, NULL);

	free(list);
	return err;
}

static int ctl_reset(struct control *c, const struct options *o)
{
	struct target t;
	int err;

	if (!o->word[0] || !strcmp(o->word[0], "hints"))
		return reset_all(c, o->word[0]);
	err = target_parse(o->word[0], &t);
	return err ? err : control_reset(c, &t);
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
	char *target = target_text(&r->target), **cell;

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
	free(target);
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
	char *name = target_text(&r->target), *clean = utf8_clean(name);
	json_t *json = json_pack("{ss sf}", "target", clean, "age_s", r->age_s);

	free(clean);
	free(name);
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

static int ctl_show(struct control *c, const struct options *o)
{
	(o->json ? show_json : show_text)(c);
	return 0;
}

static const struct verb {
	const char *name;
	int (*run)(struct control *c, const struct options *o);
	int least, most; /* words after it; most -1: any number */
} verbs[] = {
	{ "list", ctl_list, 0, 0 },
	{ "set", ctl_set, 2, -1 },
	{ "show", ctl_show, 0, 0 },
	{ "reset", ctl_reset, 0, 1 },
};
#define NR_VERBS (sizeof(verbs) / sizeof(*verbs))

/* NULL, logged: unknown name. */
static const struct verb *find_verb(const struct command *c, const char *name)
{
	struct nearest n = { .word = name };

	for (size_t i = 0; i < NR_VERBS; i++) {
		if (!strcmp(name, verbs[i].name))
			return &verbs[i];
		nearest_try(&n, verbs[i].name);
	}
	options_wrong(c, n.best ? "unknown verb '%s': did you mean %s?" : "unknown verb '%s'", name, n.best);
	return NULL;
}

static int check_verb(const struct call *call, const struct verb *v, bool json)
{
	int nr = call->nr_words - 1;

	if (nr < v->least)
		return options_wrong(call->command, "%s: give TARGET KEY=VALUE...", v->name);
	if (v->most >= 0 && nr > v->most)
		return options_wrong(call->command, "%s: unexpected word '%s'", v->name,
				     call->word[v->most + 1]);
	if (json && v->run != ctl_show)
		return options_wrong(call->command, "--json goes with show");
	return 0;
}

static int steer_policy(const struct verb *v, const struct options *o)
{
	struct control *c;
	int err = control_open(&c);

	if (err)
		return exit_code_of(err);
	err = v->run(c, o);
	control_close(c);
	return exit_code_of(err);
}

static int call_ctl(struct call *call)
{
	struct options o = { 0 };
	const struct verb *v;

	if (!options_parse(call, &o.json))
		return call->code;
	v = find_verb(call->command, call->word[0]);
	if (!v || check_verb(call, v, o.json))
		return EXIT_CODE_USAGE;
	o.word = call->word + 1;
	return guest_ahead() ? EXIT_CODE_GUEST : steer_policy(v, &o);
}

const struct command cmd_ctl = {
	.name = "ctl",
	.summary = "set weights, priorities, slices and quotas while tasks run",
	.argp = { .parser = options_pass_on,
		  .args_doc = "list\nset TARGET KEY=VALUE...\nshow\nreset [TARGET]",
		  .children = (const struct argp_child[]){ { &options_json, 0, NULL, 0 }, { 0 } },
		  .doc = "Steers the attached sched_ext policy ('scxbench run', or a bench) while it "
			 "runs. As root.\n\n"
			 "list shows which keys the policy uses, and their range. set adds to what is "
			 "set for the target; each task follows at its next scheduling event. show "
			 "prints everything that is set and since when, and drops what no longer "
			 "exists. reset undoes it, for the target or for all.\n\n"
			 "TARGET is tid:N (a thread), pid:N (a process), comm:NAME or comm:PRE* (tasks "
			 "by name), cgroup:PATH (everything below it), or policy (the policy itself). "
			 "Where several match a task, the nearest counts, key by key: thread, process, "
			 "name (the longest match), cgroup, the cgroups above it.\n\n"
			 "Each change is logged as a JSON line. The log is $SCXBENCH_CONTROL_LOG if "
			 "that is set, during a bench control.log of its run, or else "
			 "/run/scxbench/control.log. The report of a run says whether anything was "
			 "changed." },
	.kernel = KERNEL_CHECKED,
	.least = 1,
	.most = -1,
	.exits = "0 done\n"
		 "2 usage, or the target does not exist\n"
		 "3 no policy is attached that can be steered, or not root\n",
	.examples = "scxbench ctl set cgroup:build quota=25% weight=50\n"
		    "scxbench ctl set comm:make* slice_us=3000\n"
		    "scxbench ctl set policy layout=core\n",
	.run = call_ctl,
};
