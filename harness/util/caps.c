/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "util/caps.h"

#include <errno.h>
#include <linux/capability.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#define ROW(name, purpose) { name, #name, purpose }

const struct cap caps[] = {
	ROW(CAP_BPF, "loads policies"),
	ROW(CAP_PERFMON, "reads what policies and CPUs count"),
	ROW(CAP_SYS_ADMIN, "finds the policy's maps and times its ops"),
	ROW(CAP_SYS_NICE, "keeps scxbench itself out of the class under test"),
	ROW(CAP_IPC_LOCK, "keeps it in memory"),
	ROW(CAP_SYS_RESOURCE, "gives workloads the limits of root: open files, sizes of pipes"),
	ROW(CAP_SETPCAP, "takes all other capabilities away from workloads"),
	ROW(CAP_SETUID, "runs workloads as their user, and writes in a user's folder as that user"),
	ROW(CAP_SETGID, "the same"),
	ROW(CAP_CHOWN, "gives a workload its folder and its log"),
	ROW(CAP_KILL, "ends workloads and commands"),
	ROW(CAP_DAC_READ_SEARCH, "finds the cgroup of a task by its number"),
	ROW(CAP_DAC_OVERRIDE, "works in folders and with settings that only their owner may use"),
	{ 0, NULL, NULL },
};

uint64_t caps_named(const char *name)
{
	for (const struct cap *c = caps; c->name; c++)
		if (!strcmp(c->name, name))
			return CAP_BIT(c->number);
	return 0;
}

/* A number that this kernel doesn't know ends the loop. */
int caps_bound(uint64_t keep)
{
	for (int cap = 0, has; (has = prctl(PR_CAPBSET_READ, cap)) >= 0; cap++)
		if (has && !(keep & CAP_BIT(cap)) && prctl(PR_CAPBSET_DROP, cap))
			return -errno;
	return 0;
}

int caps_hold(uint64_t held)
{
	struct __user_cap_header_struct head = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct data[2];

	if (syscall(SYS_capget, &head, data))
		return -errno;
	for (int half = 0; half < 2; half++) {
		uint32_t have = data[half].permitted & (uint32_t)(held >> (32 * half));

		data[half] = (struct __user_cap_data_struct){ have, have, have };
	}
	if (syscall(SYS_capset, &head, data))
		return -errno;
	for (const struct cap *c = caps; c->name; c++)
		if (data[c->number / 32].permitted & 1U << c->number % 32 &&
		    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, c->number, 0, 0))
			return -errno;
	return 0;
}
