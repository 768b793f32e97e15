/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A kernel of 2,048 CPUs, of which a thread may use CPU 0, 63, 1024 and 2047: it stands in for the C
 * library's calls. */
#include <errno.h>
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "util/affinity.h"

#define MASK_BYTES (2048 / 8)

static struct affinity machine;
static pid_t changed;

/* As the kernel: a set that is too small for its CPUs is refused. */
int sched_getaffinity(pid_t pid, size_t size, cpu_set_t *set)
{
	(void)pid;
	if (size < MASK_BYTES) {
		errno = EINVAL;
		return -1;
	}
	memset(set, 0, size);
	memcpy(set, machine.mask, MASK_BYTES);
	return 0;
}

int sched_setaffinity(pid_t pid, size_t size, const cpu_set_t *set)
{
	changed = pid;
	memset(&machine, 0, sizeof(machine));
	memcpy(machine.mask, set, size < MASK_BYTES ? size : MASK_BYTES);
	return 0;
}

static int make_machine(void **state)
{
	const int cpus[] = { 0, 63, 1024, 2047 };

	(void)state;
	memset(&machine, 0, sizeof(machine));
	for (size_t i = 0; i < sizeof(cpus) / sizeof(*cpus); i++)
		affinity_add(&machine, cpus[i]);
	return 0;
}

static void every_cpu_of_a_large_machine_is_seen(void **state)
{
	struct affinity a, first;
	int nr, *cpu;

	(void)state;
	assert_int_equal(affinity_get(&a), 0);
	cpu = affinity_list(&a, &nr);
	assert_int_equal(nr, 4);
	assert_int_equal(cpu[0], 0);
	assert_int_equal(cpu[1], 63);
	assert_int_equal(cpu[2], 1024);
	assert_int_equal(cpu[3], 2047);
	free(cpu);
	first = affinity_first(&a);
	cpu = affinity_list(&first, &nr);
	assert_int_equal(nr, 1);
	assert_int_equal(cpu[0], 0);
	free(cpu);
}

static void a_thread_is_moved_to_a_cpu_beyond_1024(void **state)
{
	struct affinity last = { 0 }, now;

	(void)state;
	affinity_add(&last, 2047);
	assert_int_equal(affinity_set_of(77, &last), 0);
	assert_int_equal(changed, 77);
	assert_int_equal(affinity_get(&now), 0);
	assert_true(affinity_same(&now, &last));
}

static void a_list_is_read_up_to_its_end(void **state)
{
	struct affinity a = { 0 };
	int nr, *cpu;

	(void)state;
	affinity_parse(&a, "\t0-2,5,1024-1026\nMems_allowed_list:\t7\n");
	cpu = affinity_list(&a, &nr);
	assert_int_equal(nr, 7);
	assert_int_equal(cpu[2], 2);
	assert_int_equal(cpu[3], 5);
	assert_int_equal(cpu[6], 1026);
	assert_true(affinity_has(&a, 1024));
	assert_false(affinity_has(&a, 7));
	free(cpu);
	affinity_parse(&a, "4000000000,1");
	affinity_parse(&a, "none");
	assert_true(affinity_list_has("0-2,5,1024-1026\n", 5));
	assert_true(affinity_list_has("0-2,5,1024-1026\n", 1026));
	assert_false(affinity_list_has("0-2,5,1024-1026\n", 3));
	assert_false(affinity_list_has("\n", 0));
	cpu = affinity_list(&a, &nr);
	assert_int_equal(nr, 7);
	free(cpu);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(every_cpu_of_a_large_machine_is_seen, make_machine),
		cmocka_unit_test_setup(a_thread_is_moved_to_a_cpu_beyond_1024, make_machine),
		cmocka_unit_test(a_list_is_read_up_to_its_end),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("affinity", tests, NULL, NULL);
}
