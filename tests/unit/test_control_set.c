/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is written to a policy that runs, and what is taken back; its maps are arrays here. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <bpf/bpf.h>
#include <errno.h>
#include <sched.h>
#include "control/control.h"
#include "queues_abi.h"
#include "scratch.h"

/* Two maps, of the rules and of the hints of threads, each with room for one. */
#define RULES 0
#define HINTS 1
static struct {
	struct scxb_setting rule;
	bool there;
} held[2], *const of_rules = &held[RULES];

static bool full; /* the rules: none can be written */

static int look_up(int fd, void *value)
{
	if (!held[fd].there)
		return -ENOENT;
	memcpy(value, &held[fd].rule, sizeof(held[fd].rule));
	return 0;
}

static int update(int fd, const void *value)
{
	if (full && fd == RULES)
		return -ENOSPC;
	memcpy(&held[fd].rule, value, sizeof(held[fd].rule));
	held[fd].there = true;
	return 0;
}

static int take_away(int fd)
{
	int err = held[fd].there ? 0 : -ENOENT;

	held[fd].there = false;
	return err;
}

static unsigned looked; /* how often a target's text was made */

static char *make_text(const struct target *t)
{
	looked++;
	return target_text(t);
}

#define target_text(t) make_text(t)
#define bpf_map_lookup_elem(fd, key, value) ((void)(key), look_up(fd, value))
#define bpf_map_update_elem(fd, key, value, flags) ((void)(key), update(fd, value))
#define bpf_map_delete_elem(fd, key) ((void)(key), take_away(fd))
#include "control/control.c"	   /* NOLINT(bugprone-suspicious-include) */
#include "control/control_rules.c" /* NOLINT(bugprone-suspicious-include) */

static struct scxb_control shared;
static struct scxb_bucket bucket[SCXB_BUCKETS];
static struct control control;
static const struct target thread = { .kind = TARGET_TASK, .id = 1 << 22 }; /* there is none */

/* A policy that heeds the weight, the CPU and quotas of tasks, and the slice of all. */
static void control_begins(void)
{
	setenv("SCXBENCH_CONTROL_LOG", scratch_path("control.log"), 1);
	memset(held, 0, sizeof(held));
	full = false;
	memset(bucket, 0, sizeof(bucket));
	shared = (struct scxb_control){ .settings = SCXB_HAS_SETTING(weight) | SCXB_HAS_SETTING(cpu) |
						    SCXB_HAS_SETTING(quota),
					.params = 1U << SCXB_PARAM_slice_us,
					.queue = SCXB_HAS_QUEUE(weight) };
	control = (struct control){ .shared = &shared,
				    .bucket = bucket,
				    .buckets = 64,
				    .lock = -1,
				    .log = -1,
				    .cpus = 4,
				    .online = 4 };
	for (int i = 0; i < NR_RULE_KINDS; i++)
		control.rule[i] = RULES;
	control.hint = HINTS;
}

static void control_ends(void)
{
	free(control.lines.text);
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
	assert_false(of_rules->there);
	assert_int_equal(shared.generation, 0);
	assert_int_equal(set_word(&thread, "cpu=3"), 0);
	assert_int_equal(set_word(&thread, "weight=200"), 0);
	assert_int_equal(shared.generation, 2);
	assert_int_equal(of_rules->rule.set, SCXB_HAS_SETTING(weight) | SCXB_HAS_SETTING(cpu));
	assert_int_equal(of_rules->rule.value[SCXB_SETTING_weight], 200);
	assert_int_equal(of_rules->rule.value[SCXB_SETTING_cpu], 3);
	control_ends();
}

static void of_a_queue_is_set_what_the_policy_heeds_of_it(void **state)
{
	const struct target queue = { .kind = TARGET_QUEUE, .owner = SCXB_OWNER(SCXB_BY_USER, 7) };
	struct scxb_setting s;

	(void)state;
	control_begins();
	assert_int_equal(set_word(&queue, "cpu=1"), -CAUSE_USAGE);
	assert_int_equal(set_word(&queue, "weight=300"), 0);
	assert_true(control_get(&control, &queue, &s));
	assert_int_equal(s.value[SCXB_QUEUE_weight], 300);
	assert_int_equal(set_word(&queue, "order=priority"), -CAUSE_USAGE);
	shared.queue |= SCXB_HAS_QUEUE(order) | SCXB_HAS_QUEUE(own);
	assert_int_equal(set_word(&queue, "order=priority"), 0);
	assert_int_equal(set_word(&queue, "own=no"), 0);
	assert_true(control_get(&control, &queue, &s));
	assert_int_equal(s.set, shared.queue);
	assert_int_equal(s.value[SCXB_QUEUE_order], SCXB_ORDER_PRIORITY);
	assert_int_equal(s.value[SCXB_QUEUE_own], 0);
	assert_int_equal(s.bucket, 0);
	control.rule[TARGET_QUEUE] = -1;
	assert_int_equal(set_word(&queue, "weight=300"), -CAUSE_USAGE);
	control_ends();
}

static void what_can_have_no_effect_is_refused(void **state)
{
	const struct target me = { .kind = TARGET_TASK, .id = gettid() };
	cpu_set_t was, one;
	char word[32];
	int cpu = 0;

	(void)state;
	control_begins();
	control.cpus = CPU_SETSIZE;
	assert_int_equal(sched_getaffinity(0, sizeof(was), &was), 0);
	while (!CPU_ISSET(cpu, &was))
		cpu++;
	CPU_ZERO(&one);
	CPU_SET(cpu, &one);
	assert_int_equal(sched_setaffinity(0, sizeof(one), &one), 0);
	snprintf(word, sizeof(word), "cpu=%d", cpu + 1);
	assert_int_equal(set_word(&me, word), -CAUSE_USAGE);
	assert_int_equal(set_word(&me, "quota=1cpu"), -CAUSE_USAGE);
	assert_false(of_rules->there);
	snprintf(word, sizeof(word), "cpu=%d", cpu);
	assert_int_equal(set_word(&me, word), 0);
	assert_int_equal(set_word(&me, "quota=0.9cpu"), 0);
	assert_int_equal(sched_setaffinity(0, sizeof(was), &was), 0);
	control_ends();
}

static void a_quota_has_a_bucket_until_it_is_reset(void **state)
{
	(void)state;
	control_begins();
	bucket[1].quota = 1;						 /* another's */
	assert_int_equal(set_word(&thread, "quota=5cpu"), -CAUSE_USAGE); /* of four */
	assert_int_equal(set_word(&thread, "quota=25%machine"), 0);
	assert_int_equal(of_rules->rule.bucket, 2);
	assert_int_equal(bucket[2].quota, SCXB_QUOTA_MACHINE | 250000);
	assert_int_equal(set_word(&thread, "quota=0.5cpu"), 0);
	assert_int_equal(of_rules->rule.bucket, 2);
	assert_int_equal(bucket[2].quota, 500);
	assert_int_equal(control_reset(&control, &thread), 0);
	assert_int_equal(bucket[2].quota, 0);
	assert_int_equal(bucket[1].quota, 1);
	assert_int_equal(control_reset(&control, &thread), -CAUSE_NOT_FOUND);
	for (unsigned i = 1; i < control.buckets; i++)
		bucket[i].quota = 1;
	assert_int_equal(set_word(&thread, "quota=0.5cpu"), -CAUSE_USAGE);
	assert_false(of_rules->there);
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

static void a_hint_is_beside_the_rule_of_its_thread(void **state)
{
	const struct target hint = { .kind = TARGET_TASK, .id = 7, .hint = true };

	(void)state;
	control_begins();
	assert_int_equal(set_word(&hint, "weight=30"), 0);
	assert_int_equal(shared.asked, 1);
	assert_int_equal(shared.generation, 0);
	assert_int_equal(shared.hints, 1);
	assert_false(of_rules->there);
	assert_int_equal(set_word(&thread, "weight=7"), 0);
	assert_int_equal(shared.generation, 1);
	/* The next hint is all of it. */
	assert_int_equal(set_word(&hint, "cpu=1"), 0);
	assert_int_equal(held[HINTS].rule.set, SCXB_HAS_SETTING(cpu));
	assert_int_equal(control_reset(&control, &hint), 0);
	assert_false(held[HINTS].there);
	assert_true(of_rules->there);
	assert_int_equal(of_rules->rule.value[SCXB_SETTING_weight], 7);
	assert_int_equal(shared.generation, 1);
	assert_int_equal(shared.hints, 3);
	control_ends();
}

/* All words are looked at first; what fails at its turn puts back what was before it. */
static void a_list_of_changes_is_made_whole_or_not(void **state)
{
	const struct target policy = { .kind = TARGET_POLICY };
	char *slice[] = { "slice_us=4000", NULL }, *quota[] = { "quota=50%machine", NULL },
	     *bad[] = { "weight=0", NULL };
	const struct control_change list[] = { { policy, slice }, { thread, NULL }, { thread, quota } },
				    wrong[] = { { policy, slice }, { thread, bad } };
	size_t at = 99;
	__u64 value;

	(void)state;
	control_begins();
	assert_int_equal(set_word(&thread, "quota=25%machine"), 0);
	bucket[1].used = 77;
	assert_int_equal(control_apply(&control, wrong, 2, &at), -CAUSE_USAGE);
	assert_int_equal(at, 1);
	assert_false(control_param(&control, SCXB_PARAM_slice_us, &value));
	full = true;
	assert_int_equal(control_apply(&control, list, 3, &at), -CAUSE_USAGE);
	assert_int_equal(at, 2);
	assert_false(control_param(&control, SCXB_PARAM_slice_us, &value));
	assert_int_equal(shared.generation, 1);
	assert_int_equal(bucket[1].quota, SCXB_QUOTA_MACHINE | 250000);
	assert_int_equal(bucket[1].used, 77);
	full = false;
	assert_int_equal(control_apply(&control, list, 3, &at), 0);
	assert_int_equal(shared.generation, 2);
	assert_int_equal(bucket[of_rules->rule.bucket].quota, SCXB_QUOTA_MACHINE | 500000);
	control_ends();
}

static void assert_name(__u64 cgroup, const char *text)
{
	char *name = control_name(&control, &(struct target){ .kind = TARGET_CGROUP, .cgroup = cgroup });

	assert_string_equal(name, text);
	free(name);
}

static void the_name_of_a_cgroup_is_looked_for_once(void **state)
{
	(void)state;
	control_begins();
	looked = 0;
	assert_name(7, "cgroup:#7");
	assert_name(8, "cgroup:#8");
	assert_name(7, "cgroup:#7");
	assert_int_equal(looked, 2);
	assert_name(7 + CONTROL_NAMES, "cgroup:#71");
	assert_name(7, "cgroup:#7");
	assert_int_equal(looked, 4);
	for (int i = 0; i < CONTROL_NAMES; i++)
		control_forget(&control.known[i]);
	control_ends();
}

/* In place, as the kernel changes it. */
static void write_cpuset(const char *list)
{
	FILE *f = fopen(scratch_path("root/sys/fs/cgroup/web/cpuset.cpus.effective"), "we");

	assert_non_null(f);
	fputs(list, f);
	fclose(f);
}

static void a_cpuset_is_as_it_is_now(void **state)
{
	const struct target web = { .kind = TARGET_CGROUP, .cgroup = 7 };

	(void)state;
	control_begins();
	setenv("SCXBENCH_ROOT", scratch_path("root"), 1);
	control.known[7] = (struct known){ .id = 7, .text = mem_strdup("cgroup:/web"), .cpuset = -1 };
	assert_int_equal(set_word(&web, "cpu=2"), 0); /* it has none */
	scratch_put("root/sys/fs/cgroup/web/cpuset.cpus.effective", "0-1\n");
	assert_int_equal(set_word(&web, "cpu=2"), -CAUSE_USAGE);
	assert_int_equal(set_word(&web, "cpu=1"), 0);
	write_cpuset("2-3\n");
	assert_int_equal(set_word(&web, "cpu=2"), 0);
	assert_int_equal(set_word(&web, "cpu=1"), -CAUSE_USAGE);
	control_forget(&control.known[7]);
	unsetenv("SCXBENCH_ROOT");
	control_ends();
}

/* How many lines the log has. */
static unsigned logged(void)
{
	char *text;
	unsigned nr = 0;

	if (fs_read(scratch_path("control.log"), &text, NULL))
		return 0;
	for (const char *at = text; (at = strchr(at, '\n')); at++)
		nr++;
	free(text);
	return nr;
}

static void a_turn_is_logged_at_its_end(void **state)
{
	(void)state;
	control_begins();
	control_hold(&control);
	assert_int_equal(set_word(&thread, "weight=7"), 0);
	assert_int_equal(set_word(&thread, "cpu=1"), 0);
	assert_int_equal(of_rules->rule.value[SCXB_SETTING_weight], 7);
	assert_int_equal(shared.generation, 2);
	assert_int_equal(logged(), 0);
	control_release(&control);
	assert_int_equal(logged(), 2);
	assert_int_equal(set_word(&thread, "cpu=2"), 0);
	assert_int_equal(logged(), 3);
	control_ends();
}

int main(void)
{
#define IN_SCRATCH(test) cmocka_unit_test_setup_teardown(test, scratch_setup, scratch_teardown)
	const struct CMUnitTest tests[] = {
		IN_SCRATCH(only_what_the_policy_heeds_is_set),
		IN_SCRATCH(of_a_queue_is_set_what_the_policy_heeds_of_it),
		IN_SCRATCH(what_can_have_no_effect_is_refused),
		IN_SCRATCH(a_quota_has_a_bucket_until_it_is_reset),
		IN_SCRATCH(a_parameter_is_given_until_it_is_reset),
		IN_SCRATCH(a_hint_is_beside_the_rule_of_its_thread),
		IN_SCRATCH(a_list_of_changes_is_made_whole_or_not),
		IN_SCRATCH(the_name_of_a_cgroup_is_looked_for_once),
		IN_SCRATCH(a_cpuset_is_as_it_is_now),
		IN_SCRATCH(a_turn_is_logged_at_its_end),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("control_set", tests, NULL, NULL);
}
