/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Objects whose arena an old libbpf loses while it reads them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "policy/arena.h"

#define OBJECTS ".build/lab/tests/vm/forms/"

static bool is_lost(const char *path)
{
	struct bpf_object *obj = bpf_object__open(path);
	bool lost;

	assert_non_null(obj);
	lost = arena_is_lost(obj);
	bpf_object__close(obj);
	return lost;
}

static void variables_are_lost_where_the_maps_move(void **state)
{
	bool faulty = libbpf_major_version() == 1 && libbpf_minor_version() < 7;

	(void)state;
	assert_int_equal(is_lost(OBJECTS "arena_many.bpf.o"), faulty);
	assert_false(is_lost(OBJECTS "arena.bpf.o"));
	assert_false(is_lost(OBJECTS "cid.bpf.o")); /* no variables */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(variables_are_lost_where_the_maps_move),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("arena", tests, NULL, NULL);
}
