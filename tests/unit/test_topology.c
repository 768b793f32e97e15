/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <cmocka.h>
#include "scratch.h"
#include "topology/topology.h"
#include "util/affinity.h"
#include "util/fs.h"
#include "util/cause.h"

/* Tests run from the top of the tree. */
#define DATA(name) "tests/unit/data/" name

static struct topology load(const char *source)
{
	struct topology t;

	assert_int_equal(topology_load(source, &t), 0);
	return t;
}

/* What every topology promises, on any machine. */
static void check_row(const struct topology *t, const int *row, int self)
{
	char *seen = calloc(t->nr_l3, 1);

	assert_int_equal(row[0], self);
	for (int k = 0; k < t->nr_l3; k++) {
		assert_in_range(row[k], 0, t->nr_l3 - 1);
		assert_int_equal(seen[row[k]]++, 0);
	}
	free(seen);
}

static void check(const struct topology *t)
{
	for (int i = 0; i < t->nr_cpus; i++) {
		const struct topology_cpu *c = &t->cpu[i];

		assert_true(!i || t->cpu[i - 1].cpu < c->cpu);
		assert_in_range(c->core, 0, t->nr_cores - 1);
		assert_in_range(c->l3, 0, t->nr_l3 - 1);
		assert_in_range(c->node, 0, t->nr_nodes - 1);
		assert_in_range(c->package, 0, t->nr_packages - 1);
		assert_ptr_equal(topology_cpu(t, c->cpu), c);
	}
	assert_int_equal(t->max_cpu, t->cpu[t->nr_cpus - 1].cpu + 1);
	for (int i = 0; i < t->nr_nodes; i++)
		assert_int_equal(t->distance[i * t->nr_nodes + i], 10);
	for (int i = 0; i < t->nr_l3; i++)
		check_row(t, &t->near[i * t->nr_l3], i);
	assert_non_null(strstr(t->xml, "<topology"));
}

static void row_is(const struct topology *t, int i, const char *expected)
{
	char text[256] = "";

	for (int k = 0; k < t->nr_l3; k++)
		sprintf(text + strlen(text), k ? " %d" : "%d", t->near[i * t->nr_l3 + k]);
	assert_string_equal(text, expected);
}

static void a_laptop_with_cores_outside_the_l3(void **state)
{
	struct topology t = load(DATA("laptop.xml"));

	(void)state;
	check(&t);
	assert_string_equal(topology_line(&t), "1 package, 1 node, 2 L3 groups, 8 cores, 10 CPUs (SMT 2)");
	assert_true(t.has_l3);
	assert_int_equal(topology_cpu(&t, 0)->core, topology_cpu(&t, 1)->core);
	assert_int_not_equal(topology_cpu(&t, 4)->core, topology_cpu(&t, 5)->core);
	for (int cpu = 0; cpu < 10; cpu++)
		assert_int_equal(topology_cpu(&t, cpu)->l3, cpu >= 8);
	assert_string_equal(t.model, "Laptop with cores outside of the L3");
	topology_free(&t);
}

static void a_server_with_distances(void **state)
{
	const int distance[] = { 10, 12, 21, 32, 12, 10, 32, 21, 21, 32, 10, 12, 32, 21, 12, 10 };
	struct topology t = load(DATA("server.xml"));

	(void)state;
	check(&t);
	assert_string_equal(topology_line(&t), "2 packages, 4 nodes, 4 L3 groups, 8 cores, 16 CPUs (SMT 2)");
	assert_memory_equal(t.distance, distance, sizeof(distance));
	assert_int_equal(topology_cpu(&t, 3)->core, topology_cpu(&t, 11)->core);
	row_is(&t, 0, "0 1 2 3");
	row_is(&t, 1, "1 0 3 2");
	row_is(&t, 2, "2 3 0 1");
	row_is(&t, 3, "3 2 1 0");
	topology_free(&t);
}

/* From a node to another it may be farther than back. */
static void distances_have_a_direction(void **state)
{
	char *text, *at;
	struct topology t;

	(void)state;
	assert_int_equal(fs_read(DATA("server.xml"), &text, NULL), 0);
	at = strstr(text, "10 12 21 32 12 10");
	assert_non_null(at);
	memcpy(at, "10 13", 5);
	scratch_put("server.xml", text);
	free(text);
	t = load(scratch_path("server.xml"));
	assert_int_equal(t.distance[1], 13);
	assert_int_equal(t.distance[t.nr_nodes], 12);
	topology_free(&t);
}

static void a_machine_with_holes(void **state)
{
	struct topology t = load(DATA("holes.xml"));

	(void)state;
	check(&t);
	assert_string_equal(topology_line(&t),
			    "2 packages, 2 nodes, 2 L3 groups, 3 cores, 6 CPUs (SMT 2), 5 allowed");
	assert_int_equal(t.max_cpu, 66);
	assert_int_equal(topology_allowed(&t), 5);
	assert_false(topology_cpu(&t, 5)->allowed);
	assert_true(topology_cpu(&t, 4)->allowed);
	assert_null(topology_cpu(&t, 2));
	assert_null(topology_cpu(&t, 63));
	assert_null(topology_cpu(&t, 66));
	assert_null(topology_cpu(&t, -1));
	assert_int_equal(topology_cpu(&t, 64)->node, 1);
	assert_int_equal(t.distance[1], 20);
	topology_free(&t);
}

static void two_sockets_with_two_l3_each(void **state)
{
	struct topology t = load("synthetic:package:2 numa:1 l3:2 core:2 pu:2");

	(void)state;
	check(&t);
	assert_string_equal(topology_line(&t), "2 packages, 2 nodes, 4 L3 groups, 8 cores, 16 CPUs (SMT 2)");
	row_is(&t, 1, "1 0 2 3");
	row_is(&t, 2, "2 3 0 1");
	topology_free(&t);
}

static void one_node_over_two_sockets_prefers_the_own_one(void **state)
{
	struct topology t = load("synthetic:numa:1 package:2 l3:2 core:1 pu:1");

	(void)state;
	check(&t);
	row_is(&t, 2, "2 3 0 1");
	topology_free(&t);
}

static void siblings_far_apart_in_number(void **state)
{
	struct topology t = load("synthetic:package:1 l3:1 core:4 pu:2(indexes=0,4,1,5,2,6,3,7)");

	(void)state;
	check(&t);
	for (int cpu = 0; cpu < 4; cpu++) {
		assert_int_equal(topology_cpu(&t, cpu)->core, cpu);
		assert_int_equal(topology_cpu(&t, cpu + 4)->core, cpu);
	}
	topology_free(&t);
}

static void two_hundred_and_fifty_six_cpus(void **state)
{
	struct topology t = load("synthetic:package:2 numa:4 l3:4 core:4 pu:2");

	(void)state;
	check(&t);
	assert_string_equal(topology_line(&t),
			    "2 packages, 8 nodes, 32 L3 groups, 128 cores, 256 CPUs (SMT 2)");
	assert_int_equal(topology_cpu(&t, 255)->l3, 31);
	topology_free(&t);
}

/* Siblings are 4,096 apart, as on most machines of that size. */
static void eight_thousand_cpus(void **state)
{
	struct topology t = load("synthetic:package:8 numa:4 l3:16 core:8 pu:2(indexes=core:pu)");

	(void)state;
	check(&t);
	assert_string_equal(topology_line(&t),
			    "8 packages, 32 nodes, 512 L3 groups, 4096 cores, 8192 CPUs (SMT 2)");
	assert_int_equal(topology_cpu(&t, 4095)->core, topology_cpu(&t, 8191)->core);
	topology_free(&t);
}

static int node_of(const struct topology *t, int cpu)
{
	return topology_cpu(t, cpu)->node;
}

static void packages_are_not_joined_where_cpus_have_no_node(void **state)
{
	struct topology t = load(DATA("half-without-node.xml"));
	const int distance[] = { 10, 10, 20, 20, 10, 10, 20, 20, 20, 20, 10, 10, 20, 20, 10, 10 };

	(void)state;
	check(&t);
	assert_string_equal(topology_line(&t), "2 packages, 4 nodes, 4 L3 groups, 8 cores, 8 CPUs (SMT 1)");
	assert_memory_equal(t.distance, distance, sizeof(distance));
	row_is(&t, 0, "0 1 2 3");
	row_is(&t, 1, "1 0 2 3");
	row_is(&t, 2, "2 3 0 1");
	row_is(&t, 3, "3 2 0 1");
	topology_free(&t);
}

/* Node 0 is an expander of the whole machine; the CPUs of package 1 have no memory of their own. */
static void a_package_without_memory_stays_one(void **state)
{
	struct topology t = load(DATA("expander.xml"));
	const int distance[] = { 10, 20, 26, 29, 20, 10, 20, 20, 26, 20, 10, 12, 29, 20, 12, 10 };

	(void)state;
	check(&t);
	assert_string_equal(topology_line(&t), "3 packages, 4 nodes, 4 L3 groups, 4 cores, 4 CPUs (SMT 1)");
	assert_memory_equal(t.distance, distance, sizeof(distance));
	topology_free(&t);
}

static void shared_memory_is_not_a_node_of_its_own(void **state)
{
	struct topology t = load("synthetic:[numa] package:2 [numa] l3:2 core:2 pu:1");

	(void)state;
	check(&t);
	assert_int_equal(t.nr_nodes, 2);
	assert_int_equal(node_of(&t, 3), 0);
	assert_int_equal(node_of(&t, 4), 1);
	row_is(&t, 1, "1 0 2 3");
	topology_free(&t);
	t = load("synthetic:[numa] group:2 [numa] package:2 l3:2 core:2 pu:1");
	check(&t);
	assert_int_equal(t.nr_nodes, 2);
	assert_int_equal(node_of(&t, 7), 0);
	assert_int_equal(node_of(&t, 8), 1);
	row_is(&t, 2, "2 3 0 1 4 5 6 7");
	topology_free(&t);
	t = load("synthetic:[numa] package:2 l3:2 core:2 pu:1");
	check(&t);
	assert_int_equal(t.nr_nodes, 1);
	row_is(&t, 2, "2 3 0 1");
	topology_free(&t);
}

static void several_memories_of_a_cpu_are_one_node(void **state)
{
	struct topology t = load("synthetic:package:2 [numa] [numa] group:2 [numa] [numa] l3:1 core:2 pu:1");

	(void)state;
	check(&t);
	assert_int_equal(t.nr_nodes, 4);
	assert_int_equal(node_of(&t, 1), 0);
	assert_int_equal(node_of(&t, 2), 1);
	row_is(&t, 1, "1 0 2 3");
	row_is(&t, 3, "3 2 0 1");
	topology_free(&t);
}

static void no_l3_makes_packages_the_groups(void **state)
{
	struct topology t = load("synthetic:package:2 l2:2 core:2 pu:1");

	(void)state;
	check(&t);
	assert_string_equal(topology_line(&t), "2 packages, 1 node, 0 L3 groups, 8 cores, 8 CPUs (SMT 1)");
	assert_false(t.has_l3);
	assert_int_equal(t.nr_l3, 2);
	assert_int_equal(topology_cpu(&t, 3)->l3, 0);
	assert_int_equal(topology_cpu(&t, 4)->l3, 1);
	topology_free(&t);
}

static void nothing_but_cpus(void **state)
{
	struct topology t = load("synthetic:pu:3");

	(void)state;
	check(&t);
	assert_string_equal(topology_line(&t), "1 package, 1 node, 0 L3 groups, 3 cores, 3 CPUs (SMT 1)");
	assert_string_equal(t.model, "");
	topology_free(&t);
}

static void the_xml_tells_the_same_machine(void **state)
{
	struct topology t = load(DATA("holes.xml")), again;

	(void)state;
	assert_int_equal(fs_write_durable(scratch_path("x.xml"), t.xml, strlen(t.xml)), 0);
	again = load(scratch_path("x.xml"));
	assert_int_equal(again.nr_cpus, t.nr_cpus);
	assert_memory_equal(again.cpu, t.cpu, t.nr_cpus * sizeof(*t.cpu));
	topology_free(&again);
	again = load(t.xml);
	assert_memory_equal(again.cpu, t.cpu, t.nr_cpus * sizeof(*t.cpu));
	topology_free(&t);
	topology_free(&again);
}

static void this_machine_and_its_affinity(void **state)
{
	struct topology t = load(NULL), bound;
	struct affinity all, one;
	int nr;

	(void)state;
	check(&t);
	assert_int_equal(affinity_get(&all), 0);
	free(affinity_list(&all, &nr));
	assert_int_equal(topology_allowed(&t), nr);
	one = affinity_first(&all);
	assert_int_equal(affinity_set(&one), 0);
	bound = load(NULL);
	assert_int_equal(affinity_set(&all), 0);
	assert_int_equal(bound.nr_cpus, t.nr_cpus);
	assert_int_equal(topology_allowed(&bound), 1);
	topology_free(&t);
	topology_free(&bound);
}

static void rubbish_is_refused(void **state)
{
	struct topology t;

	(void)state;
	assert_int_equal(topology_load("synthetic:", &t), -EINVAL);
	assert_int_equal(topology_load("synthetic:gnu:2", &t), -EINVAL);
	assert_int_equal(topology_load("synthetic:package:0", &t), -EINVAL);
	assert_int_equal(topology_load(scratch_path("none.xml"), &t), -ENOENT);
	assert_int_equal(fs_write_durable(scratch_path("x.xml"), "not XML", 7), 0);
	assert_int_equal(topology_load(scratch_path("x.xml"), &t), -EINVAL);
	assert_int_equal(t.nr_cpus, 0);
	setenv("HWLOC_SYNTHETIC", "pu:4", 1);
	assert_int_equal(topology_load(NULL, &t), -CAUSE_USAGE);
	unsetenv("HWLOC_SYNTHETIC");
}

#define IN_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_setup, scratch_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_laptop_with_cores_outside_the_l3),
		cmocka_unit_test(a_server_with_distances),
		cmocka_unit_test_setup_teardown(distances_have_a_direction, scratch_setup, scratch_teardown),
		cmocka_unit_test(a_machine_with_holes),
		cmocka_unit_test(two_sockets_with_two_l3_each),
		cmocka_unit_test(one_node_over_two_sockets_prefers_the_own_one),
		cmocka_unit_test(siblings_far_apart_in_number),
		cmocka_unit_test(two_hundred_and_fifty_six_cpus),
		cmocka_unit_test(eight_thousand_cpus),
		cmocka_unit_test(packages_are_not_joined_where_cpus_have_no_node),
		cmocka_unit_test(a_package_without_memory_stays_one),
		cmocka_unit_test(shared_memory_is_not_a_node_of_its_own),
		cmocka_unit_test(several_memories_of_a_cpu_are_one_node),
		cmocka_unit_test(no_l3_makes_packages_the_groups),
		cmocka_unit_test(nothing_but_cpus),
		IN_SCRATCH(the_xml_tells_the_same_machine),
		cmocka_unit_test(this_machine_and_its_affinity),
		IN_SCRATCH(rubbish_is_refused),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("topology", tests, NULL, NULL);
}
