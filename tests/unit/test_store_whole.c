/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A transfer is whole or not at all, whatever others do meanwhile. */
#include "nights.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "util/cause.h"
#include "util/mem.h"

/* Two nights, in our store and in the file. */
static void two_nights(const char *file)
{
	struct store *s = night_open();

	night_take(s, "a", 1);
	night_take(s, "a", 2);
	assert_int_equal(store_export(s, file, NULL), 0);
	store_close(s);
}

/* The first run of the file is new, and goes again with the second. */
static void a_part_of_a_refused_file_does_not_stay(void **state)
{
	char *file = mem_strdup(scratch_path("all.scxb"));
	struct store_line *line;
	struct store *s;
	unsigned taken;
	sqlite3 *db;
	size_t nr;

	(void)state;
	two_nights(file);
	assert_int_equal(sqlite3_open(file, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, "UPDATE run SET seed = 1 WHERE id = 'a-2'", NULL, NULL, NULL),
			 SQLITE_OK);
	sqlite3_close(db);
	s = night_open();
	assert_int_equal(store_remove(s, "a-1"), 0);
	assert_int_equal(store_import(s, file, &taken), -CAUSE_DAMAGED);
	assert_int_equal(store_list(s, NULL, &line, &nr), 0);
	assert_int_equal(nr, 1);
	assert_string_equal(line[0].id, "a-2");
	store_list_free(line, nr);
	store_close(s);
	free(file);
}

/* Another program is quicker, between the look for the file and its making. */
static char *meanwhile;

/* In place of the library's. */
int renameat2(int from_dir, const char *from, int to_dir, const char *to, unsigned flags)
{
	int fd = meanwhile ? open(meanwhile, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600) : -1;

	if (fd >= 0) {
		assert_int_equal(write(fd, "theirs", 6), 6);
		close(fd);
	}
	return (int)syscall(SYS_renameat2, from_dir, from, to_dir, to, flags);
}

static void what_came_meanwhile_is_not_overwritten(void **state)
{
	struct store *s = night_open();
	char *text;

	(void)state;
	night_take(s, "a", 1);
	meanwhile = mem_strdup(scratch_path("all.scxb"));
	assert_int_equal(store_export(s, meanwhile, NULL), -CAUSE_EXISTS);
	assert_int_equal(fs_read(meanwhile, &text, NULL), 0);
	assert_string_equal(text, "theirs");
	free(meanwhile);
	meanwhile = NULL;
	free(text);
	store_close(s);
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, scratch_setup, scratch_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_part_of_a_refused_file_does_not_stay),
		TEST(what_came_meanwhile_is_not_overwritten),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
