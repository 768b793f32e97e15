/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whether all threads of a machine were reached whose storage had to go. The machine is made of files. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <fcntl.h>
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <linux/types.h>
#include <cmocka.h>
#include "scratch.h"
#include "util/fs.h"

static unsigned deleted, failing; /* how many times something was; which time it fails, from 1 */
static int gone;		  /* a thread that has ended when it is opened */

static int fake_delete(int fd, const void *key)
{
	(void)fd, (void)key;
	errno = ++deleted == failing ? EBUSY : ENOENT;
	return -errno;
}

static int fake_open(int tid, unsigned flags)
{
	(void)flags;
	return tid == gone ? -1 : open("/dev/null", O_RDONLY);
}

/* One map, of tasks. Any address but NULL. */
#define bpf_object__next_map(obj, last) ((void)(obj), (last) ? NULL : (struct bpf_map *)&deleted)
#define bpf_map__type(map) ((void)(map), BPF_MAP_TYPE_TASK_STORAGE)
#define bpf_map__fd(map) ((void)(map), 7)
#define bpf_map__value_size(map) ((void)(map), 8)
#define bpf_map_delete_elem fake_delete
#define pidfd_open fake_open
#include "policy/reset_storage.c" /* NOLINT(bugprone-suspicious-include) */

/* Two processes, one of two threads; as many threads as the kernel counts. */
static bool emptied(const char *counted)
{
	assert_int_equal(fs_save(scratch_path("proc/loadavg"), counted), 0);
	return storage_empty(NULL);
}

static int setup(void **state)
{
	deleted = failing = 0;
	gone = -1;
	if (scratch_setup(state) || fs_mkdirs(scratch_path("proc/1/task/1")) ||
	    fs_mkdirs(scratch_path("proc/7/task/7")) || fs_mkdirs(scratch_path("proc/7/task/8")) ||
	    fs_mkdirs(scratch_path("proc/sys")))
		return -1;
	setenv("SCXBENCH_ROOT", scratch, 1);
	return 0;
}

static int teardown(void **state)
{
	unsetenv("SCXBENCH_ROOT");
	return scratch_teardown(state);
}

static void as_many_as_there_are_are_all(void **state)
{
	(void)state;
	assert_true(emptied("0.00 0.01 0.05 1/3 99\n"));
	assert_int_equal(deleted, 3);
}

static void one_more_or_less_may_have_been_passed_by(void **state)
{
	(void)state;
	assert_false(emptied("0.00 0.01 0.05 1/4 99\n"));
	assert_false(emptied("0.00 0.01 0.05 1/2 99\n"));
	assert_false(emptied("who knows\n"));
	gone = 8;
	assert_false(emptied("0.00 0.01 0.05 1/3 99\n"));
}

static void what_could_not_be_emptied_is_looked_at_again(void **state)
{
	(void)state;
	failing = 2;
	assert_false(emptied("0.00 0.01 0.05 1/3 99\n"));
	assert_int_equal(deleted, 3);
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(as_many_as_there_are_are_all),
		TEST(one_more_or_less_may_have_been_passed_by),
		TEST(what_could_not_be_emptied_is_looked_at_again),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
