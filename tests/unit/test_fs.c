/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Files, trees of them, and the tools that work in a directory. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <stdbool.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>
#include "scratch.h"
#include "util/child.h"
#include "util/fs.h"
#include "util/mem.h"

static struct {
	unsigned files, directories;
	bool fails;
	int of_directory; /* the error of each */
} synced;

/* In place of the library's. */
int fsync(int fd)
{
	struct stat st;

	assert_int_equal(fstat(fd, &st), 0);
	synced.files += S_ISREG(st.st_mode);
	synced.directories += S_ISDIR(st.st_mode);
	errno = S_ISDIR(st.st_mode) && synced.of_directory ? synced.of_directory : EIO;
	return synced.fails || (S_ISDIR(st.st_mode) && synced.of_directory) ? -1 : 0;
}

static void put(const char *path, const char *text)
{
	assert_int_equal(fs_write_durable(path, text, strlen(text)), 0);
}

static void fs_sys_joins_the_root(void **state)
{
	(void)state;
	unsetenv("SCXBENCH_ROOT");
	assert_string_equal(fs_sys("/sys/%s", "x"), "/sys/x");
	setenv("SCXBENCH_ROOT", "/fake", 1);
	assert_string_equal(fs_sys("/sys/%d", 1), "/fake/sys/1");
	unsetenv("SCXBENCH_ROOT");
}

static void fs_sys_keeps_eight_paths(void **state)
{
	const char *first = fs_sys("/first");

	(void)state;
	for (int i = 0; i < 7; i++)
		fs_sys("/other");
	assert_string_equal(first, "/first");
}

static void durable_writes_are_whole(void **state)
{
	const char *path = scratch_path("a");
	char *text;
	size_t len;

	(void)state;
	put(path, "old and longer");
	put(path, "new");
	assert_int_equal(fs_read(path, &text, &len), 0);
	assert_int_equal(len, 3);
	assert_string_equal(text, "new");
	free(text);
}

static void a_failed_write_leaves_nothing(void **state)
{
	(void)state;
	/* A directory stands where the file should go, so the rename fails. */
	assert_int_equal(fs_mkdirs(scratch_path("dir/full")), 0);
	assert_int_equal(fs_write_durable(scratch_path("dir"), "x", 1), -EISDIR);
	assert_int_equal(fs_write_durable(scratch_path("none/x"), "x", 1), -ENOENT);
	assert_int_equal(rmdir(scratch_path("dir/full")), 0);
	assert_int_equal(rmdir(scratch_path("dir")), 0);
	assert_int_equal(rmdir(scratch), 0);
	assert_int_equal(mkdir(scratch, 0700), 0);
}

static void a_durable_file_and_its_name_are_synced(void **state)
{
	(void)state;
	synced.files = synced.directories = 0;
	put(scratch_path("a"), "x");
	assert_int_equal(synced.files, 1);
	assert_int_equal(synced.directories, 1);
}

static void what_is_not_synced_is_not_written(void **state)
{
	char *text;

	(void)state;
	put(scratch_path("a"), "old");
	synced.fails = true;
	assert_int_equal(fs_write_durable(scratch_path("a"), "new", 3), -EIO);
	synced.fails = false;
	assert_int_equal(fs_read(scratch_path("a"), &text, NULL), 0);
	assert_string_equal(text, "old");
	assert_int_equal(unlink(scratch_path("a")), 0);
	assert_int_equal(rmdir(scratch), 0); /* nothing half-written */
	assert_int_equal(mkdir(scratch, 0700), 0);
	free(text);
}

static void a_name_that_is_not_synced_is_an_error(void **state)
{
	(void)state;
	synced.of_directory = EINVAL; /* of a file system that can't */
	assert_int_equal(fs_write_durable(scratch_path("a"), "new", 3), 0);
	synced.of_directory = EIO;
	assert_int_equal(fs_write_durable(scratch_path("a"), "new", 3), -EIO);
	synced.of_directory = 0;
}

/* A link of the name that comes first leads to a file that is not ours to write. */
static void a_trap_is_not_written_to(void **state)
{
	char *trap = mem_printf("%s.tmp.%d", scratch_path("a"), getpid()), *text;

	(void)state;
	put(scratch_path("victim"), "kept");
	assert_int_equal(symlink(scratch_path("victim"), trap), 0);
	put(scratch_path("a"), "x");
	assert_int_equal(fs_read(scratch_path("victim"), &text, NULL), 0);
	assert_string_equal(text, "kept");
	free(text);
	free(trap);
}

/* What root obeys: nobody else may write it, and no link stands for it. */
static void only_what_others_cannot_write_is_trusted(void **state)
{
	char *text;

	(void)state;
	put(scratch_path("a"), "x");
	assert_int_equal(chmod(scratch_path("a"), 0644), 0);
	assert_int_equal(fs_read_trusted(scratch_path("a"), &text), 0);
	assert_string_equal(text, "x");
	free(text);
	assert_int_equal(symlink(scratch_path("a"), scratch_path("link")), 0);
	assert_int_equal(fs_read_trusted(scratch_path("link"), &text), -ELOOP);
	assert_int_equal(chmod(scratch_path("a"), 0664), 0);
	assert_int_equal(fs_read_trusted(scratch_path("a"), &text), -EPERM);
	assert_int_equal(chmod(scratch_path("a"), 0646), 0);
	assert_int_equal(fs_read_trusted(scratch_path("a"), &text), -EPERM);
	assert_int_equal(fs_read_trusted(scratch_path(""), &text), -EPERM);
	assert_int_equal(chmod(scratch_path("a"), 0644), 0);
	/* Only root can make it another's. */
	if (!chown(scratch_path("a"), 65534, (gid_t)-1))
		assert_int_equal(fs_read_trusted(scratch_path("a"), &text), -EPERM);
}

static void more_than_asked_for_is_not_read(void **state)
{
	char *text;

	(void)state;
	put(scratch_path("a"), "12345");
	assert_int_equal(fs_read_most(scratch_path("a"), 5, &text, NULL), 0);
	free(text);
	assert_int_equal(fs_read_most(scratch_path("a"), 4, &text, NULL), -EFBIG);
	/* Its size is said to be 0. */
	assert_int_equal(fs_read_most("/proc/self/status", 4, &text, NULL), -EFBIG);
}

static void reads_files_of_unknown_size(void **state)
{
	char *text = NULL;
	size_t len;

	(void)state;
	assert_int_equal(fs_read("/proc/self/maps", &text, &len), 0);
	assert_true(len > 4096);
	assert_int_equal(strlen(text), len);
	free(text);
	assert_int_equal(fs_read("/nonexistent", &text, NULL), -ENOENT);
	assert_null(text);
	assert_int_equal(fs_read("/", &text, NULL), -EISDIR);
}

static void reads_lines_and_numbers(void **state)
{
	const struct {
		const char *text;
		int err;
		uint64_t value;
	} cases[] = {
		{ "42\n", 0, 42 },	   { "18446744073709551615", 0, UINT64_MAX },
		{ "0\n", 0, 0 },	   { "18446744073709551616", -ERANGE, 0 },
		{ "-1\n", -EINVAL, 0 },	   { "", -EINVAL, 0 },
		{ "12 13\n", -EINVAL, 0 }, { "max\n", -EINVAL, 0 },
		{ "\n", -EINVAL, 0 },
	};
	const char *path = scratch_path("n");

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		uint64_t value;

		put(path, cases[i].text);
		assert_int_equal(fs_read_u64(path, &value), cases[i].err);
		if (!cases[i].err)
			assert_true(value == cases[i].value);
	}
}

static void writes_only_to_existing_files(void **state)
{
	char *line;

	(void)state;
	assert_int_equal(fs_write(scratch_path("none"), "1"), -ENOENT);
	assert_int_equal(fs_write("/dev/full", "1"), -ENOSPC);
	put(scratch_path("knob"), "long before\n");
	assert_int_equal(fs_write(scratch_path("knob"), "1\n"), 0);
	assert_int_equal(fs_read_line(scratch_path("knob"), &line), 0);
	assert_string_equal(line, "1");
	free(line);
}

static void makes_directories(void **state)
{
	(void)state;
	assert_int_equal(fs_mkdirs(scratch_path("a/b/c")), 0);
	assert_int_equal(fs_mkdirs(scratch_path("a/b/c/")), 0);
	assert_true(fs_exists(scratch_path("a/b/c")));
	put(scratch_path("file"), "");
	assert_int_equal(fs_mkdirs(scratch_path("file")), -ENOTDIR);
	assert_int_equal(fs_mkdirs(scratch_path("file/below")), -ENOTDIR);
}
static void a_tree_is_removed_and_nothing_that_it_leads_to(void **state)
{
	char *kept, *link;

	(void)state;
	assert_int_equal(fs_mkdirs(scratch_path("tree/below/deep")), 0);
	put(scratch_path("tree/below/file"), "x");
	put(scratch_path("kept"), "x");
	kept = mem_strdup(scratch_path("kept"));
	link = mem_strdup(scratch_path("tree/link"));
	assert_int_equal(symlink(kept, link), 0);
	assert_int_equal(fs_remove_tree(scratch_path("tree")), 0);
	assert_false(fs_exists(scratch_path("tree")));
	assert_true(fs_exists(kept));
	assert_int_equal(fs_remove_tree(scratch_path("tree")), 0);
	assert_int_equal(fs_remove_tree(scratch_path("kept/below")), -ENOTDIR);
	free(kept);
	free(link);
}

static int tool(const char *script)
{
	struct child c = { 0 };
	char *dir = mem_strdup(scratch_path(""));
	int code;

	child_arg(&c, script ? "sh" : "no-such-tool");
	child_arg(&c, script ? "-c" : NULL);
	child_arg(&c, script);
	code = child_tool(&c, dir, "log");
	free(dir);
	return code;
}

static void a_tool_leaves_its_words_in_a_log(void **state)
{
	char *text;

	(void)state;
	assert_int_equal(tool("echo one; echo two >&2; exit 3"), 3);
	assert_int_equal(fs_read(scratch_path("log"), &text, NULL), 0);
	assert_string_equal(text, "one\ntwo\n");
	free(text);
	assert_int_equal(tool("exit 0"), 0);
	assert_int_equal(tool("kill -9 $$"), -1);
	assert_int_equal(tool(NULL), 127);
}

#define IN_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_setup, scratch_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fs_sys_joins_the_root),
		cmocka_unit_test(fs_sys_keeps_eight_paths),
		IN_SCRATCH(durable_writes_are_whole),
		IN_SCRATCH(a_failed_write_leaves_nothing),
		IN_SCRATCH(a_durable_file_and_its_name_are_synced),
		IN_SCRATCH(what_is_not_synced_is_not_written),
		IN_SCRATCH(a_trap_is_not_written_to),
		IN_SCRATCH(a_name_that_is_not_synced_is_an_error),
		IN_SCRATCH(only_what_others_cannot_write_is_trusted),
		IN_SCRATCH(more_than_asked_for_is_not_read),
		cmocka_unit_test(reads_files_of_unknown_size),
		IN_SCRATCH(reads_lines_and_numbers),
		IN_SCRATCH(writes_only_to_existing_files),
		IN_SCRATCH(makes_directories),
		IN_SCRATCH(a_tree_is_removed_and_nothing_that_it_leads_to),
		IN_SCRATCH(a_tool_leaves_its_words_in_a_log),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("fs", tests, NULL, NULL);
}
