/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "control/hint_rules.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include "control/control.h"
#include "util/fs.h"
#include "util/log.h"
#include "util/mem.h"

struct hint_rules {
	struct given {
		uid_t uid;
		pid_t process, tid;
		unsigned long long began; /* of the thread: with tid it is that thread, and no later one */
	} *given;
	size_t nr;
	bool warned;
};

/* A hint is a wish: the first five and the last five priorities are for rules that are set by hand. */
#define SOON "priority=5"
#define LATE "priority=35"
/* About the fair class's own slice: whoever waits for it waits no longer than under fair. */
#define SHORT "slice_us=3000"
/* So long that switches cost next to nothing, and still far below what the kernel's watchdog calls a stall.
 */
#define LONG "slice_us=50000"

/* The settings of each hint. Only those that the policy heeds are written. */
static const char *const meaning[][2] = {
	[SCXBENCH_HINT_LATENCY] = { SOON, SHORT },
	[SCXBENCH_HINT_BATCH] = { LATE, LONG },
};

/* When the thread began, in ticks of the kernel, and its CPU. False: it is not a thread of this process. */
static bool thread_of(pid_t process, pid_t tid, unsigned long long *began, int *cpu)
{
	char *text, *at;
	bool known;

	if (fs_read(fs_sys("/proc/%d/task/%d/stat", process, tid), &text, NULL))
		return false;
	/* Fields 22 and 39, counted from the end of the name, which may contain anything. */
	at = strrchr(text, ')');
	known = at &&
		sscanf(at + 1,
		       " %*c %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %llu"
		       " %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %d",
		       began, cpu) == 2;
	free(text);
	return known;
}

/* Writes only keys that the policy heeds. */
static int write_rule(struct control *c, const struct target *t, const struct scxbench_hint_request *r,
		      int like_cpu)
{
	char cpu[32], *word[3] = { 0 };
	struct scxb_setting set;
	__u64 value;
	int nr = 0;

	if (r->hint == SCXBENCH_HINT_NONE)
		return control_get(c, t, &set) ? control_reset(c, t) : 0;
	snprintf(cpu, sizeof(cpu), "cpu=%d", like_cpu);
	for (int i = 0; i < 2; i++) {
		const char *say = r->hint == SCXBENCH_HINT_SAME_CACHE ? i ? NULL : cpu : meaning[r->hint][i];

		if (say && control_heeds(c, false) & 1U << control_parse(control_settings, say, &value))
			word[nr++] = (char *)say;
	}
	return nr ? control_set(c, t, word) : -ENOTSUP;
}

static int take_hint(pid_t process, int pidfd, const struct scxbench_hint_request *r,
		     unsigned long long *began)
{
	struct target t = { .kind = TARGET_TASK, .id = r->tid };
	unsigned long long again, ignored;
	int cpu, like_cpu = 0, err;
	struct control *c;

	if (!thread_of(process, r->tid, began, &cpu) ||
	    (r->hint == SCXBENCH_HINT_SAME_CACHE && !thread_of(process, r->like, &ignored, &like_cpu)))
		return -EACCES;
	if (pidfd_send_signal(pidfd, 0, NULL, 0))
		return -ESRCH;
	if (control_open(&c))
		return -ESRCH;
	err = write_rule(c, &t, r, like_cpu);
	if (!err && (!thread_of(process, r->tid, &again, &cpu) || again != *began)) {
		control_reset(c, &t);
		err = -ESRCH;
	}
	control_close(c);
	return err;
}

void hint_rules_free(struct hint_rules *rules)
{
	free(rules->given);
	free(rules);
}

struct hint_rules *hint_rules_new(void)
{
	return mem_zalloc(1, sizeof(struct hint_rules));
}

static void forget_rule(struct hint_rules *rules, size_t i)
{
	rules->given[i] = rules->given[--rules->nr];
}

static void note_rule(struct hint_rules *rules, const struct given *g)
{
	rules->given = mem_grow(rules->given, rules->nr, sizeof(*rules->given));
	rules->given[rules->nr++] = *g;
}

static size_t count_rules(const struct hint_rules *rules, uid_t uid)
{
	size_t nr = 0;

	for (size_t i = 0; i < rules->nr; i++)
		nr += rules->given[i].uid == uid;
	return nr;
}

/* A rule goes with its thread. */
static void forget_ended(struct hint_rules *rules, uid_t uid)
{
	unsigned long long began;
	int cpu;

	for (size_t i = rules->nr; i--;) {
		const struct given *g = &rules->given[i];

		if (g->uid == uid && (!thread_of(g->process, g->tid, &began, &cpu) || began != g->began))
			forget_rule(rules, i);
	}
}

static bool has_room(struct hint_rules *rules, uid_t uid)
{
	if (count_rules(rules, uid) >= HINT_RULES)
		forget_ended(rules, uid);
	if (count_rules(rules, uid) < HINT_RULES)
		return true;
	if (!rules->warned)
		log_warn("user %u has given hints for %d threads: further ones are refused", uid, HINT_RULES);
	rules->warned = true;
	return false;
}

static size_t find_rule(const struct hint_rules *rules, pid_t tid)
{
	size_t i = 0;

	while (i < rules->nr && rules->given[i].tid != tid)
		i++;
	return i;
}

int hint_rules_take(struct hint_rules *rules, const struct ucred *peer, int pidfd,
		    const struct scxbench_hint_request *r)
{
	struct given g = { .uid = peer->uid, .process = peer->pid, .tid = r->tid };
	size_t at = find_rule(rules, r->tid);
	int err;

	if (r->hint != SCXBENCH_HINT_NONE && at == rules->nr && !has_room(rules, g.uid))
		return -EDQUOT;
	err = take_hint(peer->pid, pidfd, r, &g.began);
	if (err)
		return err;
	at = find_rule(rules, r->tid);
	if (at < rules->nr)
		forget_rule(rules, at);
	if (r->hint != SCXBENCH_HINT_NONE)
		note_rule(rules, &g);
	return 0;
}
