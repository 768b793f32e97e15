/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What libbpf says of a refused object, and the sentence that comes of it. */
#include <bpf/btf.h>
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "policy/kernel.h"
#include "policy/kmsg.h"
#include "policy/refusal.h"
#include "scratch.h"

/* A kernel that has one kfunc, and the form with a cid. */
static int make_kernel(void **state)
{
	struct btf *btf = btf__new_empty();
	const void *data;
	__u32 size;
	int proto, err = scratch_setup(state);

	setenv("SCXBENCH_ROOT", scratch, 1);
	proto = btf__add_func_proto(btf, 0);
	btf__add_func(btf, "scx_bpf_dsq_insert", BTF_FUNC_GLOBAL, proto);
	btf__add_struct(btf, "sched_ext_ops_cid", 8);
	data = btf__raw_data(btf, &size);
	if (err || fs_mkdirs(scratch_path("sys/kernel/btf")) ||
	    fs_write_durable(scratch_path("sys/kernel/btf/vmlinux"), data, size))
		return -1;
	btf__free(btf);
	return 0;
}

struct refused {
	const char *message;
	int err;
	const char *says, *does;
};

static void each_says(const struct refused *cases, size_t nr)
{
	for (size_t i = 0; i < nr; i++) {
		struct refusal r = { 0 };
		char *text;

		refusal_read(&r, cases[i].message);
		text = refusal_text(&r, "mine", cases[i].err);
		assert_non_null(text);
		if (!strstr(text, cases[i].says) || !strstr(text, cases[i].does) || strchr(text, '\n'))
			fail_msg("%zu: %s", i, text);
		free(text);
	}
}

static void a_configuration_that_is_not_there_is_named(void **state)
{
	static const struct refused cases[] = {
		{ "libbpf: failed to open system Kconfig\n", -EINVAL,
		  "asks for a CONFIG_... of the kernel's configuration, which is not here",
		  "/boot/config-$(uname -r)" },
		{ "libbpf: extern 'CONFIG_NOSUCH' (strong): not resolved\n", -ESRCH,
		  "asks for CONFIG_NOSUCH, which is not set", "__weak" },
	};

	(void)state;
	each_says(cases, sizeof(cases) / sizeof(*cases));
}

static void a_refusal_says_what_to_do(void **state)
{
	static const struct refused cases[] = {
		{ "libbpf: extern (func ksym) 'scx_bpf_dispatch': not found in kernel or module BTFs\n",
		  -ESRCH, "calls the kfunc scx_bpf_dispatch, which this kernel doesn't have",
		  "its successor is scx_bpf_dsq_insert" },
		{ "libbpf: extern (func ksym) 'scx_bpf_new___x': not found in kernel or module BTFs\n",
		  -ESRCH, "calls the kfunc scx_bpf_new, which this kernel doesn't have",
		  "bpf_ksym_exists()" },
		{ "libbpf: extern (var ksym) 'scx_nosuch': not found in kernel BTF\n", -ESRCH,
		  "uses the kernel's scx_nosuch, which this kernel doesn't have", "__weak" },
		{ "libbpf: extern 'nosuch' (strong): not resolved\n", -ESRCH,
		  "uses the kernel's nosuch, which this kernel doesn't have", "__weak" },
		{ "libbpf: prog 'watch': failed to find kernel BTF type ID of 'nosuch_fn': -3\n", -ESRCH,
		  "has a program at nosuch_fn(), which this kernel doesn't have", "take another kernel" },
		{ "libbpf: prog 'x': -- BEGIN PROG LOAD LOG --\n0: <invalid CO-RE relocation>\n"
		  "failed to resolve CO-RE relocation <byte_off> [44] struct task_struct___x.nosuch (0:1 @ offset 4)\n"
		  "-- END PROG LOAD LOG --\n",
		  -EINVAL, "uses struct task_struct___x.nosuch, which this kernel doesn't have",
		  "bpf_core_field_exists()" },
		{ "libbpf: extern (func ksym) 'scx_bpf_dsq_insert': func_proto [12] incompatible with vmlinux [34]\n",
		  -EINVAL, "calls the kfunc scx_bpf_dsq_insert by another prototype", "vmlinux.h" },
		{ "-- BEGIN PROG LOAD LOG --\n0: R1=ctx()\n1: (85) call <invalid kfunc call>\nkfunc "
		  "'scx_bpf_consume' is referenced but wasn't resolved\n-- END PROG LOAD LOG --\n",
		  -EINVAL, "calls the kfunc scx_bpf_consume, which", "scx_bpf_dsq_move_to_local" },
		{ "libbpf: struct_ops init_kern mine: Cannot find member sub_attach in kernel BTF\n",
		  -EOPNOTSUPP, "has ops.sub_attach, which this kernel doesn't have", "newer kernel" },
		{ "libbpf: prog 'x': failed to load: -7\n", -E2BIG, "too large for this kernel (E2BIG)",
		  "bound its loops" },
		{ "", -524, "(ENOTSUPP, 524)", "bpf_jit_enable=1" },
		{ "", -EPERM, "does not permit policy mine (EPERM)", "see 'scxbench doctor'" },
	};

	(void)state;
	each_says(cases, sizeof(cases) / sizeof(*cases));
}

static void the_first_kfunc_counts(void **state)
{
	struct refusal r = { 0 };

	(void)state;
	refusal_read(&r, "libbpf: loading object 'mine'\n");
	refusal_read(&r, "libbpf: extern (func ksym) 'first': not found in kernel or module BTFs\n");
	refusal_read(&r, "kfunc 'second' is referenced but wasn't resolved\n");
	assert_string_equal(r.kfunc, "first");
	assert_null(refusal_text(&(struct refusal){ 0 }, "mine", -EACCES));
}

static void the_verifiers_last_words_are_the_reason(void **state)
{
	static const struct refused cases[] = {
		{ "libbpf: prog 'x_dispatch': -- BEGIN PROG LOAD LOG --\n0: R1=ctx()\n"
		  "R1 invalid mem access 'scalar'\n"
		  "processed 12 insns (limit 1000000) max_states_per_insn 0\n-- END PROG LOAD LOG --\n",
		  -EACCES,
		  "(Permission denied), for its program x_dispatch:", ": R1 invalid mem access 'scalar'" },
		{ "libbpf: prog 'x': -- BEGIN PROG LOAD LOG --\nUnknown func\n\n-- END PROG LOAD LOG --\n",
		  -EINVAL, "for its program x:", ": Unknown func" },
	};

	(void)state;
	each_says(cases, sizeof(cases) / sizeof(*cases));
}

static void a_log_without_words_has_no_verdict(void **state)
{
	static const char *const logs[] = {
		"libbpf: prog 'x': -- BEGIN PROG LOAD LOG --\nprocessed 1 insns\n-- END PROG LOAD LOG --\n",
		"libbpf: prog 'x': -- BEGIN PROG LOAD LOG --\n-- END PROG LOAD LOG --\n",
		"libbpf: prog 'x': -- BEGIN PROG LOAD LOG --\ncut off",
		"-- BEGIN PROG LOAD LOG --\nof no program\n-- END PROG LOAD LOG --\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(logs) / sizeof(*logs); i++) {
		struct refusal r = { 0 };

		refusal_read(&r, logs[i]);
		assert_null(refusal_text(&r, "mine", -EACCES));
	}
}

static void a_name_loses_its_last_flavour(void **state)
{
	static const char *const names[][2] = { { "sched_ext_ops___mine", "sched_ext_ops" },
						{ "scx_bpf_x___v2___compat", "scx_bpf_x___v2" },
						{ "sched_ext_ops_cid", "sched_ext_ops_cid" },
						{ "", "" } };

	(void)state;
	for (int i = 0; i < 4; i++) {
		char *name = kernel_name(names[i][0]);

		assert_string_equal(name, names[i][1]);
		free(name);
	}
	assert_true(kernel_has_struct("sched_ext_ops_cid"));
	assert_false(kernel_has_struct("sched_ext_ops"));
	assert_false(kernel_has_function("sched_ext_ops_cid"));
}

static void the_kernel_has_the_last_word(void **state)
{
	char text[32] = "";

	(void)state;
	kmsg_take("6,1,5,-;device eth0: sched_ext: no\n", text, sizeof(text));
	assert_string_equal(text, "");
	kmsg_take("3,1187,5003210,-;sched_ext: cid-form scheduler must\n KEY=x\n", text, sizeof(text));
	assert_string_equal(text, "cid-form scheduler must");
	kmsg_take("no record", text, sizeof(text));
	assert_string_equal(text, "cid-form scheduler must");
}

static void the_kernel_says_why_a_scheduler_ended(void **state)
{
	struct kmsg_exit e = { 0 };

	(void)state;
	kmsg_take_exit("3,1,5,-;sched_ext: BPF scheduler \"other\" disabled (runnable task stall)\n", "mine",
		       &e);
	kmsg_take_exit("3,2,5,-;sched_ext: other: victim[7] failed to run for 1.2s\n", "mine", &e);
	assert_string_equal(e.reason, "");
	assert_string_equal(e.msg, "");
	kmsg_take_exit("3,3,5,-;sched_ext: BPF scheduler \"mine\" disabled (runnable task stall)\n", "mine",
		       &e);
	kmsg_take_exit("3,4,5,-;sched_ext: mine: victim[7] failed to run for 1.2s\n", "mine", &e);
	kmsg_take_exit("3,5,5,-;   scx_watchdog+0x1/0x2\n", "mine", &e);
	assert_string_equal(e.reason, "runnable task stall");
	assert_string_equal(e.msg, "victim[7] failed to run for 1.2s");
	e = (struct kmsg_exit){ 0 };
	kmsg_take_exit("3,6,5,-;sched_ext: BPF sub-scheduler \"mine\" disabled (parent exiting)\n", "mine",
		       &e);
	assert_string_equal(e.reason, "parent exiting");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_refusal_says_what_to_do),
		cmocka_unit_test(a_configuration_that_is_not_there_is_named),
		cmocka_unit_test(the_first_kfunc_counts),
		cmocka_unit_test(the_verifiers_last_words_are_the_reason),
		cmocka_unit_test(a_log_without_words_has_no_verdict),
		cmocka_unit_test(the_kernel_has_the_last_word),
		cmocka_unit_test(the_kernel_says_why_a_scheduler_ended),
		cmocka_unit_test(a_name_loses_its_last_flavour),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, make_kernel, scratch_teardown);
}
