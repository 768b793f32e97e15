/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which struct_ops map is that of the attached policy: by what is in it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <bpf/bpf.h>
#include <fcntl.h>
#include <stdio.h>

/* A kernel where each number is a map of that name and size. */
static unsigned asked;
static __u32 id_of[64];

static int open_map(__u32 id)
{
	int fd = open("/dev/null", O_RDONLY | O_CLOEXEC);

	id_of[fd] = id;
	return fd;
}

static int ask(int fd, struct bpf_map_info *info)
{
	asked++;
	info->value_size = id_of[fd];
	snprintf(info->name, sizeof(info->name), "map%u", id_of[fd]);
	return 0;
}

#define bpf_map_get_fd_by_id(id) open_map(id)
#define bpf_map_get_info_by_fd(fd, info, len) ((void)(len), ask(fd, info))
#include "policy/find.c" /* NOLINT(bugprone-suspicious-include) */

/* What a map of struct_ops reads as: its ops, some numbers, and the name with its version. */
struct ops {
	__u64 refcount, op[4];
	char name[128];
	__u64 last;
};

static bool is_named(const struct ops *ops, const char *name)
{
	return has_name((const __u64 *)ops, sizeof(*ops) / sizeof(__u64), name);
}

static void a_name_with_a_version_is_found(void **state)
{
	const struct ops ops = { .op = { 7, 8 }, .name = "lavdish_1.0.5_x86_64_gnu", .last = 3 };

	(void)state;
	assert_true(is_named(&ops, "lavdish_1.0.5_x86_64_gnu"));
	assert_false(is_named(&ops, "lavdish"));
	assert_false(is_named(&ops, "x86_64_gnu"));
	assert_false(is_named(&ops, "lavdish_1.0.5_x86_64_gnu_2"));
}

static void a_name_at_the_very_end_is_not_read_beyond(void **state)
{
	__u64 word[2];

	(void)state;
	memcpy(word, "12345678abcdefgh", sizeof(word));
	assert_true(has_name(word, 2, "abcdefgh"));
	assert_false(has_name(word, 2, "x"));
}

static void each_map_is_asked_once(void **state)
{
	struct found f = { 0 };
	int fd;

	(void)state;
	for (unsigned id = 3; id < 9; id++)
		add_map(&f, id % 3 + 3);
	assert_int_equal(f.nr_maps, 3);
	for (int i = 0; i < 3; i++) {
		fd = find_map(&f, "map4", i ? 4 : 0);
		assert_int_equal(id_of[fd], 4);
		close(fd);
	}
	assert_int_equal(find_map(&f, "map4", 5), -ENOENT);
	assert_int_equal(find_map(&f, "map", 0), -ENOENT);
	assert_int_equal(asked, 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_name_with_a_version_is_found),
		cmocka_unit_test(a_name_at_the_very_end_is_not_read_beyond),
		cmocka_unit_test(each_map_is_asked_once),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("find", tests, NULL, NULL);
}
