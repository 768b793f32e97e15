/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "made_shots.h"
#include "top/top.h"
#include "monitor/monitor.h"
#include "monitor/monitor_cgroups.h"
#include "monitor/monitor_rates.h"
#include "util/mem.h"

static void add_cgroup(struct monitor_shot *s, uint64_t id, uint64_t used_ns)
{
	s->cgroup = mem_resize(s->cgroup, (s->nr_cgroups + 1) * sizeof(*s->cgroup));
	s->cgroup[s->nr_cgroups++] = (struct monitor_cgroup){ id, strdup("/some/where"), used_ns };
}

static void a_cgroup_has_what_ended_in_it_too(void **state)
{
	struct pair *p = *state;

	add_cgroup(p->a, 1, S);
	add_cgroup(p->b, 1, 2 * S);
	add_cgroup(p->b, 2, 2 * S);
	monitor_rates(p->a, p->b, &p->r);
	assert_int_equal(p->r.group[0].cgroup, 1);
	assert_float_equal(p->r.group[0].run, 0, 1e-9);
	assert_float_equal(p->r.group[0].used, 0.5, 1e-9);
	assert_true(isnan(p->r.group[1].used)); /* was not there before */
	assert_string_equal(monitor_path(p->b, 2), "/some/where");
	assert_string_equal(monitor_path(p->b, 3), "");
	assert_true(monitor_parse_usage("usage_usec 12\nuser_usec 5\n") == 12000);
	assert_true(monitor_parse_usage("nothing") == 0);
}

static void counters_become_rates(void **state)
{
	struct pair *p = *state;

	p->a->sum.op[SCXB_OP_enqueue] = 100;
	p->b->sum.op[SCXB_OP_enqueue] = 300;
	p->b->sum.custody[SCXB_CUSTODY_entry_dsq] = 7;
	p->b->sum.custody[SCXB_CUSTODY_freed_inside] = 2;
	p->b->sum.custody[SCXB_CUSTODY_lost_race] = 5;
	monitor_rates(p->a, p->b, &p->r);
	assert_true(p->r.counted);
	assert_float_equal(p->r.seconds, 2, 1e-9);
	assert_float_equal(p->r.op[SCXB_OP_enqueue].per_s, 100, 1e-9);
	assert_float_equal(p->r.custody[SCXB_CUSTODY_entry_dsq], 3.5, 1e-9);
	assert_int_equal(p->r.violations, 2);
}

static void programs_tell_what_ops_cost(void **state)
{
	struct pair *p = *state;

	p->a->op[0] = (struct monitor_op){ "enqueue", 10, 1000 };
	p->b->op[0] = (struct monitor_op){ "enqueue", 14, 1800 };
	p->a->op[1] = p->b->op[1] = (struct monitor_op){ "dispatch", 10, 1000 };
	p->a->op[2] = p->b->op[2] = (struct monitor_op){ "somebody", 10, 1000 };
	p->a->nr_ops = p->b->nr_ops = 3;
	p->a->counted = p->b->counted = false;
	monitor_rates(p->a, p->b, &p->r);
	assert_float_equal(p->r.op[SCXB_OP_enqueue].ns, 200, 1e-9);
	assert_float_equal(p->r.op[SCXB_OP_enqueue].per_s, 2, 1e-9);
	assert_true(isnan(p->r.op[SCXB_OP_dispatch].ns));
	assert_true(isnan(p->r.op[SCXB_OP_tick].per_s));
}

static void nothing_is_said_across_a_change_of_policy(void **state)
{
	struct pair *p = *state;

	p->a->sum.op[SCXB_OP_enqueue] = 100;
	p->b->sum.op[SCXB_OP_enqueue] = 50;
	p->b->enable_seq = 2;
	monitor_rates(p->a, p->b, &p->r);
	assert_false(p->r.counted);
	assert_true(isnan(p->r.op[SCXB_OP_enqueue].per_s));
	assert_true(isnan(p->r.last[SCXB_CAUSE_dispatch].ns[0]));
	assert_true(isnan(p->r.last[SCXB_CAUSE_dispatch].periods));
}

static void the_first_shot_has_no_rates_but_a_state(void **state)
{
	struct pair *p = *state;

	monitor_rates(NULL, p->b, &p->r);
	assert_true(isnan(p->r.seconds));
	assert_true(isnan(p->r.task[0].run));
	assert_true(isnan(p->r.last[SCXB_CAUSE_dispatch].periods));
	assert_int_equal(p->r.ever[SCXB_CAUSE_dispatch].periods, 0);
	assert_int_equal(p->r.nr_tasks, 2);
	assert_int_equal(p->r.nr_running, 1);
	assert_int_equal(p->r.nr_inside, 1);
}

static void percentiles_are_of_the_interval_and_of_all(void **state)
{
	struct scxb_hist *before, *after;
	struct pair *p = *state;

	before = &p->a->sum.dispatch_ns;
	after = &p->b->sum.dispatch_ns;
	before->slot[scxb_hist_slot(8)] = after->slot[scxb_hist_slot(8)] = 1000;
	after->slot[scxb_hist_slot(1000000)] = 100;
	monitor_rates(p->a, p->b, &p->r);
	assert_int_equal(p->r.last[SCXB_CAUSE_dispatch].periods, 100);
	assert_true(p->r.last[SCXB_CAUSE_dispatch].ns[0] >= 1000000);
	assert_true(isnan(p->r.last[SCXB_CAUSE_dispatch].ns[1])); /* 1 beyond it */
	assert_int_equal(p->r.ever[SCXB_CAUSE_dispatch].periods, 1100);
	assert_float_equal(p->r.ever[SCXB_CAUSE_dispatch].ns[0], 8.55, 1e-9);
}

static void tasks_have_shares_of_the_interval(void **state)
{
	struct pair *p = *state;

	p->b->task[0].run_ns += S;
	p->b->task[0].wait_ns += S / 2;
	p->b->task[0].moves += 4;
	monitor_rates(p->a, p->b, &p->r);
	assert_float_equal(p->r.task[0].run, 0.5, 1e-9);
	assert_float_equal(p->r.task[0].wait, 0.25, 1e-9);
	assert_float_equal(p->r.task[0].moves, 2, 1e-9);
	assert_int_equal(p->r.nr_tasks, 2); /* the third is of another class */
}

static void what_is_not_known_of_any_task_is_not_known_of_its_cgroup(void **state)
{
	struct pair *p = *state;

	monitor_rates(NULL, p->a, &p->r);
	assert_int_equal(p->r.nr_groups, 2);
	assert_int_equal(p->r.group[0].tasks, 1);
	assert_true(isnan(p->r.group[0].run));
	assert_true(isnan(p->r.group[0].wait));
	assert_true(isnan(p->r.group[0].moves));
}

static void what_is_known_of_some_tasks_is_summed(void **state)
{
	struct pair *p = *state;

	p->b->task[1].cgroup = 1;
	p->b->task[1].start_ns = 6; /* was not of the class before */
	p->b->task[0].run_ns += S;
	p->b->task[0].wait_ns -= 1; /* read a moment too early */
	p->b->task[0].custody = MON_IN;
	p->b->task[0].waited_ns = 11;
	monitor_rates(p->a, p->b, &p->r);
	assert_int_equal(p->r.nr_groups, 1);
	assert_int_equal(p->r.group[0].tasks, 2);
	assert_float_equal(p->r.group[0].run, 0.5, 1e-9);
	assert_float_equal(p->r.group[0].wait, 0, 1e-9);
	assert_float_equal(p->r.group[0].oldest_ns, 11, 1e-9);
}

static void a_thread_id_used_again_is_another_task(void **state)
{
	struct pair *p = *state;

	p->b->task[0].start_ns = 11 * S; /* born within: all it ran is of the interval */
	p->b->task[0].run_ns = S;
	p->b->task[1].start_ns = 6; /* was not of the class before */
	monitor_rates(p->a, p->b, &p->r);
	assert_float_equal(p->r.task[0].run, 0.5, 1e-9);
	assert_true(isnan(p->r.task[1].run));
	assert_int_equal(p->r.nr_groups, 2);
	assert_true(isnan(p->r.group[1].run));
	assert_int_equal(p->r.group[1].inside, 1);
	assert_float_equal(p->r.group[1].oldest_ns, 9, 1e-9);
}

static void a_cpu_that_did_not_tick_has_no_share(void **state)
{
	struct pair *p = *state;

	p->b->cpu[0] = (struct monitor_cpu){ 150, 300 };
	monitor_rates(p->a, p->b, &p->r);
	assert_float_equal(p->r.idle[0], 0.5, 1e-9);
	assert_true(isnan(p->r.idle[1]));
	assert_string_equal(monitor_running(p->b, 0)->comm, "rt");
	assert_int_equal(monitor_running(p->b, 1)->tid, 7);
	assert_null(monitor_running(p->b, 2));
}

static void queues_are_counted_and_have_an_oldest(void **state)
{
	struct pair *p = *state;

	p->b->sum.queue[3] = 2;
	monitor_rates(p->a, p->b, &p->r);
	assert_int_equal(p->r.nr_queues, 1);
	assert_int_equal(p->r.queue[0].id, 3);
	assert_int_equal(p->r.queue[0].nr, 2);
	assert_int_equal(p->r.queue[0].weight, 150);
	assert_float_equal(p->r.queue[0].oldest_ns, 9, 1e-9);
	assert_int_equal(p->r.queue[0].oldest, 8);
}

static void without_counters_queues_are_dsqs(void **state)
{
	struct pair *p = *state;

	p->b->counted = false;
	p->b->task[0] =
		(struct mon_task){ .tid = 7, .flags = MON_EXT | MON_IN_DSQ, .dsq = 1ULL << 40, .weight = 5 };
	p->b->task[1] = (struct mon_task){ .tid = 8, .flags = MON_EXT | MON_IN_DSQ, .dsq = 1ULL << 63 };
	monitor_rates(p->a, p->b, &p->r);
	assert_int_equal(p->r.nr_queues, 1);
	assert_true(p->r.queue[0].id == 1ULL << 40);
	assert_int_equal(p->r.queue[0].weight, 5);
	assert_true(isnan(p->r.queue[0].oldest_ns));
}

static void arranged(struct pair *p, struct top_look look)
{
	monitor_rates_free(&p->r);
	monitor_rates(p->a, p->b, &p->r);
	top_arrange(&p->r, &look);
}

static void tasks_are_sorted_what_is_not_known_last(void **state)
{
	struct pair *p = *state;

	p->b->task[1].run_ns = S;
	arranged(p, (struct top_look){ .sort = SORT_RUN });
	assert_int_equal(p->r.task[0].task.tid, 8);
	arranged(p, (struct top_look){ .sort = SORT_RUN, .reverse = true });
	assert_int_equal(p->r.task[0].task.tid, 7);
	arranged(p, (struct top_look){ .sort = SORT_TID });
	assert_int_equal(p->r.task[0].task.tid, 7);
	arranged(p, (struct top_look){ .sort = SORT_NAME, .reverse = true });
	assert_int_equal(p->r.task[0].task.tid, 8);
	p->b->task[1].start_ns = 6;
	arranged(p, (struct top_look){ .sort = SORT_RUN });
	assert_int_equal(p->r.task[0].task.tid, 7);
}

static void a_filter_leaves_names_and_threads(void **state)
{
	struct pair *p = *state;

	arranged(p, (struct top_look){ .filter = "wai" });
	assert_int_equal(p->r.nr_tasks, 1);
	assert_int_equal(p->r.task[0].task.tid, 8);
	arranged(p, (struct top_look){ .filter = "7" });
	assert_int_equal(p->r.nr_tasks, 1);
	assert_int_equal(p->r.task[0].task.tid, 7);
	arranged(p, (struct top_look){ .filter = "nobody" });
	assert_int_equal(p->r.nr_tasks, 0);
	assert_int_equal(p->r.nr_all, 2);
}

static void proc_stat_is_read(void **state)
{
	struct monitor_cpu *cpu;
	int nr;

	(void)state;
	cpu = monitor_parse_stat(
		"cpu  9 9 9 9 9 9 9 9 0 0\ncpu0 1 2 3 40 5 6 7 8 0 0\ncpu3 1 1 1 1 1 1 1 1 1 1\nintr 5\n",
		&nr);
	assert_int_equal(nr, 4);
	assert_int_equal(cpu[0].idle, 45);
	assert_int_equal(cpu[0].total, 72);
	assert_int_equal(cpu[1].total, 0);
	assert_int_equal(cpu[3].idle, 2);
	free(cpu);
	assert_null(monitor_parse_stat("", &nr));
	assert_int_equal(nr, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		PAIR(counters_become_rates),
		PAIR(programs_tell_what_ops_cost),
		PAIR(nothing_is_said_across_a_change_of_policy),
		PAIR(the_first_shot_has_no_rates_but_a_state),
		PAIR(percentiles_are_of_the_interval_and_of_all),
		PAIR(tasks_have_shares_of_the_interval),
		PAIR(what_is_not_known_of_any_task_is_not_known_of_its_cgroup),
		PAIR(what_is_known_of_some_tasks_is_summed),
		PAIR(a_thread_id_used_again_is_another_task),
		PAIR(a_cgroup_has_what_ended_in_it_too),
		PAIR(a_cpu_that_did_not_tick_has_no_share),
		PAIR(queues_are_counted_and_have_an_oldest),
		PAIR(without_counters_queues_are_dsqs),
		PAIR(tasks_are_sorted_what_is_not_known_last),
		PAIR(a_filter_leaves_names_and_threads),
		cmocka_unit_test(proc_stat_is_read),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("monitor", tests, NULL, NULL);
}
