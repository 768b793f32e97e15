/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a command leaves pinned, told by its age: a file system of type bpf is a folder here. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "policy/left.h"
#include "scratch.h"
#include "util/clock.h"
#include "util/fs.h"
#include "util/mem.h"

#define LATER_S 1000

static void write_file(const char *path, const char *text)
{
	assert_int_equal(fs_write_durable(path, text, strlen(text)), 0);
}

static void what_was_pinned_since_then_is_found(void **state)
{
	double now = (double)clock_ns_of(CLOCK_BOOTTIME) * 1e-9;
	char *mounts, *pin, *found;

	(void)state;
	setenv("SCXBENCH_ROOT", scratch, 1);
	assert_int_equal(fs_mkdirs(scratch_path("proc/self")), 0);
	assert_int_equal(fs_mkdirs(scratch_path("bpf/deep")), 0);
	assert_int_equal(fs_mkdirs(scratch_path("tmp")), 0);
	mounts = mem_printf("none %s/tmp tmpfs rw 0 0\nnone %s/bpf bpf rw 0 0\n", scratch, scratch);
	write_file(scratch_path("proc/self/mounts"), mounts);
	write_file(scratch_path("tmp/file"), "");
	assert_null(left_pinned_since(now));
	pin = mem_strdup(scratch_path("bpf/deep/kept"));
	write_file(pin, "");
	found = left_pinned_since(now);
	assert_non_null(found);
	assert_string_equal(found, pin);
	assert_null(left_pinned_since(now + LATER_S));
	free(found);
	free(pin);
	free(mounts);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test_setup_teardown(
		what_was_pinned_since_then_is_found, scratch_setup, scratch_teardown) };

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
