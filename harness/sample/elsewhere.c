/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "sample/elsewhere.h"

#include <glob.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>

#include "policy/policy.h"
#include "text/buf.h"
#include "util/clock.h"
#include "util/fs.h"
#include "util/mem.h"

#define LOOK_S 0.5
#define MAX_KINDS 4
#ifndef SCHED_EXT
#define SCHED_EXT 7
#endif

/* Threads of one name in one scheduling policy: the most at any look, and those of the present one. */
struct kind {
	char *comm;
	int policy;
	unsigned most, now;
};

struct elsewhere {
	const struct cgroup *cgroup;
	double next_s;
	unsigned looks;
	bool partial; /* the policy has SCHED_EXT tasks only */
	struct kind kind[MAX_KINDS];
	unsigned nr;
};

struct elsewhere *elsewhere_begin(const struct cgroup *cgroup)
{
	struct elsewhere *e = mem_zalloc(1, sizeof(*e));
	struct scx_state s;

	scx_state_read(&s);
	e->cgroup = cgroup;
	e->partial = s.partial;
	return e;
}

void elsewhere_end(struct elsewhere *e)
{
	for (unsigned i = 0; e && i < e->nr; i++)
		free(e->kind[i].comm);
	free(e);
}

static const char *class_name(int policy)
{
	static const char *const names[] = {
		[SCHED_OTHER] = "SCHED_OTHER", [SCHED_FIFO] = "SCHED_FIFO", [SCHED_RR] = "SCHED_RR",
		[SCHED_BATCH] = "SCHED_BATCH", [SCHED_IDLE] = "SCHED_IDLE", [6] = "SCHED_DEADLINE",
		[SCHED_EXT] = "SCHED_EXT",
	};
	bool known = policy >= 0 && policy < (int)(sizeof(names) / sizeof(*names)) && names[policy];

	return known ? names[policy] : "an unknown class";
}

static bool is_outside(const struct elsewhere *e, int policy)
{
	if (policy == SCHED_OTHER || policy == SCHED_BATCH || policy == SCHED_IDLE)
		return e->partial;
	return policy >= 0 && policy != SCHED_EXT;
}

/* Takes comm over. What comes after the last free place is not named. */
static void note_thread(struct elsewhere *e, char *comm, int policy)
{
	unsigned i = 0;

	while (i < e->nr && (e->kind[i].policy != policy || strcmp(e->kind[i].comm, comm)))
		i++;
	if (i == MAX_KINDS) {
		free(comm);
		return;
	}
	if (i < e->nr)
		free(comm);
	else
		e->kind[e->nr++] = (struct kind){ .comm = comm, .policy = policy };
	e->kind[i].now++;
}

/* A thread that ended meanwhile has neither policy nor name. */
static void look_at(struct elsewhere *e, pid_t tid)
{
	int policy = sched_getscheduler(tid);
	char *comm;

	if (policy >= 0)
		policy &= ~SCHED_RESET_ON_FORK;
	if (!is_outside(e, policy))
		return;
	if (fs_read_line(fs_sys("/proc/%d/comm", tid), &comm))
		comm = mem_strdup("unknown");
	note_thread(e, comm, policy);
}

static void look_in(struct elsewhere *e, const char *path)
{
	char *text;

	if (fs_read(path, &text, NULL))
		return;
	for (const char *line = text; *line; line += strcspn(line, "\n") + 1) {
		look_at(e, atoi(line));
		if (!line[strcspn(line, "\n")])
			break;
	}
	free(text);
}

/* A cgroup, its path with a slash at the end, and all that the workload may have made in it. */
static void look_below(struct elsewhere *e, const char *cgroup)
{
	char *threads = mem_printf("%scgroup.threads", cgroup), *below = mem_printf("%s*/", cgroup);
	glob_t g = { 0 };

	look_in(e, threads);
	if (!glob(below, GLOB_ONLYDIR, NULL, &g))
		for (size_t i = 0; i < g.gl_pathc; i++)
			look_below(e, g.gl_pathv[i]);
	globfree(&g);
	free(below);
	free(threads);
}

void elsewhere_look(struct elsewhere *e)
{
	char *path;

	if (clock_s() < e->next_s)
		return;
	e->next_s = clock_s() + LOOK_S;
	e->looks++;
	path = mem_printf("%s/", e->cgroup->path);
	look_below(e, path);
	free(path);
	for (unsigned i = 0; i < e->nr; i++) {
		struct kind *kind = &e->kind[i];

		kind->most = kind->now > kind->most ? kind->now : kind->most;
		kind->now = 0;
	}
}

char *elsewhere_text(const struct elsewhere *e)
{
	struct buf b = { 0 };

	if (!e->looks)
		buf_put(&b, "it ended before its threads were looked at");
	else if (!e->nr)
		buf_put(&b, "none of its threads was seen there; a process that leaves the workload's cgroup "
			    "counts too");
	for (unsigned i = 0; i < e->nr; i++)
		buf_printf(&b, "%s%u thread%s '%s' in %s", i ? ", " : "", e->kind[i].most,
			   e->kind[i].most == 1 ? "" : "s", e->kind[i].comm, class_name(e->kind[i].policy));
	if (e->partial)
		buf_put(&b, "; the policy schedules SCHED_EXT tasks only (SCX_OPS_SWITCH_PARTIAL)");
	return buf_take(&b);
}
