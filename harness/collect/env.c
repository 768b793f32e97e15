/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "collect/env.h"
#include <errno.h>
#include <glob.h>
#include <sha2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "policy/policy.h"
#include "record/env_key.h"
#include "util/fs.h"
#include "util/locale.h"
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

static void add_unknown(struct run *run, const char *key, int err)
{
	char text[128];

	snprintf(text, sizeof(text), "unknown: %s", strerror(-err));
	env_add(run, key, text);
}

/* The first line of a file. */
static void add_file(struct run *run, const char *key, const char *path)
{
	char *line;
	int err = fs_read_line(fs_sys("%s", path), &line);

	if (err) {
		add_unknown(run, key, err);
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
		add_unknown(run, key, -ENOENT);
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
		add_unknown(run, key, -ENOENT);
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
		add_unknown(run, ENV_KERNEL_CMDLINE, err);
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
		add_file(run, ENV_KERNEL_BORE, BORE_FILE);
	add_cmdline(run);
	add_file(run, ENV_KERNEL_PREEMPT, "/sys/kernel/debug/sched/preempt");
	add_file(run, ENV_KERNEL_FEATURES, "/sys/kernel/debug/sched/features");
	add_file(run, ENV_EEVDF_SLICE, "/sys/kernel/debug/sched/base_slice_ns");
	add_file(run, ENV_KERNEL_SCHEDSTATS, "/proc/sys/kernel/sched_schedstats");
	add_file(run, ENV_KERNEL_NUMA, "/proc/sys/kernel/numa_balancing");
	add_file(run, ENV_KERNEL_CGROUPS, "/sys/fs/cgroup/cgroup.subtree_control");
	add_command(run, ENV_DISTRIBUTION, ". /etc/os-release 2>/dev/null && echo \"$PRETTY_NAME\"");
}

static void add_cpu(struct run *run)
{
	char cpus[32];

	add_cpuinfo(run, ENV_CPU, "model name");
	add_cpuinfo(run, ENV_CPU_MICROCODE, "microcode");
	snprintf(cpus, sizeof(cpus), "%ld", sysconf(_SC_NPROCESSORS_ONLN));
	env_add(run, ENV_CPU_ONLINE, cpus);
	add_file(run, ENV_CPU_DRIVER, "/sys/devices/system/cpu/cpu0/cpufreq/scaling_driver");
	add_file(run, ENV_CPU_SMT, "/sys/devices/system/cpu/smt/control");
	add_file(run, ENV_CPU_IDLE_DRIVER, "/sys/devices/system/cpu/cpuidle/current_driver");
	add_each(run, ENV_MITIGATION, "/sys/devices/system/cpu/vulnerabilities/*");
	add_file(run, ENV_CLOCKSOURCE, "/sys/devices/system/clocksource/clocksource0/current_clocksource");
	add_file(run, ENV_MEMORY, "/proc/meminfo");
	env_add(run, ENV_HYPERVISOR, *env_hypervisor() ? env_hypervisor() : "none");
}

static void add_tools(struct run *run)
{
	add_command(run, ENV_TOOL "cyclictest", "cyclictest --help 2>&1 | head -1");
	add_command(run, ENV_TOOL "hackbench", "hackbench --help 2>&1 | head -1");
	add_command(run, ENV_TOOL "perf", "perf --version 2>/dev/null");
	add_command(run, ENV_TOOL "gcc", "gcc --version 2>/dev/null | head -1");
	add_command(run, ENV_TOOL "make", "make --version 2>/dev/null | head -1");
}

static const struct {
	const char *key, *path;
} settings[] = {
	{ ENV_KERNEL_AUTOGROUP, "/proc/sys/kernel/sched_autogroup_enabled" },
	{ ENV_KERNEL_THP, "/sys/kernel/mm/transparent_hugepage/enabled" },
	{ ENV_CPU_NO_TURBO, "/sys/devices/system/cpu/intel_pstate/no_turbo" },
	{ ENV_CPU_BOOST, "/sys/devices/system/cpu/cpufreq/boost" },
};

static void add_settings(struct run *run)
{
	env_add_governor(run);
	for (size_t i = 0; i < sizeof(settings) / sizeof(*settings); i++)
		add_file(run, settings[i].key, settings[i].path);
}

/* Moves the last pair to the place of the first pair with its key. */
static void replace_with_last(struct run *run)
{
	struct pair last = run->env[--run->nr_env], *old = run->env;

	while (strcmp(old->key, last.key))
		old++;
	free(old->key);
	free(old->value);
	*old = last;
}

void env_settings(struct run *run)
{
	env_add_governor(run);
	replace_with_last(run);
	for (size_t i = 0; i < sizeof(settings) / sizeof(*settings); i++) {
		add_file(run, settings[i].key, settings[i].path);
		replace_with_last(run);
	}
}

void env_add_hash(struct run *run, const char *key, const char *path)
{
	char hex[SHA256_DIGEST_STRING_LENGTH];

	if (SHA256File(path, hex))
		env_add(run, key, hex);
	else
		add_unknown(run, key, -errno);
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

void env_collect(const char *home, struct run *run)
{
	add_kernel(run);
	add_cpu(run);
	add_settings(run);
	add_tools(run);
	add_hashes(run, home);
	run->emulated = !strcmp(env_hypervisor(), "tcg");
}
