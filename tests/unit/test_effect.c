/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whether a rule can have an effect on a cgroup. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "control/effect.h"
#include "util/cause.h"

static int set_cpu(const char *cpuset, unsigned cpu)
{
	const struct target t = { .kind = TARGET_CGROUP };
	struct scxb_setting s = { .set = SCXB_HAS_SETTING(cpu) };

	s.value[SCXB_SETTING_cpu] = cpu;
	return effect_check(&t, cpuset, &s);
}

static void a_cgroup_has_the_cpus_of_its_cpuset(void **state)
{
	(void)state;
	assert_int_equal(set_cpu("0-1,4,1024-1026\n", 1), 0);
	assert_int_equal(set_cpu("0-1,4,1024-1026\n", 2), -CAUSE_USAGE);
	assert_int_equal(set_cpu("0-1,4,1024-1026\n", 4), 0);
	assert_int_equal(set_cpu("0-1,4,1024-1026\n", 1027), -CAUSE_USAGE);
	assert_int_equal(set_cpu(NULL, 2), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_cgroup_has_the_cpus_of_its_cpuset),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("effect", tests, NULL, NULL);
}
