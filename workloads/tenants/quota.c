/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>
#include "../kit/group.h"
#include "../kit/tenant.h"
#include "../kit/undo.h"
#include "tenants.h"
#include "control/quota.h"
#include "util/mem.h"

#define PERIOD_US 100000

double quota_most(const struct tenant *t, long cpus)
{
	return t->quota ? quota_cpus(t->quota, cpus) : INFINITY;
}

static void ask_kernel(const struct tenant *t, long cpus)
{
	char text[64];

	snprintf(text, sizeof(text), "%.0f %d", quota_most(t, cpus) * PERIOD_US, PERIOD_US);
	write_text(group_file(t->group, "cpu.max"), text);
}

/* Its answer is in our log. */
static void ask_policy(const struct tenant *t)
{
	char *target = mem_printf("cgroup:%s", group_file(t->group, "")), quota[32], *word;
	pid_t pid;

	quota_print(t->quota, quota, sizeof(quota));
	word = mem_printf("quota=%s", quota);
	pid = fork();
	if (!pid) {
		execl(beside("scxbench"), "scxbench", "ctl", "set", target, word, (char *)NULL);
		_exit(127);
	}
	if (pid > 0)
		waitpid(pid, NULL, 0);
	free(word);
	free(target);
}

/* A policy that heeds neither shows it in the shares. */
void quota_ask(const struct tenant *t, long cpus)
{
	if (!t->quota)
		return;
	ask_kernel(t, cpus);
	ask_policy(t);
}
