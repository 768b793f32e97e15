/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The settings of CPUs that decide how fast they run. Where CPUs differ, a task's speed depends on its CPU.
 */
#include <math.h>
#include <string.h>
#include "judge/fitness_line.h"
#include "record/env_key.h"
#include "record/metric_name.h"
#include "util/mem.h"

/* How many values a setting has: of all CPUs 1. */
static unsigned count_values(const char *setting)
{
	unsigned nr = 0;

	for (const char *at = setting; (at = strstr(at, " on CPU ")); at++)
		nr++;
	return nr ? nr : 1;
}

/* Adds a warning if CPUs differ; whether they do. */
static bool add_different(struct fitness *f, const char *what, const char *noun, const char *setting)
{
	unsigned nr = count_values(setting);

	if (nr > 1)
		fitness_add(f, what, FIT_WARNS, mem_printf("%u %s: %s", nr, noun, setting));
	return nr > 1;
}

static void add_governor(struct fitness *f, const struct run *run)
{
	static const char *const what = "frequency governor";
	const char *governor = run_env_known(run, ENV_CPU_GOVERNOR);

	if (!governor)
		fitness_add(f, what, FIT_UNKNOWN, mem_strdup("the machine has none, or does not show it"));
	else if (add_different(f, what, "governors", governor))
		return;
	else if (!strcmp(governor, "performance"))
		fitness_add(f, what, FIT_GOOD, mem_strdup(governor));
	else
		fitness_add(f, what, FIT_WARNS,
			    mem_printf("%s: the clock follows the load, which policies spread differently",
				       governor));
}

/* Drivers without one choose by the governor alone. */
static void add_preference(struct fitness *f, const struct run *run)
{
	static const char *const what = "energy preference";
	const char *preference = run_env_known(run, ENV_CPU_EPP);

	if (!preference || add_different(f, what, "preferences", preference))
		return;
	if (!strcmp(preference, "performance") || !strcmp(preference, "0"))
		fitness_add(f, what, FIT_GOOD, mem_strdup(preference));
	else
		fitness_add(
			f, what, FIT_WARNS,
			mem_printf("%s: the CPUs give up speed for energy when they see fit", preference));
}

/* Kinds of cores have limits of their own, which is not a warning. */
static void add_limits(struct fitness *f, const struct run *run)
{
	const char *limits = run_env_known(run, ENV_CPU_FREQUENCY);

	if (limits)
		fitness_add(f, "frequency limits", strstr(limits, ENV_LIMITED) ? FIT_WARNS : FIT_GOOD,
			    mem_strdup(limits));
}

static void add_turbo(struct fitness *f, const struct run *run)
{
	const char *no_turbo = run_env_known(run, ENV_CPU_NO_TURBO),
		   *boost = run_env_known(run, ENV_CPU_BOOST);
	bool off = (no_turbo && !strcmp(no_turbo, "1")) || (boost && !strcmp(boost, "0"));

	if (!no_turbo && !boost)
		fitness_add(f, "turbo", FIT_UNKNOWN, mem_strdup("the machine has none, or does not show it"));
	else if (boost && add_different(f, "turbo", "settings of boost", boost))
		return;
	else
		fitness_add(f, "turbo", off ? FIT_GOOD : FIT_WARNS,
			    mem_strdup(off ? "off"
					   : "on: the clock depends on heat and on how many CPUs are busy"));
}

static void add_idle(struct fitness *f, const struct run *run)
{
	const char *off = run_env_known(run, ENV_CPU_IDLE_OFF);

	if (off)
		add_different(f, "idle states that are off", "settings", off);
}

static void add_heat(struct fitness *f, const struct compare *c)
{
	static const char *const what = "slowed down for heat";
	unsigned slowed = 0, nr = 0;

	for (size_t i = 0; i < c->run->nr; i++) {
		double times = metrics_value(&c->run->sample[i].metrics, METRIC_THROTTLES);

		nr += !isnan(times);
		slowed += times > 0;
	}
	if (slowed)
		fitness_add(f, what, FIT_WARNS, mem_printf("CPUs were, during %u of %u samples", slowed, nr));
	else if (nr)
		fitness_add(f, what, FIT_GOOD, mem_strdup("no CPU was, in any sample"));
}

void fitness_add_cpus(struct fitness *f, const struct compare *c)
{
	add_governor(f, &c->run->run);
	add_preference(f, &c->run->run);
	add_limits(f, &c->run->run);
	add_turbo(f, &c->run->run);
	add_idle(f, &c->run->run);
	add_heat(f, c);
}
