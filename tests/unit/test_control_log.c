/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The log of changes: a JSON object a line, whatever things are called, and never large. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <jansson.h>
#include <sys/stat.h>
#include <unistd.h>
#include "control/control_log.h"
#include "scratch.h"

#define LOG scratch_path("control.log")
#define OLD scratch_path("control.log.old")

static int log_begins(void **state)
{
	int err = scratch_setup(state);

	return err ? err : setenv("SCXBENCH_CONTROL_LOG", LOG, 1);
}

static int log_ends(void **state)
{
	unsetenv("SCXBENCH_CONTROL_LOG");
	return scratch_teardown(state);
}

static off_t size_of(const char *path)
{
	struct stat st;

	return stat(path, &st) ? -1 : st.st_size;
}

static int log_one(int log, const struct control_entry *e)
{
	struct buf lines = { 0 };

	control_log_add(&lines, e);
	log = control_log_write(log, &lines);
	free(lines.text);
	return log;
}

static void a_line_has_all_of_a_change(void **state)
{
	static char *const words[] = { (char *)"weight=7", (char *)"quota=25%machine", NULL };
	const struct control_entry set = { "vtime", "comm:a*", false, words, 1000007999 },
				   reset = { "vtime", "tid:7", true, NULL, 0 };
	const char *policy, *target, *layer, *first, *second, *comm;
	double time, into_run_s;
	json_t *line;
	FILE *f;
	int pid;

	(void)state;
	close(log_one(log_one(-1, &set), &reset));
	f = fopen(LOG, "re");
	line = json_loadf(f, JSON_DISABLE_EOF_CHECK, NULL);
	assert_int_equal(json_unpack(line, "{s:f s:f s:s s:s s:s s:[s s !] s:i s:s !}", "time", &time,
				     "into_run_s", &into_run_s, "policy", &policy, "target", &target, "layer",
				     &layer, "set", &first, &second, "pid", &pid, "comm", &comm),
			 0);
	assert_true(time > 1e9 && time < 1e10);
	assert_true(into_run_s == 1.000007);
	assert_string_equal(policy, "vtime");
	assert_string_equal(target, "comm:a*");
	assert_string_equal(layer, "rule");
	assert_string_equal(first, "weight=7");
	assert_string_equal(second, "quota=25%machine");
	assert_int_equal(pid, getpid());
	assert_string_equal(comm, program_invocation_short_name);
	json_decref(line);
	line = json_loadf(f, 0, NULL);
	assert_string_equal(json_string_value(json_object_get(line, "layer")), "hint");
	assert_true(json_is_null(json_object_get(line, "set")));
	json_decref(line);
	fclose(f);
}

static void no_name_breaks_a_line(void **state)
{
	static char *const words[] = { (char *)"a\"b", NULL };
	const struct control_entry e = { "p", "comm:\t\"q\\\xff\u00e9\x1b", false, words, 0 };
	char *name = program_invocation_short_name;
	json_t *line;

	(void)state;
	program_invocation_short_name = (char *)"x\xc3\ny";
	close(log_one(-1, &e));
	program_invocation_short_name = name;
	line = json_load_file(LOG, 0, NULL);
	assert_string_equal(json_string_value(json_object_get(line, "target")),
			    "comm:\t\"q\\\\xff\u00e9\x1b");
	assert_string_equal(json_string_value(json_object_get(line, "comm")), "x\\xc3\ny");
	assert_string_equal(json_string_value(json_array_get(json_object_get(line, "set"), 0)), "a\"b");
	json_decref(line);
}

static void it_is_renamed_when_it_has_grown_large(void **state)
{
	int fd = control_log_open();

	(void)state;
	assert_int_equal(ftruncate(fd, CONTROL_LOG_BYTES - 1), 0);
	close(fd);
	close(control_log_open());
	assert_int_equal(size_of(OLD), -1);
	assert_int_equal(truncate(LOG, CONTROL_LOG_BYTES), 0);
	close(control_log_open());
	assert_int_equal(size_of(OLD), CONTROL_LOG_BYTES);
	assert_int_equal(size_of(LOG), 0);
}

/* Whoever writes to it, and however long ago it was opened. */
static void also_while_it_is_open(void **state)
{
	const struct control_entry e = { "p", "policy", false, NULL, 0 };
	int log = log_one(-1, &e);
	off_t line = size_of(LOG);

	(void)state;
	assert_int_equal(truncate(LOG, CONTROL_LOG_BYTES - 1), 0);
	log = log_one(log, &e);
	assert_int_equal(size_of(OLD), -1);
	log = log_one(log, &e);
	assert_int_equal(size_of(OLD), CONTROL_LOG_BYTES - 1 + line);
	assert_true(size_of(LOG) < CONTROL_LOG_BYTES / 2);
	close(log);
}

int main(void)
{
#define IN_SCRATCH(test) cmocka_unit_test_setup_teardown(test, log_begins, log_ends)
	const struct CMUnitTest tests[] = {
		IN_SCRATCH(a_line_has_all_of_a_change),
		IN_SCRATCH(no_name_breaks_a_line),
		IN_SCRATCH(it_is_renamed_when_it_has_grown_large),
		IN_SCRATCH(also_while_it_is_open),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("control_log", tests, NULL, NULL);
}
