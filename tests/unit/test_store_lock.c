/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One process has the store; a second one names it. A store that was closed cleanly is not read through
 * again. */
#include "nights.h"

#include <signal.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include "util/cause.h"
#include "util/mem.h"

static const char *db_path(void)
{
	return scratch_path("scxbench.db");
}

/* A process that has the store open until it is killed; returns once it has. */
static pid_t hold(void)
{
	int fds[2];
	char byte;
	pid_t pid;

	assert_int_equal(pipe(fds), 0);
	pid = fork();
	if (!pid) {
		struct store *s;

		if (store_open(db_path(), STORE_CREATE, &s) || write(fds[1], "x", 1) != 1)
			_exit(1);
		for (;;)
			pause();
	}
	close(fds[1]);
	assert_int_equal(read(fds[0], &byte, 1), 1);
	close(fds[0]);
	return pid;
}

static void end(pid_t pid)
{
	kill(pid, SIGKILL);
	assert_int_equal(waitpid(pid, NULL, 0), pid);
}

/* What store_open() says on stderr, and returns. */
static int open_says(char *text, size_t size)
{
	int saved = dup(STDERR_FILENO), err;
	FILE *f = tmpfile();
	struct store *s;

	dup2(fileno(f), STDERR_FILENO);
	err = store_open(db_path(), STORE_CREATE, &s);
	dup2(saved, STDERR_FILENO);
	close(saved);
	fseek(f, 0, SEEK_SET);
	text[fread(text, 1, size - 1, f)] = '\0';
	fclose(f);
	if (!err)
		store_close(s);
	return err;
}

static void the_second_learns_which_process_holds_it(void **state)
{
	char text[512], wanted[64];
	pid_t pid = hold();

	(void)state;
	assert_int_equal(open_says(text, sizeof(text)), -CAUSE_BUSY);
	snprintf(wanted, sizeof(wanted), "is held by 'test_store_lock', process %d, since ", pid);
	assert_non_null(strstr(text, wanted));
	assert_non_null(strstr(text, "wait for it or end it"));
	assert_ptr_equal(strchr(text, '\n'), text + strlen(text) - 1);
	end(pid);
}

/* Who can open the lock can hold it: those that may write in its folder, and nobody else. */
static void only_those_that_may_write_can_open_it(void **state)
{
	static const struct {
		mode_t folder, lock;
	} modes[] = { { 0755, 0600 }, { 0775, 0660 }, { 0777, 0666 } };
	char *lock = mem_printf("%s.lock", db_path());
	struct store *s;
	struct stat st;

	(void)state;
	for (size_t i = 0; i < sizeof(modes) / sizeof(*modes); i++) {
		assert_int_equal(chmod(scratch, modes[i].folder), 0);
		assert_int_equal(store_open(db_path(), STORE_CREATE, &s), 0);
		assert_int_equal(stat(lock, &st), 0);
		assert_int_equal(st.st_mode & 0777, modes[i].lock);
		store_close(s);
	}
	free(lock);
}

static void a_killed_holder_holds_nothing(void **state)
{
	char text[512];

	(void)state;
	end(hold());
	assert_int_equal(open_says(text, sizeof(text)), 0);
	assert_string_equal(text, "");
}

static void a_child_of_ours_does_not_keep_it(void **state)
{
	struct store *s = night_open();
	char text[512];
	pid_t pid = fork();

	(void)state;
	if (!pid)
		for (;;)
			pause();
	store_close(s);
	assert_int_equal(open_says(text, sizeof(text)), 0);
	end(pid);
}

/* Where the rows of a table begin that nothing reads when a store is opened. */
static long proof_page(void)
{
	sqlite3_stmt *stmt;
	sqlite3 *db;
	long page;

	assert_int_equal(sqlite3_open(db_path(), &db), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(db, "SELECT rootpage FROM sqlite_schema WHERE name = 'proof'", -1,
					    &stmt, NULL),
			 SQLITE_OK);
	assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
	page = sqlite3_column_int(stmt, 0);
	sqlite3_finalize(stmt);
	sqlite3_close(db);
	return page;
}

static void damage(void)
{
	long page = proof_page();
	FILE *f = fopen(db_path(), "r+");

	assert_non_null(f);
	fseek(f, (page - 1) * 4096, SEEK_SET);
	for (int i = 0; i < 600; i++)
		fputs("damage", f);
	fclose(f);
}

static void set_times(const struct timespec *modified)
{
	struct timespec times[2] = { *modified, *modified };

	assert_int_equal(utimensat(AT_FDCWD, db_path(), times, 0), 0);
}

/* Shown by a damage that the file's time does not show: only a store that is read through finds it. */
static void only_what_was_touched_is_read_through(void **state)
{
	struct stat before;
	struct store *s;
	char text[512];

	(void)state;
	store_close(night_open());
	assert_int_equal(stat(db_path(), &before), 0);
	damage();
	assert_int_equal(truncate(db_path(), before.st_size), 0);
	set_times(&before.st_mtim);
	assert_int_equal(store_open(db_path(), STORE_WRITE, &s), 0);
	store_close(s);
	set_times(&(struct timespec){ .tv_sec = before.st_mtim.tv_sec + 1 });
	assert_int_equal(open_says(text, sizeof(text)), -CAUSE_DAMAGED);
	assert_non_null(strstr(text, "move it away"));
	/* A refusal is not a clean close: it is refused the next time too. */
	assert_int_equal(open_says(text, sizeof(text)), -CAUSE_DAMAGED);
}

static void a_killed_holder_leaves_it_to_be_checked(void **state)
{
	struct stat before;
	char text[512];

	(void)state;
	store_close(night_open());
	end(hold());
	assert_int_equal(stat(db_path(), &before), 0);
	damage();
	set_times(&before.st_mtim);
	assert_int_equal(open_says(text, sizeof(text)), -CAUSE_DAMAGED);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_setup, scratch_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_second_learns_which_process_holds_it),
		TEST(only_those_that_may_write_can_open_it),
		TEST(a_killed_holder_holds_nothing),
		TEST(a_child_of_ours_does_not_keep_it),
		TEST(only_what_was_touched_is_read_through),
		TEST(a_killed_holder_leaves_it_to_be_checked),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
