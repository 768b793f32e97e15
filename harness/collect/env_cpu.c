/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The environment's part about CPUs: how fast they may run, how deep they sleep, and which are left out. */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "collect/by_cpu.h"
#include "collect/env.h"
#include "collect/env_add.h"
#include "record/env_key.h"
#include "util/fs.h"
#include "util/mem.h"

#define CPUS "/sys/devices/system/cpu/"

static void add_by_cpu(struct run *run, const char *key, const struct by_cpu *b)
{
	char *text = by_cpu_text(b);

	if (text)
		env_add(run, key, text);
	else
		env_add_unknown(run, key, -ENOENT);
	free(text);
}

static void add_each_cpus(struct run *run, const char *key, const char *file)
{
	struct by_cpu b = { 0 };

	by_cpu_read(&b, file);
	add_by_cpu(run, key, &b);
	by_cpu_free(&b);
}

static const char *value_of(const struct by_cpu *b, unsigned cpu)
{
	return cpu < b->nr && b->value[cpu] ? b->value[cpu] : "?";
}

/* "400000-5000000 kHz", and what the CPU could where that is more. */
static void add_limits(struct run *run)
{
	struct by_cpu low = { 0 }, high = { 0 }, most = { 0 };

	by_cpu_read(&low, "cpufreq/scaling_min_freq");
	by_cpu_read(&high, "cpufreq/scaling_max_freq");
	by_cpu_read(&most, "cpufreq/cpuinfo_max_freq");
	for (unsigned cpu = 0; cpu < high.nr; cpu++) {
		const char *could = value_of(&most, cpu);
		char *max = high.value[cpu];
		bool limited = max && *could != '?' && strcmp(could, max);

		if (!max)
			continue;
		high.value[cpu] =
			mem_printf("%s-%s kHz%s%s%s", value_of(&low, cpu), max, limited ? ENV_LIMITED : "",
				   limited ? could : "", limited ? ")" : "");
		free(max);
	}
	add_by_cpu(run, ENV_CPU_FREQUENCY, &high);
	by_cpu_free(&low);
	by_cpu_free(&high);
	by_cpu_free(&most);
}

/* Drivers of newer kernels have boost for each policy, others one for all. */
static void add_boost(struct run *run)
{
	struct by_cpu b = { 0 };

	by_cpu_read(&b, "cpufreq/boost");
	if (b.nr)
		add_by_cpu(run, ENV_CPU_BOOST, &b);
	else
		env_add_file(run, ENV_CPU_BOOST, CPUS "cpufreq/boost");
	by_cpu_free(&b);
}

void env_add_frequency(struct run *run)
{
	add_each_cpus(run, ENV_CPU_GOVERNOR, "cpufreq/scaling_governor");
	add_each_cpus(run, ENV_CPU_EPP, "cpufreq/energy_performance_preference");
	add_limits(run);
	env_add_file(run, ENV_CPU_NO_TURBO, CPUS "intel_pstate/no_turbo");
	add_boost(run);
}

#define NONE "none"

/* Adds a state to those of a CPU that are off. */
static void note_off(char **off, const char *name)
{
	char *more = strcmp(*off, NONE) ? mem_printf("%s %s", *off, name) : mem_strdup(name);

	free(*off);
	*off = more;
}

/* off: by CPU, the states that are off. Whether any CPU has a state of this number. */
static bool read_state(struct by_cpu *off, unsigned state)
{
	char *disable = mem_printf("cpuidle/state%u/disable", state),
	     *label = mem_printf("cpuidle/state%u/name", state);
	struct by_cpu disabled = { 0 }, name = { 0 };
	bool any;

	by_cpu_read(&disabled, disable);
	by_cpu_read(&name, label);
	for (unsigned cpu = 0; cpu < disabled.nr && cpu < off->nr; cpu++)
		if (disabled.value[cpu] && off->value[cpu] && strcmp(disabled.value[cpu], "0"))
			note_off(&off->value[cpu], value_of(&name, cpu));
	any = disabled.nr;
	by_cpu_free(&disabled);
	by_cpu_free(&name);
	free(disable);
	free(label);
	return any;
}

static void add_idle_off(struct run *run)
{
	struct by_cpu off = { 0 };
	unsigned state = 0;

	by_cpu_read(&off, "cpuidle/state0/name");
	for (unsigned cpu = 0; cpu < off.nr; cpu++)
		if (off.value[cpu]) {
			free(off.value[cpu]);
			off.value[cpu] = mem_strdup(NONE);
		}
	while (read_state(&off, state))
		state++;
	add_by_cpu(run, ENV_CPU_IDLE_OFF, &off);
	by_cpu_free(&off);
}

static void add_idle(struct run *run)
{
	static const char *const governor[] = { CPUS "cpuidle/current_governor",
						CPUS "cpuidle/current_governor_ro" };

	env_add_file(run, ENV_CPU_IDLE_DRIVER, CPUS "cpuidle/current_driver");
	env_add_file(run, ENV_CPU_IDLE_GOVERNOR, governor[!fs_exists(fs_sys("%s", governor[0]))]);
	add_idle_off(run);
}

/* NONE for a list of CPUs without any. The kernel prints "(null)" for a mask that was never made. */
static void add_list(struct run *run, const char *key, const char *path)
{
	char *line;
	int err = fs_read_line(fs_sys("%s", path), &line);

	if (err)
		env_add_unknown(run, key, err);
	else
		env_add(run, key, strpbrk(line, "0123456789") ? line + strspn(line, " \t") : NONE);
	free(line);
}

/* A "name:\tvalue" line of /proc/self/status. */
static void add_allowed(struct run *run, const char *key, const char *name)
{
	char *text, *line;
	int err = fs_read(fs_sys("/proc/self/status"), &text, NULL);

	line = err ? NULL : strstr(text, name);
	if (line) {
		line += strlen(name) + strspn(line + strlen(name), ": \t");
		line[strcspn(line, "\n")] = '\0';
		env_add(run, key, line);
	} else {
		env_add_unknown(run, key, err ? err : -ENOENT);
	}
	free(text);
}

void env_add_cpus(struct run *run)
{
	char cpus[32];

	snprintf(cpus, sizeof(cpus), "%ld", sysconf(_SC_NPROCESSORS_ONLN));
	env_add(run, ENV_CPU_ONLINE, cpus);
	add_list(run, ENV_CPU_OFFLINE, CPUS "offline");
	env_add_file(run, ENV_CPU_SMT, CPUS "smt/control");
	add_list(run, ENV_CPU_ISOLATED, CPUS "isolated");
	add_list(run, ENV_CPU_NOHZ_FULL, CPUS "nohz_full");
	add_list(run, ENV_CPU_PARTITIONS, "/sys/fs/cgroup/cpuset.cpus.isolated");
	add_allowed(run, ENV_CPU_ALLOWED, "Cpus_allowed_list");
	add_allowed(run, ENV_MEMORY_ALLOWED, "Mems_allowed_list");
	add_each_cpus(run, ENV_CPU_DRIVER, "cpufreq/scaling_driver");
	add_idle(run);
}
