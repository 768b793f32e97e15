/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is written to a policy that runs, and what is taken back; its maps are arrays here. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <bpf/bpf.h>
#include <errno.h>
#include "control/control.h"
#include "scratch.h"

/* The only rule of the map of threads. */
static struct scxb_setting rule;
static bool there;

static int look_up(void *value)
{
	if (!there)
		return -ENOENT;
	memcpy(value, &rule, sizeof(rule));
	return 0;
}

static int update(const void *value)
{
	memcpy(&rule, value, sizeof(rule));
	there = true;
	return 0;
}

static int take_away(void)
{
	int err = there ? 0 : -ENOENT;

	there = false;
	return err;
}

#define bpf_map_lookup_elem(fd, key, value) ((void)(fd), (void)(key), look_up(value))
#define bpf_map_update_elem(fd, key, value, flags) ((void)(fd), (void)(key), update(value))
#define bpf_map_delete_elem(fd, key) ((void)(fd), (void)(key), take_away())
#include "control/control.c" /* NOLINT(bugprone-suspicious-include) */

static struct scxb_control shared;
static struct scxb_bucket bucket[SCXB_BUCKETS];
static struct control control;
static const struct target thread = { .kind = TARGET_TASK, .id = 7 };

/* A policy that heeds the weight, the CPU and quotas of tasks, and the slice of all. */
static void control_begins(void)
{
	setenv("SCXBENCH_CONTROL_LOG", scratch_path("control.log"), 1);
	there = false;
	memset(bucket, 0, sizeof(bucket));
	shared = (struct scxb_control){ .settings = SCXB_HAS_SETTING(weight) | SCXB_HAS_SETTING(cpu) |
						    SCXB_HAS_SETTING(quota_ppm),
					.params = 1U << SCXB_PARAM_slice_us };
	control = (struct control){
		.shared = &shared, .bucket = bucket, .buckets = 64, .lock = -1, .log = -1, .cpus = 4
	};
}

static void control_ends(void)
{
	close(control.log);
	unsetenv("SCXBENCH_CONTROL_LOG");
}

static int set_word(const struct target *t, const char *word)
{
	char *const words[] = { (char *)word, NULL };

	return control_set(&control, t, words);
}

static void only_what_the_policy_heeds_is_set(void **state)
{
	(void)state;
	control_begins();
	assert_int_equal(set_word(&thread, "slice_us=3000"), -CAUSE_USAGE);
	assert_int_equal(set_word(&thread, "cpu=4"), -CAUSE_USAGE);
	assert_false(there);
	assert_int_equal(shared.generation, 0);
	assert_int_equal(set_word(&thread, "cpu=3"), 0);
	assert_int_equal(set_word(&thread, "weight=200"), 0);
	assert_int_equal(shared.generation, 2);
	assert_int_equal(rule.set, SCXB_HAS_SETTING(weight) | SCXB_HAS_SETTING(cpu));
	assert_int_equal(rule.value[SCXB_SETTING_weight], 200);
	assert_int_equal(rule.value[SCXB_SETTING_cpu], 3);
	control_ends();
}

static void a_quota_has_a_bucket_until_it_is_reset(void **state)
{
	(void)state;
	control_begins();
	bucket[1].ppm = 1; /* another's */
	assert_int_equal(set_word(&thread, "quota=25%"), 0);
	assert_int_equal(rule.bucket, 2);
	assert_int_equal(bucket[2].ppm, 250000);
	assert_int_equal(set_word(&thread, "quota=50%"), 0);
	assert_int_equal(rule.bucket, 2);
	assert_int_equal(bucket[2].ppm, 500000);
	assert_int_equal(control_reset(&control, &thread), 0);
	assert_int_equal(bucket[2].ppm, 0);
	assert_int_equal(bucket[1].ppm, 1);
	assert_int_equal(control_reset(&control, &thread), -CAUSE_NOT_FOUND);
	for (unsigned i = 1; i < control.buckets; i++)
		bucket[i].ppm = 1;
	assert_int_equal(set_word(&thread, "quota=25%"), -CAUSE_USAGE);
	assert_false(there);
	control_ends();
}

static void a_parameter_is_given_until_it_is_reset(void **state)
{
	const struct target policy = { .kind = TARGET_POLICY };
	__u64 value;

	(void)state;
	control_begins();
	assert_false(control_param(&control, SCXB_PARAM_slice_us, &value));
	assert_int_equal(set_word(&policy, "layout=core"), -CAUSE_USAGE);
	assert_int_equal(set_word(&policy, "slice_us=4000"), 0);
	assert_true(control_param(&control, SCXB_PARAM_slice_us, &value));
	assert_int_equal(value, 4000);
	assert_int_equal(control_reset(&control, &policy), 0);
	assert_false(control_param(&control, SCXB_PARAM_slice_us, &value));
	assert_int_equal(shared.generation, 2);
	assert_int_equal(control_reset(&control, &policy), -CAUSE_NOT_FOUND);
	control_ends();
}

int main(void)
{
#define IN_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_setup, scratch_teardown)
	const struct CMUnitTest tests[] = {
		IN_SCRATCH(only_what_the_policy_heeds_is_set),
		IN_SCRATCH(a_quota_has_a_bucket_until_it_is_reset),
		IN_SCRATCH(a_parameter_is_given_until_it_is_reset),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("control_set", tests, NULL, NULL);
}
