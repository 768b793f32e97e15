/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Steering the attached policy. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"
#include "cli/ctl_show.h"
#include "control/control.h"
#include "control/control_file.h"
#include "control/hint_rules.h"
#include "text/buf.h"
#include "text/grid.h"
#include "util/cause.h"
#include "util/fs.h"
#include "util/guest.h"
#include "util/log.h"
#include "util/mem.h"
#include "util/nearest.h"
#include "util/self.h"

#define MOST_TEXT (64 << 20) /* bytes of a file of changes */

struct options {
	bool json;
	char **word; /* after the verb, NULL-terminated */
};

static const char *where_heeded(const struct control *c, int setting)
{
	bool in_order = control_heeds(c, TARGET_TASK) & SCXB_IN_ORDER && setting == SCXB_SETTING_priority;

	return in_order ? "; in a queue with order=priority" : "";
}

static void add_keys(struct grid *g, const struct control *c, enum target_kind kind)
{
	const struct control_key *keys = control_keys(kind);

	for (int i = 0; keys[i].name; i++) {
		char least[64], most[64], **cell;
		__u64 min, max;

		if (!(control_heeds(c, kind) & 1U << i))
			continue;
		control_range(c, &keys[i], &min, &max);
		control_print(&keys[i], min, least, sizeof(least));
		control_print(&keys[i], max, most, sizeof(most));
		cell = grid_row(g, false, least);
		cell[1] = mem_printf("to %s", strchr(most, '=') + 1);
		cell[2] =
			mem_printf("%s%s", keys[i].help, keys == control_settings ? where_heeded(c, i) : "");
	}
}

/* Those that the policy has a use for; the caller's to free. */
static char *name_hints(__u32 heeds)
{
	static const char *const name[] = { [SCXBENCH_HINT_LATENCY] = "latency",
					    [SCXBENCH_HINT_BATCH] = "batch",
					    [SCXBENCH_HINT_SAME_CACHE] = "same cache" };
	struct buf b = { 0 };

	for (int i = SCXBENCH_HINT_LATENCY; i <= SCXBENCH_HINT_SAME_CACHE; i++)
		if (hint_is_heeded(heeds, i))
			buf_printf(&b, "%s%s", b.len ? ", " : "", name[i]);
	return b.len ? buf_take(&b) : mem_strdup("none");
}

static const struct grid_column columns[] = { { NULL, GRID_TEXT, 0 },
					      { NULL, GRID_TEXT, 0 },
					      { NULL, GRID_PROSE, 0 } };

static int ctl_list(struct control *c, const struct options *o)
{
	char *title = mem_printf("%s uses for tasks", control_policy(c)), *hints, *says = control_says(c);
	struct grid g;

	(void)o;
	if (says)
		printf("%s: %s\n\n", control_policy(c), says);
	grid_begin(&g, columns, 3);
	grid_row(&g, true, title);
	add_keys(&g, c, TARGET_TASK);
	if (control_heeds(c, TARGET_QUEUE))
		grid_row(&g, true, "and for a queue");
	add_keys(&g, c, TARGET_QUEUE);
	grid_row(&g, true, "and for the policy");
	add_keys(&g, c, TARGET_POLICY);
	hints = name_hints(control_heeds(c, TARGET_TASK));
	grid_row(&g, true, "and hints of programs")[1] = hints;
	grid_print(&g);
	grid_free(&g);
	free(says);
	free(title);
	return 0;
}

static int ctl_set(struct control *c, const struct options *o)
{
	struct target t;
	int err;

	err = target_parse(o->word[0], &t);
	err = err ? err : control_set(c, &t, o->word + 1);
	if (!err && t.kind == TARGET_GROUP)
		log_info("set for process %d and its threads, not for its children: tree:%d has these too",
			 t.id, t.id);
	return err;
}

static int apply_text(struct control *c, const char *name, char *text)
{
	struct control_file f;
	size_t at;
	int err = control_file_read(c, name, text, &f);

	if (!err) {
		err = control_apply(c, f.list, f.nr, &at);
		if (err)
			control_file_blame(&f, name, at);
	}
	control_file_free(&f);
	return err;
}

static int read_stdin(char **text, size_t *len)
{
	struct buf b = { 0 };
	char part[65536];

	while ((*len = fread(part, 1, sizeof(part), stdin)) && b.len <= MOST_TEXT)
		buf_bytes(&b, part, *len);
	*len = b.len;
	*text = buf_take(&b);
	return ferror(stdin) ? -EIO : *len > MOST_TEXT ? -EFBIG : 0;
}

static int ctl_apply(struct control *c, const struct options *o)
{
	const char *name = strcmp(o->word[0], "-") ? o->word[0] : "stdin";
	char *text = NULL;
	size_t len;
	int err = name == o->word[0] ? fs_read_most(name, MOST_TEXT, &text, &len) : read_stdin(&text, &len);

	err = err ? fs_unread(name, err) : fs_check_text(name, text, len);
	if (!err)
		return apply_text(c, name, text);
	free(text);
	return err;
}

static int ctl_reset(struct control *c, const struct options *o)
{
	struct target t;
	int err;

	if (!o->word[0] || !strcmp(o->word[0], "hints"))
		return control_clear(c, o->word[0]);
	err = target_parse(o->word[0], &t);
	return err ? err : control_reset(c, &t);
}

static int ctl_show(struct control *c, const struct options *o)
{
	return show_control(c, o->word[0], o->json);
}

static const struct verb {
	const char *name;
	int (*run)(struct control *c, const struct options *o);
	int least, most; /* words after it; most -1: any number */
	const char *give;
} verbs[] = {
	{ "list", ctl_list, 0, 0, NULL },
	{ "set", ctl_set, 2, -1, "TARGET KEY=VALUE..." },
	{ "apply", ctl_apply, 1, 1, "FILE, or - for stdin" },
	{ "show", ctl_show, 0, 1, NULL },
	{ "reset", ctl_reset, 0, 1, NULL },
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
		return options_wrong(call->command, "%s: give %s", v->name, v->give);
	if (v->most >= 0 && nr > v->most)
		return options_wrong(call->command, "%s: unexpected word '%s'", v->name,
				     call->word[v->most + 1]);
	if (json && strcmp(v->name, "show"))
		return options_wrong(call->command, "--json goes with show");
	return 0;
}

static int steer_policy(const struct verb *v, const struct options *o)
{
	struct control *c;
	int err;

	/* Else whoever may run at all under the policy decides when it is steered. */
	self_leave_class_briefly();
	err = control_open(&c);
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
		  .args_doc =
			  "list\nset TARGET KEY=VALUE...\napply FILE|-\nshow [TARGET]\nreset [TARGET|hints]",
		  .children = (const struct argp_child[]){ { &options_json, 0, NULL, 0 }, { 0 } },
		  .doc = "Steers the attached sched_ext policy ('scxbench run', or a bench) while it "
			 "runs. As root.\n\n"
			 "list shows which keys the policy uses, and their range on this machine. set adds to what is "
			 "set for the target; each task follows at its next scheduling event. apply "
			 "makes many changes, all of them or none: FILE has a line for each, TARGET "
			 "KEY=VALUE... or reset [TARGET|hints], with '#' before comments, or is what show "
			 "--json printed. show "
			 "prints everything that is set and since when, and drops what no longer "
			 "exists; of tid:N or pid:N it prints what is in force for that thread (the first "
			 "of the process), and from which rule. reset undoes it, for the target or for "
			 "all rules.\n\n"
			 "TARGET is tid:N (a thread), pid:N (a process, without its children), tree:N (a "
			 "process and all that it starts, while it lives), comm:NAME or comm:PRE* (tasks "
			 "by name), cgroup:PATH (everything below it), or policy (the policy itself). "
			 "queue:user:NAME and queue:cgroup:PATH are the queue of that owner, where a policy has "
			 "queues by user or by cgroup (owners): weight=, order=arrival or priority, and own=no, "
			 "by which it has none of its own. show lists them, with what waits in each. "
			 "Where several match a task, the nearest counts, key by key: thread, process, "
			 "tree, name (the longest match), cgroup, the cgroups above it. But of quotas "
			 "each counts: a task waits while one of those that fit it is used up. Hints of programs "
			 "('scxbench hintd') are a layer of their own that counts last: show marks them, "
			 "no hint changes a rule, and reset hints takes all of them back.\n\n"
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
	.examples = "scxbench ctl set cgroup:build quota=1.5cpu weight=50\n"
		    "scxbench ctl set policy layout=core\n"
		    "scxbench ctl apply rules.json\n",
	.run = call_ctl,
};
