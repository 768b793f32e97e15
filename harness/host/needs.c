/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "host/needs.h"
#include <errno.h>
#include <inttypes.h>
#include <linux/capability.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "policy/needs.h"
#include "policy/policy.h"
#include "util/caps.h"
#include "util/fs.h"
#include "util/mem.h"
#include "util/rights.h"
#include "util/self.h"
#include "workload/needs.h"

/* A run sets the autogroup there. */
#define AUTOGROUP "/proc/sys/kernel/sched_autogroup_enabled"
#define RT_RUNTIME "/proc/sys/kernel/sched_rt_runtime_us"
/* What hackbench opens for the workloads that load every CPU, with a margin. */
#define FILES_PER_CPU 20
#define FILES_BESIDE 100

static void need_free_class(struct findings *f)
{
	struct scx_state s;
	char *way;

	scx_state_read(&s);
	if (!s.present || !strcmp(s.state, "disabled"))
		return;
	way = policy_way_out(s.ops);
	findings_add(f, FINDING_NO_SAMPLE, way, "sched_ext scheduler '%s' is active (%s)", s.ops, s.state);
	free(way);
}

static void need_settings(struct findings *f)
{
	if (access(fs_sys(AUTOGROUP), W_OK) && errno == EROFS)
		findings_add(f, FINDING_NO_SAMPLE, "run it outside the container, or privileged",
			     "/proc/sys is a read-only file system (container?)");
}

/* This process leaves the class under test: SCHED_FIFO, and memory that is locked. */
static void need_own_class(struct findings *f)
{
	uint64_t runtime;

	if (!rights_cap(CAP_SYS_NICE) && !rights_soft_limit("Max realtime priority"))
		findings_add(f, FINDING_NO_SAMPLE,
			     "give it to this process (docker, podman: --cap-add=SYS_NICE)",
			     "CAP_SYS_NICE is missing (container?): SCHED_FIFO is refused");
	else if (!fs_read_u64(fs_sys(RT_RUNTIME), &runtime) && runtime == 0)
		findings_add(f, FINDING_NO_SAMPLE, "sysctl kernel.sched_rt_runtime_us=950000",
			     "real-time tasks may not run (kernel.sched_rt_runtime_us=0)");
	else if (!self_may_leave_class())
		findings_add(f, FINDING_NO_SAMPLE,
			     "boot with rt_group_sched=0, or move this shell to the root: echo $$ "
			     ">/sys/fs/cgroup/cgroup.procs",
			     "SCHED_FIFO is refused: the cgroup of this process has no real-time budget "
			     "(CONFIG_RT_GROUP_SCHED)");
	if (!rights_cap(CAP_IPC_LOCK) && rights_soft_limit("Max locked memory") != UINT64_MAX)
		findings_add(f, FINDING_NO_SAMPLE,
			     "ulimit -l unlimited, or docker, podman: --cap-add=IPC_LOCK --ulimit memlock=-1",
			     "memory can't be locked: CAP_IPC_LOCK is missing and the limit is %" PRIu64
			     " bytes",
			     rights_soft_limit("Max locked memory"));
}

/* Those that something may stand for are asked for where that is known. */
static bool is_asked_for_elsewhere(int cap)
{
	return cap == CAP_BPF || cap == CAP_PERFMON || cap == CAP_DAC_READ_SEARCH || cap == CAP_SYS_NICE ||
	       cap == CAP_IPC_LOCK || cap == CAP_SYSLOG;
}

static void need_capabilities(struct findings *f)
{
	for (const struct cap *c = caps; c->name; c++) {
		char *cure = mem_printf("give it to this process (docker, podman: --cap-add=%s)",
					c->name + strlen("CAP_"));

		if (!is_asked_for_elsewhere(c->number) && !rights_cap(c->number))
			findings_add(f, c->number == CAP_SYS_ADMIN ? FINDING_NO_POLICY : FINDING_NO_SAMPLE,
				     cure, "%s is missing (container?): it %s", c->name, c->purpose);
		free(cure);
	}
}

static void find_kernel_log(struct findings *f)
{
	uint64_t restricted;

	if (!rights_cap(CAP_SYSLOG) && !fs_read_u64(fs_sys("/proc/sys/kernel/dmesg_restrict"), &restricted) &&
	    restricted)
		findings_add(
			f, FINDING_MISSING, "sysctl kernel.dmesg_restrict=0, or --cap-add=SYSLOG",
			"CAP_SYSLOG is missing (container?): what the kernel says of a policy is not known");
}

static void find_throttling(struct findings *f)
{
	char *runtime = NULL;

	if (!fs_read_line(fs_sys(RT_RUNTIME), &runtime) && !strcmp(runtime, "-1"))
		findings_add(
			f, FINDING_UNSOUND, "sysctl kernel.sched_rt_runtime_us=950000",
			"real-time throttling is off (kernel.sched_rt_runtime_us=-1): a real-time task that "
			"spins takes a CPU from every policy");
	free(runtime);
}

static void find_few_files(struct findings *f)
{
	uint64_t most = rights_hard_limit("Max open files"),
		 wanted = FILES_BESIDE + FILES_PER_CPU * (uint64_t)sysconf(_SC_NPROCESSORS_ONLN);

	if (most < wanted)
		findings_add(f, FINDING_UNSOUND,
			     "ulimit -Hn 524288 (systemd: LimitNOFILE=, docker: --ulimit nofile=)",
			     "at most %" PRIu64 " open files: workloads that load every CPU want %" PRIu64
			     " here",
			     most, wanted);
}

static void find_slow_clock(struct findings *f)
{
	static const char *const slow[] = { "hpet", "acpi_pm", "jiffies", "refined-jiffies", "pit" };
	char *clock = NULL;

	if (!fs_read_line(fs_sys("/sys/devices/system/clocksource/clocksource0/current_clocksource"), &clock))
		for (size_t i = 0; i < sizeof(slow) / sizeof(*slow); i++)
			if (!strcmp(clock, slow[i]))
				findings_add(f, FINDING_UNSOUND,
					     "dmesg | grep -i -e tsc -e clocksource says why; newer firmware "
					     "often cures it",
					     "the clock source is %s, slow to read: the kernel found the TSC "
					     "unstable, or there is none",
					     clock);
	free(clock);
}

void host_needs(struct findings *f)
{
	need_free_class(f);
	policy_needs(f);
	workload_needs(f);
	if (!geteuid()) {
		need_settings(f);
		need_own_class(f);
		need_capabilities(f);
		find_kernel_log(f);
	}
	policy_errata(f);
	find_throttling(f);
	find_few_files(f);
	find_slow_clock(f);
}
