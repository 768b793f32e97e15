/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <bpf/btf.h>
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>
#include "policy/knobs.h"
#include "policy/policy.h"
#include "scratch.h"
#include "util/fs.h"
#include "util/mem.h"
#include "util/cause.h"

static int setup(void **state)
{
	int err = scratch_setup(state);

	if (err || fs_mkdirs(scratch_path("schedulers")))
		return -1;
	setenv("SCXBENCH_ROOT", scratch, 1);
	return fs_write_durable(scratch_path("schedulers/vtime.bpf.o"), "x", 1) ||
	       fs_write_durable(scratch_path("a:b.bpf.o"), "x", 1);
}

static int parse(const char *text, struct policy_spec *spec)
{
	return policy_parse(scratch, text, spec);
}

static void names_and_knobs(void **state)
{
	struct policy_spec spec;

	(void)state;
	assert_int_equal(parse("vtime:slice_us=3000,x=-1", &spec), 0);
	assert_int_equal(spec.kind, POLICY_BPF);
	assert_string_equal(spec.name, "vtime");
	assert_string_equal(spec.text, "vtime:slice_us=3000,x=-1");
	assert_string_equal(spec.object, scratch_path("schedulers/vtime.bpf.o"));
	assert_int_equal(spec.nr_knobs, 2);
	assert_string_equal(spec.knob[1].name, "x");
	assert_string_equal(spec.knob[1].value, "-1");
	policy_spec_free(&spec);
}

static void the_policies_of_a_home_are_listed_by_name(void **state)
{
	char **name = policy_list(scratch), *object = policy_object(scratch, "vtime");

	(void)state;
	assert_string_equal(name[0], "vtime");
	assert_null(name[1]);
	assert_string_equal(object, scratch_path("schedulers/vtime.bpf.o"));
	free(object);
	policy_list_free(name);
	name = policy_list(scratch_path("nosuch"));
	assert_null(name[0]);
	policy_list_free(name);
}

static void paths(void **state)
{
	struct policy_spec spec;
	char *text = mem_printf("%s:k=v", scratch_path("a:b.bpf.o"));

	(void)state;
	assert_int_equal(parse(text, &spec), 0);
	assert_string_equal(spec.object, scratch_path("a:b.bpf.o"));
	assert_string_equal(spec.name, "a");
	assert_int_equal(spec.nr_knobs, 1);
	policy_spec_free(&spec);
	free(text);
	text = mem_printf("%s#two_ops:k=v", scratch_path("a:b.bpf.o"));
	assert_int_equal(parse(text, &spec), 0);
	assert_string_equal(spec.object, scratch_path("a:b.bpf.o"));
	assert_string_equal(spec.chosen, "two_ops");
	assert_string_equal(spec.knob[0].name, "k");
	policy_spec_free(&spec);
	free(text);
}

/* As a user's object and as its parent's: the extension that comes first need not be the child's. */
static void a_policy_below_another(void **state)
{
	struct policy_spec spec;
	char *text = mem_printf("vtime:below=%s,slice_us=3000", scratch_path("a:b.bpf.o"));

	(void)state;
	assert_int_equal(parse(text, &spec), 0);
	assert_string_equal(spec.text, text);
	assert_string_equal(spec.name, "vtime");
	assert_string_equal(spec.parent->object, scratch_path("a:b.bpf.o"));
	assert_null(spec.parent->parent);
	assert_int_equal(spec.nr_knobs, 1);
	policy_spec_free(&spec);
	free(text);
	text = mem_printf("mine=%s:below=vtime:slice_us=1", scratch_path("a:b.bpf.o"));
	assert_int_equal(parse(text, &spec), 0);
	assert_string_equal(spec.text, "mine");
	assert_string_equal(spec.object, scratch_path("a:b.bpf.o"));
	assert_string_equal(spec.parent->knob[0].value, "1");
	assert_int_equal(spec.nr_knobs, 0);
	policy_spec_free(&spec);
	free(text);
}

static void fair_and_commands(void **state)
{
	struct policy_spec spec;

	(void)state;
	assert_int_equal(parse("fair", &spec), 0);
	assert_int_equal(spec.kind, POLICY_FAIR);
	policy_spec_free(&spec);
	assert_int_equal(parse("cmd: /usr/bin/scx_rusty --x=1,y:2", &spec), 0);
	assert_int_equal(spec.kind, POLICY_CMD);
	assert_string_equal(spec.name, "scx_rusty");
	assert_string_equal(spec.command, "/usr/bin/scx_rusty --x=1,y:2");
	policy_spec_free(&spec);
}

static void bad_texts(void **state)
{
	static const struct {
		const char *text;
		int err;
	} bad[] = {
		{ "", -CAUSE_USAGE },
		{ ":", -CAUSE_USAGE },
		{ "vtime:", -CAUSE_USAGE },
		{ "vtime:x", -CAUSE_USAGE },
		{ "vtime:x=", -CAUSE_USAGE },
		{ "vtime:=1", -CAUSE_USAGE },
		{ "vtime:x=1,", -CAUSE_USAGE },
		{ "vtime:x=1,x=2", -CAUSE_USAGE },
		{ "vtime#", -CAUSE_NOT_FOUND },
		{ "fair:x", -CAUSE_USAGE },
		{ "vtime=", -CAUSE_USAGE },
		{ "-x=vtime", -CAUSE_USAGE },
		{ "fair=vtime", -CAUSE_USAGE },
		{ "cmd:", -CAUSE_USAGE },
		{ "cmd:  ", -CAUSE_USAGE },
		{ "nosuch", -CAUSE_NOT_FOUND },
		{ "no/such.bpf.o", -CAUSE_NOT_FOUND },
		{ "fairy", -CAUSE_NOT_FOUND },
		{ "fair:below=vtime", -CAUSE_USAGE },
		{ "vtime:below=", -CAUSE_USAGE },
		{ "vtime:below=fair", -CAUSE_USAGE },
		{ "vtime:below=cmd:x", -CAUSE_USAGE },
		{ "vtime:below=nosuch", -CAUSE_NOT_FOUND },
		{ "vtime:below=vtime,below=vtime", -CAUSE_USAGE },
		{ "vtime:below=vtime:below=vtime", -CAUSE_USAGE },
	};
	struct policy_spec spec;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert_int_equal(parse(bad[i].text, &spec), bad[i].err);
}

static void settings_of_fair(void **state)
{
	static const struct {
		const char *text;
		int err;
	} all[] = {
		{ "fair", 0 },
		{ "fair:base_slice_us=3000", 0 },
		{ "fair:base_slice_us=3000,features=NO_RUN_TO_PARITY+PLACE_LAG", 0 },
		{ "mine=fair:features=HRTICK", 0 },
		{ "fair:x=1", -CAUSE_USAGE },
		{ "fair:base_slice_us=99", -CAUSE_USAGE },
		{ "fair:base_slice_us=1ms", -CAUSE_USAGE },
		{ "fair:features=+HRTICK", -CAUSE_USAGE },
		{ "fair:features=HRTICK++PLACE_LAG", -CAUSE_USAGE },
		{ "fair:features=HRTICK/", -CAUSE_USAGE },
	};
	struct policy_spec spec;

	(void)state;
	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++) {
		assert_int_equal(parse(all[i].text, &spec), 0);
		assert_int_equal(policy_check(&spec), all[i].err);
		policy_spec_free(&spec);
	}
}

static void a_file_that_is_no_object(void **state)
{
	struct policy_spec spec;

	(void)state;
	assert_int_equal(parse("vtime", &spec), 0);
	assert_int_equal(policy_check(&spec), -CAUSE_USAGE);
	policy_spec_free(&spec);
}

/* The BTF of: const volatile u64 slice, with tag; of: const volatile T plain; scxb_x; const only. */
static struct btf *example(const char *tag)
{
	struct btf *btf = btf__new_empty();
	int u64 = btf__add_int(btf, "u64", 8, 0), s32 = btf__add_int(btf, "s32", 4, BTF_INT_SIGNED);
	int cv64 = btf__add_const(btf, btf__add_volatile(btf, u64));
	int cv32 = btf__add_volatile(btf, btf__add_const(btf, btf__add_typedef(btf, "mine", s32)));
	int slice = btf__add_var(btf, "slice", BTF_VAR_GLOBAL_ALLOCATED, cv64);
	int plain = btf__add_var(btf, "plain", BTF_VAR_GLOBAL_ALLOCATED, cv32);
	int loaders = btf__add_var(btf, "scxb_x", BTF_VAR_GLOBAL_ALLOCATED, cv64);
	int constant = btf__add_var(btf, "constant", BTF_VAR_GLOBAL_ALLOCATED, btf__add_const(btf, u64));

	btf__add_datasec(btf, ".rodata", 32);
	btf__add_datasec_var_info(btf, slice, 0, 8);
	btf__add_datasec_var_info(btf, plain, 8, 4);
	btf__add_datasec_var_info(btf, loaders, 16, 8);
	btf__add_datasec_var_info(btf, constant, 24, 8);
	if (tag)
		btf__add_decl_tag(btf, tag, slice, -1);
	return btf;
}

static void tagged_knobs(void **state)
{
	struct btf *btf = example("scxb:knob:100:5000:a slice: in us");
	struct knob *knobs;
	char range[80];

	(void)state;
	assert_int_equal(knobs_of_btf(btf, &knobs), 1);
	assert_string_equal(knobs[0].name, "slice");
	assert_string_equal(knobs[0].help, "a slice: in us");
	assert_string_equal(knob_range(&knobs[0], range, sizeof(range)), "u64 from 100 to 5000");
	knobs_free(knobs, 1);
	btf__free(btf);
}

static void untagged_knobs(void **state)
{
	struct btf *btf = example(NULL);
	struct knob *knobs;
	char range[80];
	size_t offset, size;

	(void)state;
	assert_int_equal(knobs_of_btf(btf, &knobs), 2);
	assert_string_equal(knobs[1].name, "plain");
	assert_int_equal(knobs[1].offset, 8);
	assert_string_equal(knob_range(&knobs[1], range, sizeof(range)),
			    "s32 from -2147483648 to 2147483647");
	knobs_free(knobs, 2);
	assert_int_equal(rodata_find(btf, "scxb_x", &offset, &size), 0);
	assert_int_equal(offset, 16);
	assert_int_equal(rodata_find(btf, "none", &offset, &size), -ENOENT);
	btf__free(btf);
}

static void malformed_tags(void **state)
{
	static const char *const tag[] = { "scxb:knob:", "scxb:knob:1:2", "scxb:knob:a:2:x",
					   "scxb:knob:-1:2:x" };
	struct knob *knobs;

	(void)state;
	for (size_t i = 0; i < sizeof(tag) / sizeof(*tag); i++) {
		struct btf *btf = example(tag[i]);

		assert_int_equal(knobs_of_btf(btf, &knobs), -CAUSE_USAGE);
		btf__free(btf);
	}
}

static void knob_values(void **state)
{
	static const struct knob u = { .type = KNOB_UNSIGNED, .size = 8, .min = 10, .max = UINT64_MAX };
	static const struct knob s = { .type = KNOB_SIGNED, .size = 4, .min = (uint64_t)-20, .max = 19 };
	static const struct knob b = { .type = KNOB_BOOL, .size = 1, .max = 1 };
	static const struct {
		const struct knob *knob;
		const char *text;
		int err;
		uint64_t value;
	} row[] = {
		{ &u, "10", 0, 10 },
		{ &u, "0x10", 0, 16 },
		{ &u, "010", 0, 10 },
		{ &u, "9", -ERANGE, 0 },
		{ &u, "-1", -ERANGE, 0 },
		{ &u, "18446744073709551615", 0, UINT64_MAX },
		{ &u, "18446744073709551616", -ERANGE, 0 },
		{ &u, "3ms", -EINVAL, 0 },
		{ &u, "", -EINVAL, 0 },
		{ &u, " 10", -EINVAL, 0 },
		{ &u, "+10", -EINVAL, 0 },
		{ &s, "-20", 0, (uint64_t)-20 },
		{ &s, "-21", -ERANGE, 0 },
		{ &s, "20", -ERANGE, 0 },
		{ &s, "-", -EINVAL, 0 },
		{ &b, "true", 0, 1 },
		{ &b, "0", 0, 0 },
		{ &b, "2", -EINVAL, 0 },
		{ &b, "yes", -EINVAL, 0 },
	};
	uint64_t value;

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(*row); i++) {
		assert_int_equal(knob_parse(row[i].knob, row[i].text, &value), row[i].err);
		if (!row[i].err)
			assert_true(value == row[i].value);
	}
}

static void put(const char *name, const char *text)
{
	assert_int_equal(fs_write_durable(scratch_path(name), text, strlen(text)), 0);
}

static void state_of_the_kernel(void **state)
{
	struct scx_state s;

	(void)state;
	scx_state_read(&s);
	assert_false(s.present);
	assert_string_equal(s.state, "");
	assert_int_equal(fs_mkdirs(scratch_path("sys/kernel/sched_ext/root")), 0);
	put("sys/kernel/sched_ext/state", "enabled\n");
	put("sys/kernel/sched_ext/enable_seq", "7\n");
	put("sys/kernel/sched_ext/root/ops", "scx_other\n");
	scx_state_read(&s);
	assert_true(s.present);
	assert_string_equal(s.state, "enabled");
	assert_string_equal(s.ops, "scx_other");
	assert_int_equal(s.enable_seq, 7);
	assert_int_equal(s.nr_rejected, 0);
}

/* With scx_other in, as the test before left it, not even fair may be measured; alone, it is proven. */
static void fair_wants_the_machine_for_itself(void **state)
{
	const struct policy_setup none = { 0 };
	struct record r = { 0 };
	struct policy_spec spec;
	struct policy *p;

	(void)state;
	assert_int_equal(parse("fair", &spec), 0);
	assert_int_equal(policy_load(&spec, &none, &p), 0);
	assert_int_equal(policy_attach(p, &r), -CAUSE_BUSY);
	put("sys/kernel/sched_ext/state", "disabled\n");
	assert_int_equal(policy_attach(p, &r), 0);
	assert_true(policy_beat(p));
	put("sys/kernel/sched_ext/enable_seq", "8\n");
	assert_false(policy_beat(p));
	policy_prove_still_in(p, &r);
	assert_int_equal(policy_detach(p, &r), 0);
	assert_int_equal(r.nr_proofs, 5);
	assert_true(r.proof[0].holds && r.proof[1].holds && r.proof[2].holds);
	assert_false(r.proof[3].holds || r.proof[4].holds);
	assert_string_equal(policy_ops_name(p), "");
	assert_null(policy_map(p, "scxb_exit").data);
	policy_unload(p);
	policy_spec_free(&spec);
	record_free(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_and_knobs),
		cmocka_unit_test(the_policies_of_a_home_are_listed_by_name),
		cmocka_unit_test(paths),
		cmocka_unit_test(a_policy_below_another),
		cmocka_unit_test(fair_and_commands),
		cmocka_unit_test(bad_texts),
		cmocka_unit_test(settings_of_fair),
		cmocka_unit_test(a_file_that_is_no_object),
		cmocka_unit_test(tagged_knobs),
		cmocka_unit_test(untagged_knobs),
		cmocka_unit_test(malformed_tags),
		cmocka_unit_test(knob_values),
		cmocka_unit_test(state_of_the_kernel),
		cmocka_unit_test(fair_wants_the_machine_for_itself),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, setup, scratch_teardown);
}
