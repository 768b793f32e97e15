/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a policy is told of the machine before it is loaded: its CPUs, and the kernel's base slice. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "policy/knobs.h"
#include "policy/object.h"
#include "scratch.h"
#include "topology/topology.h"
#include "util/fs.h"

#define EEVDF ".build/lab/schedulers/eevdf.bpf.o"
#define SLICE_FILE "sys/kernel/debug/sched/base_slice_ns"

static int machine(void **state)
{
	int err = scratch_setup(state);

	setenv("SCXBENCH_ROOT", scratch, 1);
	return err;
}

static int no_machine(void **state)
{
	unsetenv("SCXBENCH_ROOT");
	return scratch_teardown(state);
}

static struct policy sized(void)
{
	struct policy p = { .name = "eevdf", .obj = bpf_object__open(EEVDF) };
	struct policy_setup setup = { 0 };
	struct topology t;

	assert_non_null(p.obj);
	assert_int_equal(topology_load("synthetic:core:3 pu:2", &t), 0);
	setup.topology = &t;
	assert_int_equal(machine_size(&p, &setup), 0);
	topology_free(&t);
	return p;
}

static uint64_t base_slice(const struct policy *p)
{
	const struct bpf_map *rodata = bpf_object__find_map_by_name(p->obj, ".rodata");
	size_t offset, size, len;
	const char *data = bpf_map__initial_value(rodata, &len);
	uint64_t value;

	assert_int_equal(rodata_find(bpf_object__btf(p->obj), "scxb_base_slice_ns", &offset, &size), 0);
	assert_int_equal(size, sizeof(value));
	memcpy(&value, data + offset, size);
	return value;
}

static void each_cpu_has_a_queue(void **state)
{
	struct policy p = sized();

	(void)state;
	assert_int_equal(bpf_map__max_entries(bpf_object__find_map_by_name(p.obj, "eevdf_queues")), 6);
	bpf_object__close(p.obj);
}

static void the_base_slice_is_the_kernel_s(void **state)
{
	struct policy p = sized();

	(void)state;
	assert_int_equal(base_slice(&p), 0);
	bpf_object__close(p.obj);
	assert_int_equal(fs_mkdirs(scratch_path("sys/kernel/debug/sched")), 0);
	assert_int_equal(fs_write_durable(scratch_path(SLICE_FILE), "2800000\n", 8), 0);
	p = sized();
	assert_int_equal(base_slice(&p), 2800000);
	bpf_object__close(p.obj);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(each_cpu_has_a_queue, machine, no_machine),
		cmocka_unit_test_setup_teardown(the_base_slice_is_the_kernel_s, machine, no_machine),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
