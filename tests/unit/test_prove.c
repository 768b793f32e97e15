/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the kernel's state and the exit record prove of a policy: each check holds, and fails when it must. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "scratch.h"
#include "policy/prove.h"
#include "stats_abi.h"
#include "util/fs.h"

#define SCX "/sys/kernel/sched_ext/"

static struct scxb_exit left;

static void kernel_says(const char *name, const char *text)
{
	assert_int_equal(fs_write_durable(fs_sys(SCX "%s", name), text, strlen(text)), 0);
}

/* A kernel that has ours enabled, as the third policy since its boot. */
static int kernel(void **state)
{
	int err = scratch_setup(state);

	setenv("SCXBENCH_ROOT", scratch, 1);
	assert_int_equal(fs_mkdirs(fs_sys(SCX "root")), 0);
	kernel_says("state", "enabled\n");
	kernel_says("root/ops", "ours\n");
	kernel_says("enable_seq", "3\n");
	kernel_says("nr_rejected", "0\n");
	left = (struct scxb_exit){ 0 };
	return err;
}

/* With its exit record in place of a map. */
static struct policy attached(enum policy_kind kind)
{
	struct policy p = { .kind = kind, .ops = "ours", .seq = 3, .attached_at = 1 };

	p.mapped[0].view = (struct policy_map){ .data = &left, .value_size = sizeof(left), .entries = 1 };
	p.nr_mapped = 1;
	return p;
}

/* The checks that do not hold, "state,seq"; the record is freed. */
static const char *failed(struct record *r)
{
	static char text[256];

	text[0] = '\0';
	for (size_t i = 0; i < r->nr_proofs; i++)
		if (!r->proof[i].holds)
			snprintf(text + strlen(text), sizeof(text) - strlen(text), "%s%s", text[0] ? "," : "",
				 proof_name(&r->proof[i]));
	record_free(r);
	return text;
}

static const char *not_in(enum policy_kind kind)
{
	struct policy p = attached(kind);
	struct record r = { 0 };

	policy_prove_in(&p, &r, PROVE_ATTACHED);
	return failed(&r);
}

static void a_policy_is_in_by_state_sequence_and_name(void **state)
{
	(void)state;
	assert_string_equal(not_in(POLICY_BPF), "");
	kernel_says("state", "enabling\n");
	assert_string_equal(not_in(POLICY_BPF), "attached: state");
	kernel_says("state", "enabled\n");
	kernel_says("root/ops", "theirs\n");
	assert_string_equal(not_in(POLICY_BPF), "attached: ops");
	kernel_says("root/ops", "ours\n");
	kernel_says("enable_seq", "4\n");
	assert_string_equal(not_in(POLICY_BPF), "attached: enable_seq");
	kernel_says("enable_seq", "2\n");
	assert_string_equal(not_in(POLICY_BPF), "attached: enable_seq");
}

static void one_task_that_was_rejected_is_too_many(void **state)
{
	(void)state;
	kernel_says("nr_rejected", "1\n");
	assert_string_equal(not_in(POLICY_BPF), "attached: nr_rejected");
}

static void an_exit_while_it_is_attached_is_seen(void **state)
{
	(void)state;
	left.kind = 1;
	assert_string_equal(not_in(POLICY_BPF), "attached: no exit record");
}

static void fair_is_in_while_nothing_is_enabled(void **state)
{
	(void)state;
	assert_string_equal(not_in(POLICY_FAIR), "attached: state");
	kernel_says("state", "disabled\n");
	assert_string_equal(not_in(POLICY_FAIR), "");
	kernel_says("enable_seq", "4\n");
	assert_string_equal(not_in(POLICY_FAIR), "attached: enable_seq");
}

static const char *not_out(const char *kernel_state, uint64_t seq)
{
	struct scx_state s = { .present = true, .enable_seq = seq };
	struct policy p = attached(POLICY_BPF);
	struct record r = { 0 };

	snprintf(s.state, sizeof(s.state), "%s", kernel_state);
	policy_prove_out(&p, &r, &s);
	return failed(&r);
}

static void after_the_detach_nothing_is_enabled_and_nothing_was(void **state)
{
	(void)state;
	left.kind = 64; /* SCX_EXIT_UNREG */
	assert_string_equal(not_out("disabled", 3), "");
	assert_string_equal(not_out("disabling", 3), "after detach: state");
	assert_string_equal(not_out("disabled", 4), "after detach: enable_seq");
	left.kind = 1026;
	assert_string_equal(not_out("disabled", 3), "after detach: exit kind is UNREG");
}

static void a_policy_that_left_did_not_stay(void **state)
{
	struct policy p = attached(POLICY_CMD);
	struct record r = { 0 };

	(void)state;
	policy_prove_stayed(&p, &r);
	assert_string_equal(failed(&r), "");
	p.out_at = 2;
	r = (struct record){ 0 };
	policy_prove_stayed(&p, &r);
	assert_string_equal(failed(&r), "before detach: held all the time");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_policy_is_in_by_state_sequence_and_name, kernel,
						scratch_teardown),
		cmocka_unit_test_setup_teardown(one_task_that_was_rejected_is_too_many, kernel,
						scratch_teardown),
		cmocka_unit_test_setup_teardown(an_exit_while_it_is_attached_is_seen, kernel,
						scratch_teardown),
		cmocka_unit_test_setup_teardown(fair_is_in_while_nothing_is_enabled, kernel,
						scratch_teardown),
		cmocka_unit_test_setup_teardown(after_the_detach_nothing_is_enabled_and_nothing_was, kernel,
						scratch_teardown),
		cmocka_unit_test(a_policy_that_left_did_not_stay),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
