/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "control/effect.h"

#include <sched.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "control/quota.h"
#include "util/affinity.h"
#include "util/cause.h"
#include "util/log.h"

/* Where that can't be read nothing is said. The kernel says how much of the mask is its own. */
static bool may_run_on(pid_t tid, unsigned cpu)
{
	unsigned long mask[AFFINITY_CPUS / (8 * sizeof(long))];
	long len = syscall(SYS_sched_getaffinity, tid, sizeof(mask), mask);

	if (len < 0)
		return true;
	return cpu / 8 < (unsigned long)len && ((const unsigned char *)mask)[cpu / 8] >> cpu % 8 & 1;
}

static int check_cpu(const struct target *t, unsigned cpu)
{
	if (may_run_on(t->id, cpu))
		return 0;
	if (t->kind == TARGET_TASK)
		return log_err(
			-CAUSE_USAGE,
			"thread %d may not run on CPU %u (its affinity, its cpuset, or the CPU is offline): "
			"cpu=%u would have no effect",
			t->id, cpu, cpu);
	log_warn("the first thread of process %d may not run on CPU %u: for that one cpu=%u has no effect",
		 t->id, cpu, cpu);
	return 0;
}

static int check_cpuset(const struct target *t, const char *cpuset, unsigned cpu)
{
	char *name;
	int err;

	if (!cpuset || affinity_list_has(cpuset, (int)cpu))
		return 0;
	name = target_text(t);
	err = log_err(-CAUSE_USAGE, "%s may not use CPU %u (its cpuset): cpu=%u would have no effect", name,
		      cpu, cpu);
	free(name);
	return err;
}

static int check_quota(const struct target *t, __u32 quota)
{
	if (t->kind != TARGET_TASK || quota & SCXB_QUOTA_MACHINE || quota_cpus(quota, 1) < 1)
		return 0;
	return log_err(-CAUSE_USAGE,
		       "quota=%gcpu would have no effect: a thread can't use more than one CPU at a time",
		       quota_cpus(quota, 1));
}

/* Besides those of the fair class a policy has all that are SCHED_EXT. */
static bool is_foreign(pid_t tid)
{
	int policy = sched_getscheduler(tid) & ~SCHED_RESET_ON_FORK;

	return policy == SCHED_FIFO || policy == SCHED_RR || policy == SCHED_DEADLINE;
}

int effect_check(const struct target *t, const char *cpuset, const struct scxb_setting *s)
{
	int err = 0;

	if (t->kind == TARGET_CGROUP && s->set & SCXB_HAS_SETTING(cpu))
		return check_cpuset(t, cpuset, s->value[SCXB_SETTING_cpu]);
	if (t->kind == TARGET_COMM || t->kind == TARGET_CGROUP || t->kind == TARGET_QUEUE ||
	    t->kind == TARGET_POLICY)
		return 0;
	if (s->set & SCXB_HAS_SETTING(cpu))
		err = check_cpu(t, s->value[SCXB_SETTING_cpu]);
	if (!err && s->set & SCXB_HAS_SETTING(quota))
		err = check_quota(t, s->value[SCXB_SETTING_quota]);
	if (!err && is_foreign(t->id))
		log_warn(
			"thread %d is a realtime thread: as long as it is, no policy has it, and the rule no effect",
			t->id);
	return err;
}
