/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whatever a function does in the sandbox, we only learn of it. */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>
#include <cmocka.h>
#include "util/sandbox.h"

static int touched;

static int compute(void *ctx)
{
	char *memory = malloc(10 << 20);

	memset(memory, 1, 10 << 20);
	touched = (unsigned char)memory[5];
	free(memory);
	return *(int *)ctx;
}

static void its_result_comes_back_and_nothing_else(void **state)
{
	struct why why;
	int code = 7;

	(void)state;
	assert_int_equal(sandbox_run(compute, &code, &why), 7);
	assert_int_equal(touched, 0);
	code = -5;
	assert_int_equal(sandbox_run(compute, &code, &why), SANDBOX_MOST_CODE);
}

static int end_badly(void *ctx)
{
	(void)ctx;
	abort();
}

static void a_crash_is_reported(void **state)
{
	struct why why;

	(void)state;
	assert_int_equal(sandbox_run(end_badly, NULL, &why), -ECHILD);
	assert_string_equal(why.text, "died by signal 6");
}

/* How many of these it could do. */
static int reach_out(void *ctx)
{
	int done = 0;

	(void)ctx;
	done += open("/dev/null", O_RDONLY) >= 0;
	done += socket(AF_INET, SOCK_STREAM, 0) >= 0;
	done += !kill(getppid(), 0);
	done += fork() >= 0;
	done += !setuid(0) && !geteuid() && !access("/root", W_OK);
	return done;
}

static void it_reaches_no_file_network_or_process(void **state)
{
	struct why why;

	(void)state;
	assert_int_equal(sandbox_run(reach_out, NULL, &why), 0);
}

static int eat_memory(void *ctx)
{
	char *p;
	int mib = 0;

	(void)ctx;
	while (mib < 4 * SANDBOX_MIB && (p = mmap(NULL, 1 << 20, PROT_READ | PROT_WRITE,
						  MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)) != MAP_FAILED)
		mib++;
	return mib < 4 * SANDBOX_MIB;
}

static void its_memory_has_a_limit(void **state)
{
	struct why why;

	(void)state;
	assert_int_equal(sandbox_run(eat_memory, NULL, &why), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(its_result_comes_back_and_nothing_else),
		cmocka_unit_test(a_crash_is_reported),
		cmocka_unit_test(it_reaches_no_file_network_or_process),
		cmocka_unit_test(its_memory_has_a_limit),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("sandbox", tests, NULL, NULL);
}
