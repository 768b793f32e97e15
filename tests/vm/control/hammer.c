/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * hammer change COMMAND...   random changes of rules and parameters beside a command, HAMMER_RATE a second
 *	(1000), until it ends; each is read back. Its seed is HAMMER_SEED (1).
 * hammer write   two writers of the same keys at once: what is read is always one's or the other's, whole.
 * Exit 0: all was as it was written, and the command ended with 0.
 */
#include <errno.h>
#include <sched.h>
#include "kit.h"

static unsigned long long state;

/* splitmix64 */
static unsigned draw(unsigned below)
{
	unsigned long long z = state += 0x9e3779b97f4a7c15;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
	z = (z ^ z >> 27) * 0x94d049bb133111eb;
	return (z ^ z >> 31) % below;
}

struct wanted {
	struct target target;
	int key;
	__u64 value;
};

static bool reads_back(const struct control *c, const struct wanted *w)
{
	struct scxb_setting s;
	__u64 value;

	if (w->target.kind == TARGET_POLICY)
		return control_param(c, w->key, &value) && value == w->value;
	return control_get(c, &w->target, &s) && s.set & 1U << w->key && s.value[w->key] == w->value;
}

/* One of what the policy heeds. */
static int draw_key(const struct control *c, bool params)
{
	int nr = params ? SCXB_NR_PARAMS : SCXB_NR_SETTINGS, key;

	do
		key = draw(nr);
	while (!(control_heeds(c, params ? TARGET_POLICY : TARGET_TASK) & 1U << key));
	return key;
}

static void draw_target(char *text, size_t len, pid_t command)
{
	static const char *const fixed[] = { "policy", "policy", "comm:storm", "comm:st*", "comm:sh" };
	unsigned which = draw(7);

	if (which < 5)
		snprintf(text, len, "%s", fixed[which]);
	else
		snprintf(text, len, "pid:%d", which == 5 ? command : getpid());
}

/* Quotas are not too small for the storm to come to its end. */
static __u64 draw_value(const struct control_key *key)
{
	static long cpus;
	__u64 least = key->min, most = key->max;

	if (!strcmp(key->name, "quota"))
		return SCXB_QUOTA_MACHINE | (300000 + draw(700001));
	if (!strcmp(key->name, "cpu"))
		most = (cpus = cpus ?: sysconf(_SC_NPROCESSORS_CONF)) - 1;
	return least + draw(most - least + 1);
}

/* Of a process that ended no rule is left, whenever in a change that was. */
static bool has_ended(pid_t pid)
{
	siginfo_t info = { 0 };

	return !waitid(P_PID, pid, &info, WEXITED | WNOHANG | WNOWAIT) && info.si_pid == pid;
}

static int change(struct control *c, pid_t command)
{
	char target[64], word[64];
	struct wanted w = { 0 };
	const struct control_key *key;

	draw_target(target, sizeof(target), command);
	if (target_parse(target, &w.target))
		return 0;
	w.key = draw_key(c, w.target.kind == TARGET_POLICY);
	key = &(w.target.kind == TARGET_POLICY ? control_params : control_settings)[w.key];
	w.value = draw_value(key);
	control_print(key, w.value, word, sizeof(word));
	if (draw(8) == 0)
		return control_clear(c, false);
	if (set(c, target, word) || !reads_back(c, &w)) {
		if (w.target.kind == TARGET_GROUP && w.target.id == command && has_ended(command))
			return 0;
		printf("wrong: %s %s\n", target, word);
		return -EBADMSG;
	}
	return 0;
}

static void become(void *argv)
{
	execvp(((char **)argv)[0], argv);
	_exit(127);
}

static int change_beside(struct control *c, char **argv)
{
	const char *rate = getenv("HAMMER_RATE"), *seed = getenv("HAMMER_SEED");
	double pause = 1 / (rate ? atof(rate) : 1000), began = now();
	pid_t command = start(become, argv);
	int status, err = 0;
	long changes = 0;

	/* Or what it sets would hold up itself. */
	sched_setscheduler(0, SCHED_FIFO, &(struct sched_param){ .sched_priority = 50 });
	state = seed ? strtoull(seed, NULL, 10) : 1;
	while (!waitpid(command, &status, WNOHANG)) {
		double late = began + changes * pause - now();

		if (late > 0)
			rest(late);
		if (change(c, command))
			err = -EBADMSG;
		changes++;
	}
	control_clear(c, false);
	printf("%ld changes, %.0f a second\n", changes, changes / (now() - began));
	return err || status ? 1 : 0;
}

struct pair {
	int value;
};

static void write_pair(void *arg)
{
	struct pair *p = arg;
	char quota[32], slice[32], *words[] = { quota, slice, NULL };
	struct target t;
	struct control *c;

	/* A lock belongs to the open file: each writer needs its own. */
	if (control_open(&c) || target_parse("comm:pair", &t))
		_exit(1);
	snprintf(quota, sizeof(quota), "quota=%d%%machine", p->value / 10);
	snprintf(slice, sizeof(slice), "slice_us=%d", p->value * 100);
	for (;;)
		control_set(c, &t, words);
}

struct reading {
	long first, second, torn;
};

static void read_pair(void *ctx, const struct control_rule *r)
{
	unsigned quota = (r->setting.value[SCXB_SETTING_quota] & ~SCXB_QUOTA_MACHINE) / 10000,
		 slice = r->setting.value[SCXB_SETTING_slice_us];
	struct reading *n = ctx;

	n->first += quota == 20 && slice == 20000;
	n->second += quota == 90 && slice == 90000;
	n->torn += !(quota == 20 && slice == 20000) && !(quota == 90 && slice == 90000);
}

static int write_both(struct control *c)
{
	struct pair a = { .value = 200 }, b = { .value = 900 };
	pid_t one = start(write_pair, &a), two = start(write_pair, &b);
	struct reading n = { 0 };

	for (double stop = now() + 6; now() < stop;)
		control_each(c, read_pair, &n);
	end(one);
	end(two);
	printf("%ld of one, %ld of the other, %ld torn\n", n.first, n.second, n.torn);
	return n.first && n.second && !n.torn ? 0 : 1;
}

int main(int argc, char **argv)
{
	struct control *c;

	if (argc < 2)
		return 2;
	if (control_open(&c))
		return 3;
	return !strcmp(argv[1], "write") ? write_both(c) : change_beside(c, argv + 2);
}
