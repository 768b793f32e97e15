/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "util/caps.h"

#include <errno.h>
#include <linux/capability.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#define FILES true
#define KERNEL false
#define ROW(name, use, purpose) { name, use, #name, purpose }

const struct cap caps[] = {
	ROW(CAP_BPF, KERNEL, "loads policies"),
	ROW(CAP_PERFMON, KERNEL, "reads what policies and CPUs count"),
	ROW(CAP_SYS_ADMIN, KERNEL, "finds the policy's maps and times its ops"),
	ROW(CAP_SYS_NICE, KERNEL, "keeps scxbench itself out of the class under test"),
	ROW(CAP_IPC_LOCK, KERNEL, "keeps it in memory"),
	ROW(CAP_SYS_RESOURCE, KERNEL, "gives workloads the limits of root: open files, sizes of pipes"),
	ROW(CAP_SETPCAP, FILES, "takes all other capabilities away from workloads"),
	ROW(CAP_SETUID, FILES, "runs workloads as their user, and writes in a user's folder as that user"),
	ROW(CAP_SETGID, FILES, "runs workloads with the groups of their user"),
	ROW(CAP_CHOWN, FILES, "gives a workload its folder and its log"),
	ROW(CAP_KILL, FILES, "ends workloads and commands"),
	ROW(CAP_DAC_READ_SEARCH, KERNEL, "finds the cgroup of a task by its number"),
	ROW(CAP_DAC_OVERRIDE, FILES, "works in folders and with settings that only their owner may use"),
	ROW(CAP_SYSLOG, KERNEL, "reads what the kernel says of a policy"),
	{ 0, false, NULL, NULL },
};

uint64_t caps_named(const char *name)
{
	for (const struct cap *c = caps; c->name; c++)
		if (!strcmp(c->name, name))
			return CAP_BIT(c->number);
	return 0;
}

uint64_t caps_all(void)
{
	uint64_t all = 0;

	for (const struct cap *c = caps; c->name; c++)
		all |= CAP_BIT(c->number);
	return all;
}

uint64_t caps_for_files(void)
{
	uint64_t some = 0;

	for (const struct cap *c = caps; c->name; c++)
		some |= c->for_files ? CAP_BIT(c->number) : 0;
	return some;
}

/* A number that this kernel doesn't know ends the loop. */
int caps_bound(uint64_t keep)
{
	for (int cap = 0, has; (has = prctl(PR_CAPBSET_READ, cap)) >= 0; cap++)
		if (has && !(keep & CAP_BIT(cap)) && prctl(PR_CAPBSET_DROP, cap))
			return -errno;
	return 0;
}

/* inherits: programs that are executed may have them too, whatever the user is then. *have: all that there
 * are. */
static int caps_set(uint64_t held, bool inherits, uint64_t *have)
{
	struct __user_cap_header_struct head = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct data[2];

	if (syscall(SYS_capget, &head, data))
		return -errno;
	*have = 0;
	for (int half = 0; half < 2; half++) {
		uint32_t some = data[half].permitted & (uint32_t)(held >> (32 * half));

		*have |= (uint64_t)some << (32 * half);
		data[half] = (struct __user_cap_data_struct){ some, some, inherits ? some : 0 };
	}
	return syscall(SYS_capset, &head, data) ? -errno : 0;
}

int caps_only(uint64_t held)
{
	uint64_t have;
	int err = caps_bound(held);

	return err && err != -EPERM ? err : caps_set(held, false, &have);
}

int caps_hold(uint64_t held)
{
	uint64_t have = 0;
	int err = caps_set(held, true, &have);

	for (const struct cap *c = caps; c->name && !err; c++)
		if (have & CAP_BIT(c->number) && prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, c->number, 0, 0))
			err = -errno;
	return err;
}
