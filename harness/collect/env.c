/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "collect/env.h"
#include <errno.h>
#include <glob.h>
#include <sha2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>

#include "collect/env_add.h"
#include "policy/policy.h"
#include "record/env_key.h"
#include "util/fs.h"
#include "util/guest.h"
#include "util/locale.h"
#include "util/process.h"
#include "util/version.h"
#include "util/mem.h"

#define BORE_FILE "/proc/sys/kernel/sched_bore"

void env_add(struct run *run, const char *key, const char *value)
{
	run->env = reallocarray(run->env, run->nr_env + 1, sizeof(*run->env));
	if (!run->env)
		abort();
	run->env[run->nr_env++] = (struct pair){ strdup(key), strdup(value) };
}

void env_add_unknown(struct run *run, const char *key, int err)
{
	char text[128];

	snprintf(text, sizeof(text), "unknown: %s", strerror(-err));
	env_add(run, key, text);
}

void env_add_file(struct run *run, const char *key, const char *path)
{
	char *line;
	int err = fs_read_line(fs_sys("%s", path), &line);

	if (err) {
		env_add_unknown(run, key, err);
		return;
	}
	line[strcspn(line, "\n")] = '\0';
	env_add(run, key, line);
	free(line);
}

/* The first line that a command prints. */
static void add_command(struct run *run, const char *key, const char *command)
{
	char line[512] = "";
	FILE *f = locale_popen(command);

	if (!f || !fgets(line, sizeof(line), f) || line[0] == '\n')
		env_add(run, key, "unknown: not found");
	else {
		line[strcspn(line, "\n")] = '\0';
		env_add(run, key, line);
	}
	if (f)
		pclose(f);
}

/* A "name : value" line of /proc/cpuinfo. */
static void add_cpuinfo(struct run *run, const char *key, const char *name)
{
	char *text, *line, *save = NULL, *value = NULL;

	if (fs_read(fs_sys("/proc/cpuinfo"), &text, NULL)) {
		env_add_unknown(run, key, -ENOENT);
		return;
	}
	for (line = strtok_r(text, "\n", &save); line && !value; line = strtok_r(NULL, "\n", &save))
		if (!strncmp(line, name, strlen(name)) && strchr(line, ':'))
			value = strchr(line, ':') + 1;
	env_add(run, key, value ? value + strspn(value, " ") : "unknown: not reported");
	free(text);
}

/* Every file that matches a pattern, as key.name = first line. */
static void add_each(struct run *run, const char *key, const char *pattern)
{
	char name[512];
	glob_t g;

	if (glob(fs_sys("%s", pattern), 0, NULL, &g)) {
		env_add_unknown(run, key, -ENOENT);
		return;
	}
	for (size_t i = 0; i < g.gl_pathc; i++) {
		char *line;

		snprintf(name, sizeof(name), "%s.%s", key, strrchr(g.gl_pathv[i], '/') + 1);
		if (fs_read_line(g.gl_pathv[i], &line))
			continue;
		env_add(run, name, line);
		free(line);
	}
	globfree(&g);
}

/* Without the name that the lab gave its job: it is different each time and says nothing about the kernel. */
static void add_cmdline(struct run *run)
{
	char *line, *job;
	int err = fs_read_line(fs_sys("/proc/cmdline"), &line);

	if (err) {
		env_add_unknown(run, ENV_KERNEL_CMDLINE, err);
		return;
	}
	job = strstr(line, "SCXB_JOB=");
	if (job) {
		char *rest = job + strcspn(job, " ");

		rest += strspn(rest, " ");
		memmove(job, rest, strlen(rest) + 1);
	}
	env_add(run, ENV_KERNEL_CMDLINE, line);
	free(line);
}

static void add_kernel(struct run *run)
{
	struct utsname u;

	uname(&u);
	env_add(run, ENV_KERNEL, u.release);
	env_add(run, ENV_KERNEL_VERSION, u.version);
	env_add(run, ENV_MACHINE, u.machine);
	env_add(run, ENV_FAIR, env_fair_here());
	if (fs_exists(fs_sys(BORE_FILE))) /* only where the kernel has the patch */
		env_add_file(run, ENV_KERNEL_BORE, BORE_FILE);
	add_cmdline(run);
	env_add_file(run, ENV_KERNEL_PREEMPT, "/sys/kernel/debug/sched/preempt");
	env_add_file(run, ENV_KERNEL_FEATURES, "/sys/kernel/debug/sched/features");
	env_add_file(run, ENV_EEVDF_SLICE, "/sys/kernel/debug/sched/base_slice_ns");
	env_add_file(run, ENV_KERNEL_SCHEDSTATS, "/proc/sys/kernel/sched_schedstats");
	env_add_file(run, ENV_KERNEL_NUMA, "/proc/sys/kernel/numa_balancing");
	env_add_file(run, ENV_KERNEL_THP_DEFRAG, "/sys/kernel/mm/transparent_hugepage/defrag");
	env_add_file(run, ENV_IRQ_AFFINITY, "/proc/irq/default_smp_affinity");
	env_add_file(run, ENV_KERNEL_CGROUPS, "/sys/fs/cgroup/cgroup.subtree_control");
	add_command(run, ENV_DISTRIBUTION, ". /etc/os-release 2>/dev/null && echo \"$PRETTY_NAME\"");
}

static void add_cpu(struct run *run)
{
	add_cpuinfo(run, ENV_CPU, "model name");
	add_cpuinfo(run, ENV_CPU_MICROCODE, "microcode");
	env_add_cpus(run);
	add_each(run, ENV_MITIGATION, "/sys/devices/system/cpu/vulnerabilities/*");
	env_add_file(run, ENV_CLOCKSOURCE,
		     "/sys/devices/system/clocksource/clocksource0/current_clocksource");
	env_add_file(run, ENV_MEMORY, "/proc/meminfo");
	env_add(run, ENV_HYPERVISOR, *env_hypervisor() ? env_hypervisor() : "none");
}

static void add_tools(struct run *run)
{
	/* Without the question the shell's own complaint would be the version. */
	add_command(run, ENV_TOOL "cyclictest",
		    "command -v cyclictest >/dev/null && cyclictest --help 2>&1 | head -1");
	add_command(run, ENV_TOOL "hackbench",
		    "command -v hackbench >/dev/null && hackbench --help 2>&1 | head -1");
	add_command(run, ENV_TOOL "perf", "perf --version 2>/dev/null");
	add_command(run, ENV_TOOL "gcc", "gcc --version 2>/dev/null | head -1");
	add_command(run, ENV_TOOL "make", "make --version 2>/dev/null | head -1");
}

static void add_settings(struct run *run)
{
	const char *irqbalance = process_state("irqbalance");

	env_add_frequency(run);
	env_add_file(run, ENV_KERNEL_AUTOGROUP, "/proc/sys/kernel/sched_autogroup_enabled");
	env_add_file(run, ENV_KERNEL_THP, "/sys/kernel/mm/transparent_hugepage/enabled");
	env_add(run, ENV_IRQ_BALANCE, irqbalance ? irqbalance : "none");
}

static void replace_value(struct run *run, const char *key, const char *value)
{
	struct pair *old = run->env;

	while (strcmp(old->key, key))
		old++;
	free(old->value);
	old->value = mem_strdup(value);
}

void env_settings(struct run *run)
{
	struct run now = { 0 };

	add_settings(&now);
	for (size_t i = 0; i < now.nr_env; i++)
		replace_value(run, now.env[i].key, now.env[i].value);
	run_free(&now);
}

void env_add_hash(struct run *run, const char *key, const char *path)
{
	char hex[SHA256_DIGEST_STRING_LENGTH];

	if (SHA256File(path, hex))
		env_add(run, key, hex);
	else
		env_add_unknown(run, key, -errno);
}

static void add_hashes(struct run *run, const char *home)
{
	char **policies = policy_list(home);

	env_add(run, ENV_VERSION, version_text());
	env_add_hash(run, ENV_HASH_PROGRAM, "/proc/self/exe");
	for (char **name = policies; *name; name++) {
		char *key = mem_printf(ENV_HASH "%s" POLICY_OBJECT_EXT, *name),
		     *object = policy_object(home, *name);

		env_add_hash(run, key, object);
		free(key);
		free(object);
	}
	policy_list_free(policies);
}

const char *env_fair_name(const char *release, bool bore)
{
	int major = 0, minor = 0;
	bool eevdf;

	sscanf(release, "%d.%d", &major, &minor);
	eevdf = major > 6 || (major == 6 && minor >= 6);
	if (bore)
		return eevdf ? "BORE (EEVDF with sched_bore=1)" : "BORE (CFS with sched_bore=1)";
	return eevdf ? "EEVDF" : "CFS";
}

const char *env_fair_here(void)
{
	struct utsname u;
	uint64_t bore = 0;

	uname(&u);
	return env_fair_name(u.release, !fs_read_u64(fs_sys(BORE_FILE), &bore) && bore);
}

void env_machine(struct run *run)
{
	add_kernel(run);
	add_cpu(run);
	run->emulated = !strcmp(guest_ahead() ?: env_hypervisor(), "tcg");
}

void env_collect(const char *home, struct run *run)
{
	env_machine(run);
	add_settings(run);
	add_tools(run);
	add_hashes(run, home);
}
