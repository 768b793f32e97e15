/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "control/target.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "queues_abi.h"
#include "util/account.h"
#include "util/cause.h"
#include "util/cgroup_id.h"
#include "util/fs.h"
#include "util/log.h"
#include "util/mem.h"
#include "util/scan.h"

/* The thread's process; 0 when it is not a thread. */
static long process_of(long tid)
{
	char *text, *at;
	long tgid = 0;

	if (fs_read(fs_sys("/proc/%ld/status", tid), &text, NULL))
		return 0;
	at = strstr(text, "\nTgid:");
	if (at)
		tgid = atol(at + strlen("\nTgid:"));
	free(text);
	return tgid;
}

/* By a signal that is none, because every change calls this: of a process only its first thread has its id.
 */
static bool is_there(pid_t id, bool process)
{
	long err = process ? tgkill(id, id, 0) : syscall(SYS_tkill, id, 0);

	return !err || errno == EPERM;
}

static bool is_process(enum target_kind kind)
{
	return kind == TARGET_GROUP || kind == TARGET_TREE;
}

static int parse_id(const char *text, struct target *t)
{
	uint64_t number;
	long id, process;

	if (!scan_count(text, &number) || number < 1 || number > 1 << 22)
		return log_err(-CAUSE_USAGE, "'%s' is not the id of a %s", text,
			       is_process(t->kind) ? "process" : "thread");
	t->id = id = number;
	if (is_there(id, is_process(t->kind)))
		return 0;
	process = process_of(id);
	if (!process)
		return log_err(-CAUSE_NOT_FOUND, "%s %ld does not exist",
			       is_process(t->kind) ? "process" : "thread", id);
	if (is_process(t->kind) && process != id)
		return log_err(-CAUSE_USAGE, "%ld is a thread of process %ld: say tid:%ld or pid:%ld", id,
			       process, id, process);
	return 0;
}

/* An exact name includes its final NUL, so no longer name matches it. */
static int parse_comm(const char *text, struct target *t)
{
	size_t len = strlen(text);
	bool prefix = len && text[len - 1] == '*';

	if (prefix)
		len--;
	if (!len || len > 15 || memchr(text, '*', len))
		return log_err(-CAUSE_USAGE,
			       "comm:%s: give a name of up to 15 characters, or the beginning of one and *",
			       text);
	memset(&t->comm, 0, sizeof(t->comm));
	memcpy(t->comm.comm, text, len);
	t->comm.bits = 8 * (len + !prefix);
	return 0;
}

#define ROOT_ID 1

/* No rule of the root would ever be looked up: a policy looks from a task's cgroup up to below the root. */
static int parse_cgroup(const char *path, struct target *t)
{
	if (!*path)
		return log_err(-CAUSE_USAGE, "cgroup: has no path (an empty variable?): give one below "
					     "/sys/fs/cgroup");
	t->cgroup = cgroup_id_of(path);
	if (t->cgroup == ROOT_ID || !path[strspn(path, "/")])
		return log_err(
			-CAUSE_USAGE,
			"cgroup:%s is the root, which has every task: give a cgroup below it, or policy "
			"for what the policy itself takes",
			path);
	return t->cgroup ? 0
			 : log_err(-CAUSE_NOT_FOUND,
				   "cgroup %s does not exist: give its path below /sys/fs/cgroup", path);
}

static int parse_user(const char *name, struct target *t)
{
	struct account a;

	if (account_find(name, &a))
		return log_err(-CAUSE_NOT_FOUND, "there is no user '%s'", name);
	t->owner = SCXB_OWNER(SCXB_BY_USER, a.uid);
	account_free(&a);
	return 0;
}

/* The tasks of the root cgroup have a queue, too. */
static int parse_owning_cgroup(const char *path, struct target *t)
{
	__u64 id = *path ? cgroup_id_of(path) : 0;

	t->owner = SCXB_OWNER(SCXB_BY_CGROUP, id);
	return id ? 0
		  : log_err(-CAUSE_NOT_FOUND,
			    "cgroup '%s' does not exist: give its path below /sys/fs/cgroup", path);
}

static int parse_owner(const char *text, struct target *t)
{
	if (!strncmp(text, "user:", strlen("user:")))
		return parse_user(text + strlen("user:"), t);
	if (!strncmp(text, "cgroup:", strlen("cgroup:")))
		return parse_owning_cgroup(text + strlen("cgroup:"), t);
	return log_err(-CAUSE_USAGE, "queue:%s: give queue:user:NAME or queue:cgroup:PATH", text);
}

static int parse_policy(const char *rest, struct target *t)
{
	(void)rest, (void)t;
	return 0;
}

static const struct {
	const char *prefix, *words;
	int (*parse)(const char *text, struct target *t);
} form[] = { [TARGET_TASK] = { "tid:", "tid:N", parse_id },
	     [TARGET_GROUP] = { "pid:", "pid:N", parse_id },
	     [TARGET_TREE] = { "tree:", "tree:N", parse_id },
	     [TARGET_COMM] = { "comm:", "comm:NAME, comm:PRE*", parse_comm },
	     [TARGET_CGROUP] = { "cgroup:", "cgroup:PATH", parse_cgroup },
	     [TARGET_QUEUE] = { "queue:", "queue:OWNER", parse_owner },
	     [TARGET_POLICY] = { "policy", "policy", parse_policy } };

#define NR_FORMS ((int)(sizeof(form) / sizeof(*form)))

static int no_target(unsigned kinds, const char *text)
{
	char words[96] = "";

	for (int i = 0; i < NR_FORMS; i++) {
		size_t len = strlen(words);
		bool last = !(kinds >> (i + 1));

		if (kinds & 1U << i)
			snprintf(words + len, sizeof(words) - len, "%s%s",
				 !len	? ""
				 : last ? " or "
					: ", ",
				 form[i].words);
	}
	return log_err(-CAUSE_USAGE, "'%s' is not a target: give %s", text, words);
}

int target_parse_of(unsigned kinds, const char *text, struct target *t)
{
	memset(t, 0, sizeof(*t));
	for (int i = 0; i < NR_FORMS; i++) {
		size_t len = strlen(form[i].prefix);

		if (!(kinds & 1U << i) || strncmp(text, form[i].prefix, len) ||
		    (i == TARGET_POLICY && text[len]))
			continue;
		t->kind = i;
		return form[i].parse(text + len, t);
	}
	return no_target(kinds, text);
}

int target_parse(const char *text, struct target *t)
{
	return target_parse_of((1U << NR_FORMS) - 1, text, t);
}

static char *cgroup_text(__u64 id)
{
	char *path = cgroup_path_of(id),
	     *text = path ? mem_printf("cgroup:%s", path) : mem_printf("cgroup:#%llu", id);

	free(path);
	return text;
}

char *owner_text(__u64 owner)
{
	__u64 id = SCXB_OWNER_ID(owner);
	struct account a = { 0 };
	char number[16], *text;

	if (SCXB_OWNER_BY(owner) == SCXB_BY_CGROUP)
		return id == ROOT_ID ? mem_strdup("cgroup:/") : cgroup_text(id);
	snprintf(number, sizeof(number), "%u", (unsigned)id);
	text = mem_printf("user:%s", account_find(number, &a) ? number : a.name);
	account_free(&a);
	return text;
}

static char *queue_text(__u64 owner)
{
	char *name = owner_text(owner), *text = mem_printf("queue:%s", name);

	free(name);
	return text;
}

char *target_text(const struct target *t)
{
	int chars = t->comm.bits / 8;

	switch (t->kind) {
	case TARGET_TASK:
		return mem_printf("tid:%d", t->id);
	case TARGET_GROUP:
		return mem_printf("pid:%d", t->id);
	case TARGET_TREE:
		return mem_printf("tree:%d", t->id);
	case TARGET_COMM:
		return mem_printf("comm:%.*s%s", chars, t->comm.comm,
				  chars && t->comm.comm[chars - 1] ? "*" : "");
	case TARGET_CGROUP:
		return cgroup_text(t->cgroup);
	case TARGET_QUEUE:
		return queue_text(t->owner);
	default:
		return mem_strdup("policy");
	}
}

static bool cgroup_exists(__u64 id)
{
	char *path = cgroup_path_of(id);
	bool there = path;

	free(path);
	return there;
}

bool target_exists(const struct target *t)
{
	switch (t->kind) {
	case TARGET_TASK:
	case TARGET_GROUP:
	case TARGET_TREE:
		return is_there(t->id, is_process(t->kind));
	case TARGET_CGROUP:
		return cgroup_exists(t->cgroup);
	case TARGET_QUEUE:
		return SCXB_OWNER_BY(t->owner) != SCXB_BY_CGROUP || cgroup_exists(SCXB_OWNER_ID(t->owner));
	default:
		return true;
	}
}
