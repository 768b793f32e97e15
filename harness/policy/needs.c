/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "policy/needs.h"
#include <linux/capability.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "policy/kernel.h"
#include "policy/policy.h"
#include "util/fs.h"
#include "util/mem.h"
#include "util/rights.h"

static void need_kernel(struct findings *f)
{
	struct scx_state s;

	scx_state_read(&s);
	if (!s.present)
		findings_add(
			f, FINDING_NO_POLICY,
			"boot one with CONFIG_SCHED_CLASS_EXT=y (Debian: trixie-backports), or use the lab",
			"this kernel has no sched_ext");
	if (!fs_exists(fs_sys("/sys/kernel/btf/vmlinux")))
		findings_add(f, FINDING_NO_POLICY, "boot one with CONFIG_DEBUG_INFO_BTF=y, or use the lab",
			     "this kernel has no BTF");
}

/* CAP_SYS_ADMIN stands for the two younger ones, which were parts of it. */
static void need_cap(struct findings *f, int cap, const char *name)
{
	if (!rights_cap(cap) && !rights_cap(CAP_SYS_ADMIN))
		findings_add(f, FINDING_NO_POLICY,
			     "give it to this process (docker, podman: --cap-add=BPF,PERFMON), or leave the "
			     "container",
			     "%s is missing (container?)", name);
}

static void need_rights(struct findings *f)
{
	if (geteuid()) {
		findings_add(f, FINDING_NO_POLICY, "run it with sudo, or use the lab", "not root");
		return;
	}
	if (!rights_of_machine())
		findings_add(
			f, FINDING_NO_POLICY, "run it as the machine's own root, or use the lab",
			"root only in a user namespace (rootless container?), whose capabilities are not "
			"those of the machine");
	if (!rights_cap(CAP_DAC_READ_SEARCH))
		findings_add(
			f, FINDING_NO_POLICY,
			"give it to this process (docker, podman: --cap-add=DAC_READ_SEARCH)",
			"CAP_DAC_READ_SEARCH is missing (container?): a policy isn't told which tasks are "
			"the workload's");
	need_cap(f, CAP_BPF, "CAP_BPF");
	need_cap(f, CAP_PERFMON, "CAP_PERFMON");
}

static void need_jit(struct findings *f)
{
	uint64_t on;

	if (fs_read_u64(fs_sys("/proc/sys/net/core/bpf_jit_enable"), &on) || on)
		return;
	findings_add(f, FINDING_NO_POLICY, "sysctl net.core.bpf_jit_enable=1",
		     "the BPF JIT is off (net.core.bpf_jit_enable=0), without which no policy can be loaded");
}

/* "isolcpus=nohz,2-3": only with the flag "domain", or without any flag, is a CPU out of the domains. */
static bool isolates_domains(const char *list)
{
	size_t len = strcspn(list, " \n");
	bool flags = false;

	for (const char *word = list; word < list + len; word += strcspn(word, ", \n") + 1) {
		if (!strncmp(word, "domain", strlen("domain")))
			return true;
		flags |= *word < '0' || *word > '9';
	}
	return !flags && len;
}

/* The last one counts, as in the kernel. The text belongs to *line. */
static char *isolcpus_of(char *line)
{
	char *found = NULL, *save = NULL;

	for (char *word = strtok_r(line, " \n", &save); word; word = strtok_r(NULL, " \n", &save))
		if (!strncmp(word, "isolcpus=", strlen("isolcpus=")) &&
		    isolates_domains(word + strlen("isolcpus=")))
			found = word;
	return found;
}

static void need_all_cpus(struct findings *f)
{
	char *line = NULL, *isolated = NULL, *word = NULL;

	if (!fs_read_line(fs_sys("/proc/cmdline"), &line))
		word = isolcpus_of(line);
	/* CPUs that this machine does not have are not isolated. */
	if (word && !fs_read_line(fs_sys("/sys/devices/system/cpu/isolated"), &isolated) && !*isolated)
		word = NULL;
	if (word)
		findings_add(f, FINDING_NO_POLICY,
			     "boot without it; a cpuset keeps other work off CPUs as well",
			     "this kernel was booted with %s, which sched_ext refuses", word);
	free(isolated);
	free(line);
}

void policy_needs(struct findings *f)
{
	need_kernel(f);
	need_rights(f);
	need_jit(f);
	need_all_cpus(f);
}

void policy_needs_below(struct findings *f)
{
	if (!kernel_has_function("scx_bpf_sub_dispatch") || !kernel_has_struct("sched_ext_ops_cid"))
		findings_add(f, FINDING_NO_POLICY,
			     "boot Linux 7.3 or newer with CONFIG_EXT_SUB_SCHED=y, or use the lab",
			     "this kernel has no sub-schedulers of sched_ext (below=)");
}

void policy_needs_audit(struct findings *f)
{
	if (!kernel_custody_is_exact())
		findings_add(
			f, FINDING_NO_POLICY, "boot Linux 7.3 or newer, or use the lab",
			"this kernel does not tell custody (Linux 7.1 is the first that does), so it can't be "
			"audited from outside a policy");
	else if (!kernel_has_function("scx_dispatch_enqueue"))
		findings_add(
			f, FINDING_NO_POLICY, "boot Linux 7.3 or newer, or use the lab",
			"this kernel has not the functions in which custody is seen from outside a policy");
}

static void find_lockdown(struct findings *f)
{
	char *line = NULL;

	if (!fs_read_line(fs_sys("/sys/kernel/security/lockdown"), &line) &&
	    strstr(line, "[confidentiality]"))
		findings_add(
			f, FINDING_UNSOUND, "boot without lockdown=confidentiality, or use the lab",
			"the kernel is locked down (confidentiality): it refuses BPF programs that read its "
			"memory, and debugfs is shut");
	else if (line && strstr(line, "[integrity]"))
		findings_add(
			f, FINDING_MISSING, "boot without lockdown=integrity (Secure Boot), if they matter",
			"the kernel is locked down (integrity): debugfs is shut, fair's settings are unknown");
	free(line);
}

/* Both by version: nothing that a program can read shows them. */
static void find_watchdog_errata(struct findings *f, unsigned major, unsigned minor)
{
	if (major != 7 || minor < 1 || minor > 3)
		return;
	findings_add(
		f, FINDING_UNSOUND, "read an ejection for a stall with care: look at its dump",
		"the watchdog of Linux 7.1 to 7.3 can blame the wrong scheduler during a bypass, and counts "
		"time outside the class as a stall");
}

static void find_dequeue_errata(struct findings *f, unsigned major, unsigned minor)
{
	struct scx_state s;

	scx_state_read(&s);
	if (!s.present || major > 7 || (major == 7 && minor > 0))
		return;
	findings_add(
		f, FINDING_MISSING, "boot Linux 7.1 or newer, if custody matters",
		"ops.dequeue() of kernels before 7.1 is not called for most tasks that leave a queue: the ledger "
		"infers exits, time in custody is unknown, and hotplug in a storm can stall the kernel");
}

void policy_errata(struct findings *f)
{
	unsigned major = 0, minor = 0;
	char *release = NULL;
	struct utsname u;

	find_lockdown(f);
	if (kernel_btf_is_unsound())
		findings_add(
			f, FINDING_NO_POLICY,
			"a fault of this kernel package: boot another version, or use the lab",
			"the kernel's BTF has wrong function prototypes and refuses every sched_ext object");
	uname(&u);
	if (fs_read_line(fs_sys("/proc/sys/kernel/osrelease"), &release))
		release = mem_strdup(u.release);
	if (sscanf(release, "%u.%u", &major, &minor) == 2) {
		find_watchdog_errata(f, major, minor);
		find_dequeue_errata(f, major, minor);
	}
	free(release);
}
