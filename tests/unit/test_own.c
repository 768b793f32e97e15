/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a foreign object's own program would do before the load is done for it, with a made-up kernel. */
#include <bpf/btf.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include <linux/types.h>
#include "made_kernel.h"
#include "policy/knobs.h"
#include "policy/object.h"
#include "policy/ops.h"
#include "policy/own.h"
#include "scratch.h"
#include "stats_abi.h"
#include "util/cause.h"
#include "util/fs.h"

/* Where `make tests` puts the objects of tests/vm; the tests run at the top of the tree. */
#define OBJECTS ".build/lab/tests/vm/"

static int machine(void **state)
{
	struct btf *btf = made_kernel();
	const void *data;
	__u32 size;
	int err = scratch_setup(state);

	setenv("SCXBENCH_ROOT", scratch, 1);
	data = btf__raw_data(btf, &size);
	if (err || fs_mkdirs(scratch_path("sys/kernel/btf")) ||
	    fs_mkdirs(scratch_path("sys/kernel/sched_ext")) ||
	    fs_write_durable(scratch_path("sys/kernel/btf/vmlinux"), data, size) ||
	    fs_write_durable(scratch_path("sys/kernel/sched_ext/hotplug_seq"), "41\n", 3))
		return -1;
	btf__free(btf);
	return 0;
}

/* An object as far as it gets without a kernel. */
static struct policy opened(const char *path)
{
	struct policy p = { .name = "mine", .obj = bpf_object__open(path) };
	const struct policy_spec spec = { .object = (char *)path };

	assert_non_null(p.obj);
	assert_int_equal(ops_find(&spec, &p), 0);
	return p;
}

static void closed(struct policy *p)
{
	own_free(p);
	bpf_object__close(p->obj);
}

static uint64_t value_of(const struct policy *p, const char *name)
{
	struct bpf_map *map = bpf_object__find_map_by_name(p->obj, ".rodata");
	size_t len, offset, size;
	const char *data = bpf_map__initial_value(map, &len);
	uint64_t value = 0;

	assert_int_equal(rodata_find(bpf_object__btf(p->obj), name, &offset, &size), 0);
	memcpy(&value, data + offset, size);
	return value;
}

static void an_object_gets_what_its_program_would_give_it(void **state)
{
	struct policy p = opened(OBJECTS "foreign/header.bpf.o");
	size_t size;
	uint64_t seq;

	(void)state;
	assert_int_equal(own_prepare(&p), 0);
	assert_true(value_of(&p, "__SCX_DSQ_GLOBAL") == GLOBAL_DSQ);
	assert_int_equal(value_of(&p, "__SCX_SLICE_DFL"), SLICE);
	assert_int_equal(value_of(&p, "__SCX_ENQ_NOSUCH"), 0);
	assert_int_equal(value_of(&p, "nr_cpus"), 8192);
	assert_int_equal(value_of(&p, "uei_dump_len"), 32768);
	assert_int_equal(bpf_map__value_size(bpf_object__find_map_by_name(p.obj, ".data.uei_dump")), 32768);
	memcpy(&seq, ops_member(&p, "hotplug_seq", &size), sizeof(seq));
	assert_int_equal(seq, 41);
	assert_null(p.unset);
	closed(&p);
}

static void the_author_s_own_value_of_a_constant_stays(void **state)
{
	struct policy p = opened(OBJECTS "foreign/header.bpf.o");

	(void)state;
	assert_int_equal(object_set(&p, "__SCX_SLICE_DFL", 3000), 0);
	assert_int_equal(own_prepare(&p), 0);
	assert_int_equal(value_of(&p, "__SCX_SLICE_DFL"), 3000);
	closed(&p);
}

static void ops_that_the_kernel_lacks_are_left_out_and_said(void **state)
{
	struct policy p = opened(OBJECTS "foreign/header.bpf.o");
	const uint64_t group = 5;
	size_t size;

	(void)state;
	memcpy(ops_member(&p, "sub_cgroup_id", &size), &group, sizeof(group));
	assert_int_equal(own_prepare(&p), 0);
	assert_int_equal(*(char *)ops_member(&p, "sub_cgroup_id", &size), 0);
	assert_string_equal(p.unset, "ops.sub_cgroup_id is left out, which this kernel doesn't have");
	closed(&p);
}

static void what_an_object_pins_is_not_pinned_and_said(void **state)
{
	struct policy p = opened(OBJECTS "forms/pins.bpf.o");

	(void)state;
	assert_non_null(bpf_map__pin_path(bpf_object__find_map_by_name(p.obj, "form_shared")));
	assert_int_equal(own_prepare(&p), 0);
	assert_null(bpf_map__pin_path(bpf_object__find_map_by_name(p.obj, "form_shared")));
	assert_string_equal(p.unset, "its map form_shared is not pinned, so no other program has it");
	closed(&p);
}

static void an_array_that_its_program_makes_longer_is_refused(void **state)
{
	struct policy p = opened(OBJECTS "forms/grows.bpf.o");

	(void)state;
	assert_int_equal(own_prepare(&p), -CAUSE_REFUSED);
	closed(&p);
}

static void a_policy_of_our_contract_is_left_alone(void **state)
{
	struct policy p = opened(".build/lab/schedulers/fifo.bpf.o");
	struct bpf_map *counters = bpf_object__find_map_by_name(p.obj, SCXB_COUNTERS_MAP);
	size_t size;

	(void)state;
	/* As the loader makes them longer first, for all CPUs of a machine. */
	assert_int_equal(bpf_map__set_value_size(counters, 2 * bpf_map__value_size(counters)), 0);
	assert_int_equal(own_prepare(&p), 0);
	assert_int_equal(*(char *)ops_member(&p, "hotplug_seq", &size), 0);
	closed(&p);
}

static void what_the_header_declares_is_no_knob(void **state)
{
	struct policy p = opened(OBJECTS "foreign/header.bpf.o");
	struct knob *knobs;
	int nr = knobs_of_btf(bpf_object__btf(p.obj), &knobs);

	(void)state;
	assert_int_equal(nr, 3);
	for (int i = 0; i < nr; i++)
		assert_true(!strcmp(knobs[i].name, "extra_ns") || !strcmp(knobs[i].name, "nr_cpus") ||
			    !strcmp(knobs[i].name, "quiet"));
	knobs_free(knobs, nr);
	closed(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_object_gets_what_its_program_would_give_it),
		cmocka_unit_test(the_author_s_own_value_of_a_constant_stays),
		cmocka_unit_test(ops_that_the_kernel_lacks_are_left_out_and_said),
		cmocka_unit_test(what_an_object_pins_is_not_pinned_and_said),
		cmocka_unit_test(an_array_that_its_program_makes_longer_is_refused),
		cmocka_unit_test(a_policy_of_our_contract_is_left_alone),
		cmocka_unit_test(what_the_header_declares_is_no_knob),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, machine, scratch_teardown);
}
