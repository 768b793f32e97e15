/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a sample says about its CPUs: how often heat slowed them down, and their energy. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>
#include "collect/sources.h"
#include "metric_found.h"
#include "record/metric_name.h"
#include "scratch.h"

static void heat_in_a_sample_is_counted(void **state)
{
	static const char *const
		core = "sys/devices/system/cpu/cpu0/thermal_throttle/core_throttle_count",
		*const package = "sys/devices/system/cpu/cpu10/thermal_throttle/package_throttle_count";
	struct metrics m = { 0 };
	struct source *s;

	(void)state;
	setenv("SCXBENCH_ROOT", scratch, 1);
	scratch_put(core, "7\n");
	scratch_put(package, "1\n");
	s = collect_heat.begin(NULL);
	scratch_put(core, "9\n");
	scratch_put(package, "2\n");
	collect_heat.end(s, &m);
	assert_true(value(&m, METRIC_THROTTLES) == 3);
	s = collect_heat.begin(NULL);
	scratch_put(core, "0\n");
	collect_heat.end(s, &m);
	assert_string_equal(absent(&m, METRIC_THROTTLES), "CPUs went offline meanwhile");
	unsetenv("SCXBENCH_ROOT");
	metrics_free(&m);
}

#define POWERCAP "sys/class/powercap/"

static void put_domain(const char *domain, const char *name, const char *uj)
{
	char path[96];

	snprintf(path, sizeof(path), POWERCAP "%s/name", domain);
	scratch_put(path, name);
	snprintf(path, sizeof(path), POWERCAP "%s/max_energy_range_uj", domain);
	scratch_put(path, "65532610987\n");
	snprintf(path, sizeof(path), POWERCAP "%s/energy_uj", domain);
	scratch_put(path, uj);
}

/* Package 1 wraps meanwhile. What mmio and psys count is in the packages already, or more than the CPUs'. */
static struct metrics spent(double work, const char *rating)
{
	struct metrics m = { 0 };
	struct source *s;

	put_domain("intel-rapl:0", "package-0\n", "1000000\n");
	put_domain("intel-rapl:1", "package-1\n", "65532000000\n");
	put_domain("intel-rapl:0:0", "core\n", "5\n");
	put_domain("intel-rapl:1:0", "core\n", "5\n");
	put_domain("intel-rapl:2", "psys\n", "0\n");
	put_domain("intel-rapl-mmio:0", "package-0\n", "1000000\n");
	scratch_put(POWERCAP "intel-rapl:0/constraint_0_max_power_uw", rating);
	s = collect_energy.begin(NULL);
	put_domain("intel-rapl:0", "package-0\n", "3000000\n");
	put_domain("intel-rapl:1", "package-1\n", "389013\n");
	put_domain("intel-rapl:0:0", "core\n", "500005\n");
	put_domain("intel-rapl:1:0", "core\n", "250005\n");
	put_domain("intel-rapl:2", "psys\n", "9000000\n");
	put_domain("intel-rapl-mmio:0", "package-0\n", "3000000\n");
	if (work >= 0)
		metrics_add(&m, METRIC_WORK_DONE, "request", BETTER_NONE, work);
	collect_energy.end(s, &m);
	return m;
}

static void the_energy_of_all_packages_is_summed(void **state)
{
	struct metrics m;

	(void)state;
	setenv("SCXBENCH_ROOT", scratch, 1);
	m = spent(-1, "95000000\n");
	assert_true(fabs(value(&m, METRIC_ENERGY_PACKAGE) - 3) < 1e-9);
	assert_true(fabs(value(&m, METRIC_ENERGY_CORE) - 0.75) < 1e-9);
	assert_string_equal(absent(&m, METRIC_ENERGY_DRAM), "powercap has no such domain here");
	assert_string_equal(metrics_find(&m, METRIC_ENERGY_WORK)->unit, "J/run");
	assert_true(fabs(value(&m, METRIC_ENERGY_WORK) - 3) < 1e-9);
	metrics_free(&m);
	m = spent(6, "0\n");
	assert_string_equal(metrics_find(&m, METRIC_ENERGY_WORK)->unit, "J/request");
	assert_true(fabs(value(&m, METRIC_ENERGY_WORK) - 0.5) < 1e-9);
	metrics_free(&m);
	m = spent(0, "95000000\n");
	assert_string_equal(absent(&m, METRIC_ENERGY_WORK), "no work was done");
	metrics_free(&m);
	/* A rating so large that the counter goes round in less than the sample takes. */
	m = spent(-1, "18000000000000000000\n");
	assert_string_equal(absent(&m, METRIC_ENERGY_PACKAGE),
			    "so long a sample may hide a turn of the counter");
	assert_true(fabs(value(&m, METRIC_ENERGY_CORE) - 0.75) < 1e-9);
	metrics_free(&m);
	unsetenv("SCXBENCH_ROOT");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(heat_in_a_sample_is_counted, scratch_setup, scratch_teardown),
		cmocka_unit_test_setup_teardown(the_energy_of_all_packages_is_summed, scratch_setup,
						scratch_teardown),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
