/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What names a machine and a policy: the same while they are the same, another when they are not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>
#include "collect/env.h"
#include "collect/host_id.h"
#include "scratch.h"
#include "util/fs.h"
#include "util/mem.h"

struct machine {
	const char *cpu, *memory, *id, *kernel, *topology;
	bool emulated;
	const char *uuid, *name;
};

static void put(const char *name, const char *text)
{
	if (text)
		assert_int_equal(fs_write_durable(scratch_path(name), text, strlen(text)), 0);
	else
		unlink(scratch_path(name));
}

/* As it is, and as earlier versions have it, which may be NULL. To be freed. */
struct names {
	char *host, *before;
};

static struct names names_of(const struct machine *m)
{
	struct run run = { .emulated = m->emulated };
	struct names names;
	struct topology t;

	assert_int_equal(fs_mkdirs(scratch_path("proc/sys/kernel")), 0);
	assert_int_equal(fs_mkdirs(scratch_path("sys/class/dmi/id")), 0);
	assert_int_equal(fs_mkdirs(scratch_path("etc")), 0);
	put("sys/class/dmi/id/product_uuid", m->uuid);
	put("proc/sys/kernel/hostname", m->name);
	put("proc/meminfo", m->memory);
	put("etc/machine-id", m->id);
	setenv("SCXBENCH_ROOT", scratch, 1);
	env_add(&run, "cpu", m->cpu);
	env_add(&run, "kernel", m->kernel);
	assert_int_equal(topology_load(m->topology, &t), 0);
	env_host(&run, &t);
	names = (struct names){ run.host, run.host_before };
	run.host = run.host_before = NULL;
	topology_free(&t);
	run_free(&run);
	return names;
}

static char *name_of(const struct machine *m)
{
	struct names names = names_of(m);

	free(names.before);
	return names.host;
}

static const struct machine machine = {
	"EPYC 9", "MemTotal: 16243764 kB\n", "0123abcd\n", "6.18", "synthetic:core:4 pu:2", false, NULL, NULL
};

static void is_same(const struct machine *other, bool same)
{
	char *a = name_of(&machine), *b = name_of(other);

	assert_int_equal(strlen(a), 16);
	assert_int_equal(strspn(b, "0123456789abcdef"), 16);
	assert_int_equal(!strcmp(a, b), same);
	free(a);
	free(b);
}

static void a_machine_is_its_hardware(void **state)
{
	struct machine other = machine;

	(void)state;
	is_same(&other, true);
	other.kernel = "7.3.4";
	is_same(&other, true);
	other.memory = "MemTotal: 16101000 kB\nMemFree: 1 kB\n"; /* a kernel that keeps more for itself */
	is_same(&other, true);
	other.memory = "MemTotal: 32487528 kB\n";
	is_same(&other, false);
	other = machine;
	other.id = "4567\n";
	is_same(&other, false);
	other.id = NULL;
	is_same(&other, false);
	other = machine;
	other.cpu = "Xeon";
	is_same(&other, false);
	other = machine;
	other.topology = "synthetic:core:8 pu:1"; /* as many CPUs */
	is_same(&other, false);
	other = machine;
	other.emulated = true;
	is_same(&other, false);
}

static void names_are(struct machine one, struct machine other, bool same)
{
	char *a = name_of(&one), *b = name_of(&other);

	assert_int_equal(!strcmp(a, b), same);
	free(a);
	free(b);
}

/* A cloned image has the same id, and often none that is one. */
static void clones_are_two_machines(void **state)
{
	static const char *const ids[] = { "0123abcd\n", "uninitialized\n", "",
					   "00000000000000000000000000000000\n" };
	struct machine one = machine, other = machine;

	(void)state;
	for (size_t i = 0; i < sizeof(ids) / sizeof(*ids); i++) {
		one.id = other.id = ids[i];
		one.uuid = "4c4c4544-0031-5a10-8052-b4c04f4d3332\n";
		other.uuid = "4c4c4544-0031-5a10-8052-b4c04f4d3333\n";
		one.name = other.name = "bench\n";
		names_are(one, one, true);
		names_are(one, other, false);
		other = one;
		other.name = "renamed\n"; /* the UUID says that it is the same */
		names_are(one, other, true);
		one.uuid = other.uuid = "00000000-0000-0000-0000-000000000000\n";
		names_are(one, other, false);
		one.uuid = other.uuid = NULL;
		names_are(one, other, false);
		one.emulated = other.emulated = true; /* both are its guest's */
		names_are(one, other, true);
		one.emulated = other.emulated = false;
	}
}

/* So its earlier runs are known. */
static void the_name_of_earlier_versions_is_known(void **state)
{
	struct machine more = machine, localhost = machine;
	struct names names, before = names_of(&machine);

	(void)state;
	assert_null(before.before);
	more.uuid = "4c4c4544-0031-5a10-8052-b4c04f4d3332\n";
	names = names_of(&more);
	assert_string_not_equal(names.host, before.host);
	assert_string_equal(names.before, before.host);
	free(names.host);
	free(names.before);
	localhost.name = "localhost\n";
	localhost.uuid = "03000200-0400-0500-0006-000700080009\n";
	names_are(localhost, machine, true);
	free(before.host);
}

static char *hash_of(const char *text)
{
	struct policy_spec spec;
	char *hash;

	assert_int_equal(policy_parse(scratch, text, &spec), 0);
	hash = env_policy_hash(&spec);
	policy_spec_free(&spec);
	return hash;
}

static void differ(const char *one, const char *other, bool wanted)
{
	char *a = hash_of(one), *b = hash_of(other);

	assert_non_null(a);
	assert_int_equal(strlen(a), 16);
	assert_int_equal(strcmp(a, b) != 0, wanted);
	free(a);
	free(b);
}

static void a_policy_is_its_object_and_knobs(void **state)
{
	char *before, *after;

	(void)state;
	assert_int_equal(fs_mkdirs(scratch_path("schedulers")), 0);
	put("schedulers/one.bpf.o", "object");
	put("schedulers/same.bpf.o", "object");
	put("schedulers/two.bpf.o", "another");
	assert_null(hash_of("fair"));
	differ("one", "same", false);
	differ("one", "two", true);
	differ("one", "one:slice_us=3000", true);
	differ("one:slice_us=3000", "one:slice_us=3001", true);
	differ("one", "one:below=two", true);
	differ("one:below=two", "same:below=two", false);
	differ("one:below=two", "one:below=one", true);
	differ("cmd:nosuch", "cmd:nosuch", false);
	differ("cmd:nosuch", "cmd:nosuch --x", true);
	before = hash_of("one");
	put("schedulers/one.bpf.o", "object, compiled again");
	after = hash_of("one");
	assert_string_not_equal(before, after);
	free(before);
	free(after);
}

/* The program behind a command is part of what it is, found as the shell finds it. */
static void a_command_is_its_program_too(void **state)
{
	char *before, *after, *path = mem_strdup(getenv("PATH")), *longer;

	(void)state;
	put("loader", "one");
	longer = mem_printf("/nosuch:%s:%s", scratch, path);
	setenv("PATH", longer, 1);
	before = hash_of("cmd:loader --x");
	put("loader", "two");
	after = hash_of("cmd:loader --x");
	setenv("PATH", path, 1);
	assert_string_not_equal(before, after);
	free(before);
	free(after);
	free(longer);
	free(path);
}

/* "abc" is FIPS 180-4's own example. */
static void a_hash_is_sha_256_in_lower_case(void **state)
{
	struct run run = { 0 };
	char *hash = hash_of("cmd:nosuch");

	(void)state;
	put("abc", "abc");
	env_add_hash(&run, "file", scratch_path("abc"));
	env_add_hash(&run, "none", scratch_path("none"));
	assert_string_equal(run_env(&run, "file"),
			    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	assert_string_equal(run_env(&run, "none"), "unknown: No such file or directory");
	assert_string_equal(hash, "f73ec6ecc092a6da");
	free(hash);
	run_free(&run);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_setup, scratch_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = { TEST(a_machine_is_its_hardware),
					    TEST(clones_are_two_machines),
					    TEST(the_name_of_earlier_versions_is_known),
					    TEST(a_policy_is_its_object_and_knobs),
					    TEST(a_command_is_its_program_too),
					    TEST(a_hash_is_sha_256_in_lower_case) };

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
