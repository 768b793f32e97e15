/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "control/hint_rules.h"

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include "control/control.h"
#include "control/hint_users.h"
#include "policy/policy.h"
#include "util/clock.h"
#include "util/fs.h"
#include "util/log.h"
#include "util/mem.h"

#define LOOKS 64 /* at threads that may have ended, for each hint of a user who has too many */

struct hint_rules {
	struct hint_users *users;
	struct control *control;   /* of the policy that has the hints; NULL: none that is known */
	struct scx_state unusable; /* a policy that can't be steered, which was said */
	bool looked;		   /* whether control is of what is attached, in this round */
};

/* A wish: the last five priorities are for rules that are set by hand. */
#define LATE "priority=35"
/* Shorter than any policy's own, also on a small machine: what charges a task queues it earlier for that. */
#define SHORT "slice_us=500"
/* So long that switches cost next to nothing, and still far below what the kernel's watchdog calls a stall.
 */
#define LONG "slice_us=50000"

/*
 * The settings of a hint that can't buy CPU time. A slice does, unless the policy charges what was used; a
 * better priority always does.
 */
static const struct {
	const char *word;
	enum scxbench_hint hint;
	__u32 heeds; /* all of them */
} meaning[] = {
	{ SHORT, SCXBENCH_HINT_LATENCY, SCXB_HAS_SETTING(slice_us) | SCXB_CHARGES },
	{ LONG, SCXBENCH_HINT_BATCH, SCXB_HAS_SETTING(slice_us) | SCXB_CHARGES },
	{ LATE, SCXBENCH_HINT_BATCH, SCXB_HAS_SETTING(priority) },
	{ NULL, SCXBENCH_HINT_SAME_CACHE, SCXB_HAS_SETTING(cpu) },
};

#define NR_MEANINGS (sizeof(meaning) / sizeof(*meaning))

static bool is_of_use(size_t i, __u32 heeds)
{
	if (heeds & SCXB_IN_ORDER)
		heeds &= ~SCXB_HAS_SETTING(priority);
	return !(meaning[i].heeds & ~heeds);
}

bool hint_is_heeded(__u32 heeds, enum scxbench_hint hint)
{
	for (size_t i = 0; i < NR_MEANINGS; i++)
		if (meaning[i].hint == hint && is_of_use(i, heeds))
			return true;
	return false;
}

/* The CPU of a thread. False: it is not one of this process. */
static bool cpu_of(pid_t process, pid_t tid, int *cpu)
{
	char *text, *at;
	bool known;

	if (fs_read(fs_sys("/proc/%d/task/%d/stat", process, tid), &text, NULL))
		return false;
	/* Field 39, counted from the end of the name, which may contain anything. */
	at = strrchr(text, ')');
	known = at &&
		sscanf(at + 1,
		       " %*c %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s"
		       " %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %d",
		       cpu) == 1;
	free(text);
	return known;
}

static int write_hint(struct control *c, const struct target *t, const struct scxbench_hint_request *r,
		      int like_cpu)
{
	__u32 heeds = control_heeds(c, TARGET_TASK);
	char cpu[32], *word[NR_MEANINGS + 1] = { 0 };
	int nr = 0;

	if (r->hint == SCXBENCH_HINT_NONE)
		return control_apply(c, &(struct control_change){ .target = *t }, 1, NULL);
	snprintf(cpu, sizeof(cpu), "cpu=%d", like_cpu);
	for (size_t i = 0; i < NR_MEANINGS; i++)
		if (meaning[i].hint == r->hint && is_of_use(i, heeds))
			word[nr++] = meaning[i].word ? (char *)meaning[i].word : cpu;
	return nr ? control_set(c, t, word) : -ENOTSUP;
}

/* Opens what is attached, if it is another policy than before; then no thread has a hint. */
static bool know_policy(struct hint_rules *rules)
{
	struct scx_state now;

	if (rules->control && (rules->looked || control_is_current(rules->control)))
		return rules->looked = true;
	hint_rules_rest(rules);
	hint_users_clear(rules->users);
	scx_state_read(&now);
	if (strcmp(now.state, "enabled") ||
	    (rules->unusable.present && rules->unusable.enable_seq == now.enable_seq))
		return false;
	rules->looked = !control_open(&rules->control);
	if (!rules->looked)
		rules->unusable = now;
	return rules->looked;
}

/* A hint whose threads are the peer's own. */
struct asked {
	const struct scxbench_hint_request *r;
	pid_t process;
	int pidfd, like_cpu;
};

/* The process lives, so its id is no other's. */
static bool is_own(const struct asked *a)
{
	return !tgkill(a->process, a->r->tid, 0) && !pidfd_send_signal(a->pidfd, 0, NULL, 0);
}

static bool are_own(struct asked *a)
{
	const struct scxbench_hint_request *r = a->r;

	return r->tid >= 1 && r->tid <= HINT_MAX_TID &&
	       (r->hint != SCXBENCH_HINT_SAME_CACHE || cpu_of(a->process, r->like, &a->like_cpu)) &&
	       is_own(a);
}

static int take_hint(struct control *c, const struct asked *a)
{
	struct target t = { .kind = TARGET_TASK, .id = a->r->tid, .hint = true };
	int err = write_hint(c, &t, a->r, a->like_cpu);

	if (!err && !is_own(a)) {
		control_apply(c, &(struct control_change){ .target = t }, 1, NULL);
		err = -ESRCH;
	}
	return err;
}

struct hint_rules *hint_rules_new(void)
{
	struct hint_rules *rules = mem_zalloc(1, sizeof(*rules));

	rules->users = hint_users_new();
	return rules;
}

void hint_rules_begin(struct hint_rules *rules)
{
	rules->looked = false;
}

void hint_rules_end(struct hint_rules *rules)
{
	if (rules->control)
		control_release(rules->control);
}

void hint_rules_rest(struct hint_rules *rules)
{
	control_close(rules->control);
	rules->control = NULL;
}

bool hint_rules_keep(const struct hint_rules *rules)
{
	return rules->control;
}

void hint_rules_free(struct hint_rules *rules)
{
	hint_rules_rest(rules);
	hint_users_free(rules->users);
	free(rules);
}

/* The policy drops the hint of a thread that ends. */
static void forget_ended(struct hint_rules *rules, struct hint_user *u)
{
	struct scxb_setting s;

	for (int i = 0; i < LOOKS; i++) {
		struct target t = { .kind = TARGET_TASK, .id = hint_user_next(u), .hint = true };

		if (t.id && !control_get(rules->control, &t, &s))
			hint_users_give(rules->users, NULL, t.id);
	}
}

static bool has_room(struct hint_rules *rules, struct hint_user *u, uid_t uid)
{
	if (hint_user_has(u) >= HINT_RULES)
		forget_ended(rules, u);
	if (hint_user_has(u) < HINT_RULES && hint_users_have(rules->users) < HINT_RULES_OF_ALL)
		return true;
	if (hint_user_warns(u))
		log_warn("user %u has hints for %u threads: further ones are refused", uid, hint_user_has(u));
	return false;
}

int hint_rules_take(struct hint_rules *rules, const struct ucred *peer, int pidfd,
		    const struct scxbench_hint_request *r)
{
	struct hint_user *u = hint_user_of(rules->users, peer->uid);
	struct asked a = { .r = r, .process = peer->pid, .pidfd = pidfd };
	bool none = r->hint == SCXBENCH_HINT_NONE;
	int err;

	if (!hint_user_admits(u, clock_ns()))
		return -EAGAIN;
	if (!are_own(&a))
		return -EACCES;
	if (!know_policy(rules))
		return -ESRCH;
	if (!none && !hint_user_owns(rules->users, u, r->tid) && !has_room(rules, u, peer->uid))
		return -EDQUOT;
	control_hold(rules->control);
	err = take_hint(rules->control, &a);
	if (!err)
		hint_users_give(rules->users, none ? NULL : u, r->tid);
	return err;
}
