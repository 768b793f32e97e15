/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is in force for a thread, found as control.bpf.h finds it. */
#include <bpf/bpf.h>
#include <stdlib.h>
#include <string.h>
#include "control/control_maps.h"
#include "util/cause.h"
#include "util/cgroup_id.h"
#include "util/fs.h"
#include "util/log.h"
#include "util/mem.h"

/* Adds what a farther rule sets and no nearer one does, and its quota in any case. */
static void add_setting(struct control_force *f, const struct target *from, const struct scxb_setting *s)
{
	__u32 new = s->set & ~f->setting.set;

	if (s->bucket && f->nr_quotas < CONTROL_QUOTAS)
		f->quota[f->nr_quotas++] =
			(struct control_quota){ .from = *from, .quota = s->value[SCXB_SETTING_quota] };
	for (int i = 0; i < SCXB_NR_SETTINGS; i++) {
		if (!(new & 1U << i))
			continue;
		f->setting.value[i] = s->value[i];
		f->from[i] = *from;
	}
	f->setting.set |= new;
}

static void add_rule(const struct control *c, struct control_force *f, struct target t)
{
	struct scxb_setting s;

	if (control_get(c, &t, &s))
		add_setting(f, &t, &s);
}

/* The longest name that fits. */
static void add_name(const struct control *c, struct control_force *f, const char *name)
{
	struct target t = { .kind = TARGET_COMM, .comm.bits = 8 * sizeof(t.comm.comm) };
	struct scxb_setting s;

	strncpy(t.comm.comm, name, sizeof(t.comm.comm) - 1);
	if (bpf_map_lookup_elem(c->rule[TARGET_COMM], &t.comm, &s))
		return;
	t.comm.bits = s.bits;
	memset(t.comm.comm + s.bits / 8, 0, sizeof(t.comm.comm) - s.bits / 8);
	add_setting(f, &t, &s);
}

/* The group and those above it, without the root. */
static void add_groups(const struct control *c, struct control_force *f, char *path)
{
	for (char *end = path + strlen(path); end > path; end = strrchr(path, '/')) {
		*end = '\0';
		if (*path)
			add_rule(c, f,
				 (struct target){ .kind = TARGET_CGROUP, .cgroup = cgroup_id_of(path) });
	}
}

/* The rest of the line of such a file that begins so; the caller's to free. */
static char *line_of(__s32 tid, const char *file, const char *begin)
{
	char *text, *at, *line = NULL;

	if (fs_read(fs_sys("/proc/%d/%s", tid, file), &text, NULL))
		return NULL;
	for (at = text; at && strncmp(at, begin, strlen(begin)); at = at ? at + 1 : NULL)
		at = strchr(at, '\n');
	if (at)
		line = mem_printf("%.*s", (int)strcspn(at + strlen(begin), "\n"), at + strlen(begin));
	free(text);
	return line;
}

/* That of the process itself or of its nearest ancestor which has one. */
static void add_tree(const struct control *c, struct control_force *f, __s32 process)
{
	struct target t = { .kind = TARGET_TREE, .id = process };
	struct scxb_setting s;

	while (t.id > 0) {
		char *parent;

		if (control_get(c, &t, &s)) {
			add_setting(f, &t, &s);
			return;
		}
		parent = line_of(t.id, "status", "PPid:");
		t.id = parent ? atoi(parent) : 0;
		free(parent);
	}
}

int control_in_force(const struct control *c, __s32 tid, struct control_force *f)
{
	char *process = line_of(tid, "status", "Tgid:"), *name = line_of(tid, "comm", ""),
	     *group = line_of(tid, "cgroup", "0::");

	memset(f, 0, sizeof(*f));
	if (process && name) {
		add_rule(c, f, (struct target){ .kind = TARGET_TASK, .id = tid });
		add_rule(c, f, (struct target){ .kind = TARGET_GROUP, .id = atoi(process) });
		add_tree(c, f, atoi(process));
		add_name(c, f, name);
		if (group)
			add_groups(c, f, group);
		add_rule(c, f, (struct target){ .kind = TARGET_TASK, .id = tid, .hint = true });
	}
	free(group);
	free(name);
	free(process);
	return process && name ? 0 : log_err(-CAUSE_NOT_FOUND, "thread %d does not exist", tid);
}
