/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Files of runs and samples that are cut off, wrong or flipped: refused, never a crash. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>
#include <sanitizer/common_interface_defs.h>
#include <cmocka.h>
#include "full_record.h"
#include "scratch.h"
#include "util/cause.h"
#include "util/fs.h"

#define TEXT_OF(number) #number
#define SCHEMA_OF(number) "\"schema\":" TEXT_OF(number)
#define SCHEMA SCHEMA_OF(RECORD_SCHEMA)

/* Files that a reader must refuse: what is replaced in a good one, by what, and the error. */
static const struct {
	const char *old, *new;
	int err;
} refused[] = {
	{ SCHEMA, "\"schema\":99", -CAUSE_VERSION },
	{ SCHEMA, "\"schema\":0", -CAUSE_VERSION },
	{ SCHEMA, "\"schema\":\"3\"", -CAUSE_DAMAGED },
	{ "\"boot\":3,", "", -CAUSE_DAMAGED },
	{ "\"warmup\":true", "\"warmup\":1", -CAUSE_DAMAGED },
	{ SCHEMA ",", "", -CAUSE_DAMAGED },
	{ "\"seq\":7", "\"seq\":-7", -CAUSE_DAMAGED },
	{ "\"seq\":7", "\"seq\":7e0", -CAUSE_DAMAGED },
	{ "\"seq\":7", "\"seq\":99999999999", -CAUSE_DAMAGED },
	{ "\"seq\":7", "\"seq\":7,\"seq\":8", -CAUSE_DAMAGED },
	{ "\"block\":2,", "", -CAUSE_DAMAGED },
	{ "\"status\":\"ejected\"", "\"status\":\"fine\"", -CAUSE_DAMAGED },
	{ "\"instrumented\":false", "\"instrumented\":0", -CAUSE_DAMAGED },
	{ "\"better\":\"lower\"", "\"better\":\"less\"", -CAUSE_DAMAGED },
	{ "\"value\":null", "\"value\":\"?\"", -CAUSE_DAMAGED },
	{ "\"absent\":null", "\"absent\":\"both\"", -CAUSE_DAMAGED },
	{ "\"value\":null", "\"value\":1e999", -CAUSE_DAMAGED },
	{ "\"overflow\":2", "\"overflow\":-2", -CAUSE_DAMAGED },
	{ "[0.0,", "[5.0,", -CAUSE_DAMAGED },
	{ ",3]", ",-3]", -CAUSE_DAMAGED },
	{ ",3]", "]", -CAUSE_DAMAGED },
	{ "\"why\":\"ejected\"", "\"why\":{}", -CAUSE_DAMAGED },
	{ "\"proof\":[", "\"proof\":[7,", -CAUSE_DAMAGED },
	{ "\"metrics\":[", "\"metrics\":[null,", -CAUSE_DAMAGED },
	{ "\"histograms\":[", "\"histograms\":[[],", -CAUSE_DAMAGED },
};

static char *good_text(void)
{
	struct record r;
	char *text;

	full_record(&r);
	assert_int_equal(record_write(&r, scratch), 0);
	record_free(&r);
	assert_int_equal(fs_read(scratch_path("sample-0007.json"), &text, NULL), 0);
	return text;
}

static int read_back(const void *data, size_t len)
{
	const char *path = scratch_path("damaged.json");
	FILE *f = fopen(path, "w");
	struct record r;
	int err;

	assert_int_equal(fwrite(data, 1, len, f), len);
	fclose(f);
	err = record_read(path, &r);
	if (!err)
		record_free(&r);
	return err;
}

static void wrong_members_are_refused(void **state)
{
	char *text = good_text();

	(void)state;
	for (size_t i = 0; i < sizeof(refused) / sizeof(*refused); i++) {
		char *at = strstr(text, refused[i].old), *bad;

		assert_non_null(at);
		bad = mem_printf("%.*s%s%s", (int)(at - text), text, refused[i].new,
				 at + strlen(refused[i].old));
		assert_int_equal(read_back(bad, strlen(bad)), refused[i].err);
		free(bad);
	}
	free(text);
}

static void truncated_files_are_refused(void **state)
{
	char *text = good_text();

	(void)state;
	for (size_t len = 0; len < strlen(text); len++)
		assert_int_equal(read_back(text, len), -CAUSE_DAMAGED);
	free(text);
}

static void flipped_bytes_never_crash(void **state)
{
	char *text = good_text();
	size_t len = strlen(text);

	(void)state;
	srand(1);
	for (int i = 0; i < 4000; i++) {
		size_t at = rand() % len;
		char old = text[at];
		int err;

		text[at] ^= 1 << rand() % 8;
		err = read_back(text, len);
		assert_true(!err || err == -CAUSE_DAMAGED || err == -CAUSE_VERSION);
		text[at] = old;
	}
	free(text);
}

static void damaged_runs_are_refused(void **state)
{
	struct run run = full_run(), back;
	char *text;

	(void)state;
	assert_int_equal(run_write(&run, scratch), 0);
	assert_int_equal(fs_read(scratch_path("run.json"), &text, NULL), 0);
	for (size_t len = strlen(text) - 1; len > 0; len--) {
		assert_int_equal(truncate(scratch_path("run.json"), len), 0);
		assert_int_equal(run_read(scratch, &back), -CAUSE_DAMAGED);
	}
	memcpy(strstr(text, "[null,"), "[     ", 6);
	assert_int_equal(fs_write_durable(scratch_path("run.json"), text, strlen(text)), 0);
	assert_int_equal(run_read(scratch, &back), -CAUSE_DAMAGED);
	memcpy(strstr(text, "[     "), "[null,", 6);
	memcpy(strstr(text, "[\"time\"]"), "[      ]", 8);
	assert_int_equal(fs_write_durable(scratch_path("run.json"), text, strlen(text)), 0);
	assert_int_equal(run_read(scratch, &back), -CAUSE_DAMAGED);
	free(text);
}

/* Thousands of refusals would bury a real message; the sanitizers keep their way out. */
static int quiet_setup(void **state)
{
	intptr_t err = dup(STDERR_FILENO);
	int null = open("/dev/null", O_WRONLY);

	__sanitizer_set_report_fd((void *)err);
	dup2(null, STDERR_FILENO);
	close(null);
	return scratch_setup(state);
}

#define IN_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_setup, scratch_teardown)
#define QUIETLY(test) cmocka_unit_test_setup_teardown(test, quiet_setup, scratch_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_SCRATCH(wrong_members_are_refused),
		QUIETLY(truncated_files_are_refused),
		QUIETLY(flipped_bytes_never_crash),
		QUIETLY(damaged_runs_are_refused),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("record_damage", tests, NULL, NULL);
}
