/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Constants of the kernel that an object declares, and what its code does with one. */
#include <bpf/btf.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>
#include "made_kernel.h"
#include "policy/code.h"
#include "policy/consts.h"

static struct btf *made_object(const char *const *names)
{
	struct btf *btf = btf__new_empty();
	int type = btf__add_const(btf, btf__add_volatile(btf, btf__add_int(btf, "u64", 8, 0))), var[8],
	    nr = 0;

	for (; names[nr]; nr++)
		var[nr] = btf__add_var(btf, names[nr], BTF_VAR_GLOBAL_ALLOCATED, type);
	btf__add_datasec(btf, ".rodata", 8 * (__u32)nr);
	for (int i = 0; i < nr; i++)
		btf__add_datasec_var_info(btf, var[i], 8 * (__u32)i, 8);
	return btf;
}

static void constants_are_those_of_the_kernel(void **state)
{
	static const char *const names[] = { "__SCX_SLICE_DFL", "slice",     "__COMPAT_SCX_DSQ_GLOBAL",
					     "__SCX_MINUS",	"__SCX_CUT", "__SCX_OTHER",
					     "SCX_SLICE_DFL",	NULL };
	static const struct {
		const char *name;
		size_t offset;
		int state;
		uint64_t value;
	} want[] = {
		{ "SCX_SLICE_DFL", 0, CONSTANT_KNOWN, SLICE },
		{ "SCX_DSQ_GLOBAL", 16, CONSTANT_KNOWN, GLOBAL_DSQ },
		{ "SCX_MINUS", 24, CONSTANT_KNOWN, UINT64_MAX },
		{ "SCX_CUT", 32, CONSTANT_CUT, 0 },
		{ "SCX_OTHER", 40, CONSTANT_UNKNOWN, 0 },
	};
	struct btf *object = made_object(names), *kernel = made_kernel();
	struct constant *list;

	(void)state;
	assert_int_equal(constants_of(object, kernel, &list), 5);
	for (size_t i = 0; i < 5; i++) {
		assert_string_equal(list[i].name, want[i].name);
		assert_int_equal(list[i].offset, want[i].offset);
		assert_int_equal(list[i].state, want[i].state);
		assert_true(list[i].value == want[i].value);
	}
	free(list);
	btf__free(object);
	btf__free(kernel);
}

#define ADDRESS(reg, map, off)               \
	{ .code = BPF_LD | BPF_IMM | BPF_DW, \
	  .dst_reg = (reg),                  \
	  .src_reg = BPF_PSEUDO_MAP_VALUE,   \
	  .imm = (map) },                    \
	{                                    \
		.imm = (off)                 \
	}
#define LOAD(to, from) { .code = BPF_LDX | BPF_MEM | BPF_DW, .dst_reg = (to), .src_reg = (from) }
#define IF_ZERO(reg) { .code = BPF_JMP | BPF_JEQ | BPF_K, .dst_reg = (reg), .off = 1 }
#define SET(reg) { .code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = (reg), .imm = 1 }
#define CALL { .code = BPF_JMP | BPF_CALL, .imm = 1 }
#define END { .code = BPF_JMP | BPF_EXIT }

static void a_look_at_zero_is_told_from_a_use(void **state)
{
	static const struct {
		struct bpf_insn insn[8];
		size_t nr;
		enum use use;
	} cases[] = {
		{ { ADDRESS(1, 9, 8), LOAD(2, 1), IF_ZERO(2), END }, 5, USE_CHECKED },
		{ { ADDRESS(1, 9, 8), LOAD(2, 1), END }, 4, USE_READ },
		{ { ADDRESS(1, 9, 8), LOAD(1, 1), IF_ZERO(1), END }, 5, USE_CHECKED },
		/* another value is looked at */
		{ { ADDRESS(1, 9, 8), LOAD(2, 1), IF_ZERO(3), END }, 5, USE_READ },
		{ { ADDRESS(1, 9, 8), LOAD(2, 1), SET(2), IF_ZERO(2), END }, 6, USE_READ },
		{ { ADDRESS(1, 9, 8), LOAD(2, 1), CALL, IF_ZERO(2), END }, 6, USE_READ },
		{ { ADDRESS(1, 9, 8), SET(1), LOAD(2, 1), IF_ZERO(2), END }, 6, USE_READ },
		/* another global, another map */
		{ { ADDRESS(1, 9, 16), LOAD(2, 1), IF_ZERO(2), END }, 5, USE_NONE },
		{ { ADDRESS(1, 4, 8), LOAD(2, 1), IF_ZERO(2), END }, 5, USE_NONE },
		/* once is enough */
		{ { ADDRESS(1, 9, 8), LOAD(2, 1), ADDRESS(1, 9, 8), LOAD(2, 1), IF_ZERO(2) },
		  7,
		  USE_CHECKED },
		/* cut off */
		{ { ADDRESS(1, 9, 8) }, 1, USE_NONE },
		{ { ADDRESS(1, 9, 8) }, 2, USE_READ },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_int_equal(code_use(cases[i].insn, cases[i].nr, 9, 8), cases[i].use);
}

#define STORE(to, from) { .code = BPF_STX | BPF_MEM | BPF_DW, .dst_reg = (to), .src_reg = (from) }
#define STORE_0(to) { .code = BPF_ST | BPF_MEM | BPF_DW, .dst_reg = (to) }
#define MOVE(to, from) { .code = BPF_ALU64 | BPF_MOV | BPF_X, .dst_reg = (to), .src_reg = (from) }
#define ADD(reg) { .code = BPF_ALU64 | BPF_ADD | BPF_K, .dst_reg = (reg), .imm = 8 }

static void what_is_only_read_keeps_the_value_of_user_space(void **state)
{
	static const struct {
		struct bpf_insn insn[8];
		size_t nr;
		enum touch touch;
	} cases[] = {
		{ { ADDRESS(1, 9, 8), LOAD(2, 1), END }, 4, TOUCH_READ },
		{ { ADDRESS(1, 9, 12), LOAD(2, 1), END }, 4, TOUCH_READ },
		{ { ADDRESS(1, 9, 8), LOAD(1, 1), STORE(1, 2), END }, 5, TOUCH_READ },
		{ { ADDRESS(1, 9, 8), SET(1), CALL, END }, 5, TOUCH_READ },
		{ { ADDRESS(6, 9, 8), CALL, LOAD(2, 6), END }, 5, TOUCH_READ },
		{ { ADDRESS(1, 9, 8), LOAD(2, 1), STORE(1, 2), END }, 5, TOUCH_OTHER },
		{ { ADDRESS(1, 9, 8), STORE_0(1), END }, 4, TOUCH_OTHER },
		{ { ADDRESS(1, 9, 8), STORE(10, 1), END }, 4, TOUCH_OTHER },
		{ { ADDRESS(1, 9, 8), MOVE(2, 1), END }, 4, TOUCH_OTHER },
		{ { ADDRESS(1, 9, 8), ADD(1), LOAD(2, 1) }, 4, TOUCH_OTHER },
		{ { ADDRESS(1, 9, 8), CALL, END }, 4, TOUCH_OTHER },
		/* once is enough */
		{ { ADDRESS(1, 9, 8), LOAD(2, 1), ADDRESS(1, 9, 8), STORE_0(1) }, 6, TOUCH_OTHER },
		/* the second half of another address has no register */
		{ { ADDRESS(0, 9, 8), ADDRESS(2, 4, 8), STORE_0(0) }, 5, TOUCH_OTHER },
		/* another global, another map */
		{ { ADDRESS(1, 9, 16), STORE_0(1), END }, 4, TOUCH_NONE },
		{ { ADDRESS(1, 9, 0), STORE_0(1), END }, 4, TOUCH_NONE },
		{ { ADDRESS(1, 4, 8), STORE_0(1), END }, 4, TOUCH_NONE },
		/* cut off */
		{ { ADDRESS(1, 9, 8) }, 1, TOUCH_NONE },
		{ { ADDRESS(1, 9, 8) }, 2, TOUCH_READ },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_int_equal(code_touch(cases[i].insn, cases[i].nr, 9, (struct span){ 8, 8 }),
				 cases[i].touch);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(constants_are_those_of_the_kernel),
		cmocka_unit_test(a_look_at_zero_is_told_from_a_use),
		cmocka_unit_test(what_is_only_read_keeps_the_value_of_user_space),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
