/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "collect/bpf.h"
#include "record/metric_name.h"
#include "slots.h"

static double value(const struct metrics *m, const char *name)
{
	const struct metric *found = metrics_find(m, name);

	assert_non_null(found);
	return found->value;
}

static const struct proof *proof(const struct record *r, const char *check)
{
	for (size_t i = 0; i < r->nr_proofs; i++)
		if (!strcmp(proof_name(&r->proof[i]), check))
			return &r->proof[i];
	fail_msg("no proof line '%s'", check);
	return NULL;
}

static void all_cpus_add_up(void **state)
{
	struct scxb_cpu cpu[3] = { 0 }, sum;
	struct policy_map map = { cpu, sizeof(*cpu), 3 };

	(void)state;
	for (int i = 0; i < 3; i++)
		cpu[i].op[SCXB_OP_enqueue] = 1 + i;
	cpu[2].dispatch_ns.slot[SCXB_HIST_SLOTS - 1] = 9;
	assert_true(bpf_sum(&map, &sum, sizeof(sum)));
	assert_int_equal(sum.op[SCXB_OP_enqueue], 6);
	assert_int_equal(sum.dispatch_ns.slot[SCXB_HIST_SLOTS - 1], 9);
	bpf_since(&sum, &cpu[1], sizeof(sum));
	assert_int_equal(sum.op[SCXB_OP_enqueue], 4);
	map = (struct policy_map){ cpu, sizeof(cpu), 1 }; /* a section of data has a single value */
	assert_true(bpf_sum(&map, &sum, sizeof(sum)));
	assert_int_equal(sum.op[SCXB_OP_enqueue], 6);
	map.value_size -= 8;
	assert_false(bpf_sum(&map, &sum, sizeof(sum)));
	assert_int_equal(sum.op[SCXB_OP_enqueue], 0);
}

static void what_a_policy_does_not_count_follows_from_the_rest(void **state)
{
	struct scxb_cpu sum = { 0 };

	(void)state;
	sum.custody[SCXB_CUSTODY_entry_dsq] = 20;
	sum.custody[SCXB_CUSTODY_verdict] = 9;
	sum.custody[SCXB_CUSTODY_lapsed] = 1;
	sum.custody[SCXB_CUSTODY_entry_select] = 5;
	sum.custody[SCXB_CUSTODY_exit_change] = 4;
	sum.custody[SCXB_CUSTODY_reentered] = 2;
	sum.dispatch_ns.slot[0] = 10;
	sum.dispatch_ns.slot[SCXB_HIST_SLOTS - 1] = 3;
	sum.queue[SCXB_QUEUES - 1] = 7;
	sum.op[SCXB_OP_enqueue] = 30; /* that queued nothing */
	scxb_derive(&sum);
	assert_int_equal(sum.custody[SCXB_CUSTODY_exit_dispatch], 13);
	assert_int_equal(sum.queue[0], 20 + 9 - 1 - 4 - 13 - 7);
	assert_int_equal(sum.queue[SCXB_QUEUES - 1], 7);
	assert_int_equal(sum.op[SCXB_OP_enqueue], 30 + 20 + 2);
	assert_int_equal(sum.op[SCXB_OP_dequeue], 13 + 4);
	assert_int_equal(sum.count[SCXB_COUNT_dispatched], 13);
}

static void one_that_ran_inside_waits_no_more(void **state)
{
	struct scxb_cpu sum = { 0 };

	(void)state;
	sum.custody[SCXB_CUSTODY_entry_own] = 2;
	sum.custody[SCXB_CUSTODY_running_inside] = 1;
	sum.custody[SCXB_CUSTODY_freed_inside] = 1;
	scxb_derive(&sum);
	assert_int_equal(sum.queue[0], 0);
}

static void slots_become_bins(void **state)
{
	struct scxb_hist hist = { 0 };
	struct metrics m = { 0 };
	const struct hist *h;

	(void)state;
	hist.slot[scxb_hist_slot(1000)] = 5;
	hist.slot[scxb_hist_slot(UINT64_MAX)] = 2;
	bpf_hist(&m, "x", "ns", &hist);
	h = metrics_find_hist(&m, "x");
	assert_int_equal(h->nr, 1);
	assert_true(h->bins[0].low <= 1000 && 1000 < h->bins[0].high);
	assert_int_equal(h->bins[0].count, 5);
	assert_int_equal(h->overflow, 2);
	metrics_free(&m);
}

/* The shared header's own promise: a value's slot begins at or below it and the next one above. */
static void slots_hold_their_values(void **state)
{
	(void)state;
	for (uint64_t v = 1; v < 1ULL << 42; v = v * 9 / 8 + 1) {
		uint32_t slot = scxb_hist_slot(v);

		assert_true(scxb_hist_low(slot) <= v);
		assert_true(slot == SCXB_HIST_SLOTS - 1 || v < scxb_hist_low(slot + 1));
	}
}

static void the_table_of_slots_is_their_function(void **state)
{
	(void)state;
	for (uint64_t v = SCXB_SLOTS_FROM; v < SCXB_SLOTS_TO; v++)
		assert_int_equal(scxb_slots[v / 64], scxb_hist_slot(v));
	for (uint64_t v = SCXB_SLOTS_FROM; v < SCXB_SLOTS_TO; v++)
		for (uint64_t rest = 0; rest < 1 << SCXB_SLOTS_LONGER; rest += 85)
			assert_int_equal(scxb_slots[v / 64] + SCXB_SLOTS_FARTHER,
					 scxb_hist_slot(v << SCXB_SLOTS_LONGER | rest));
}

static void programs_are_named_by_their_op(void **state)
{
	(void)state;
	assert_string_equal(bpf_op_of("fifo_enqueue"), "enqueue");
	assert_string_equal(bpf_op_of("plain_core_sched_before"), "core_sched_before");
	assert_string_equal(bpf_op_of("scxb_disable"), "disable");
	assert_string_equal(bpf_op_of("fifo_init"), "fifo_init");
	assert_string_equal(bpf_op_of("enqueue"), "enqueue");
}

static void events_are_differences(void **state)
{
	struct metrics m = { 0 };

	(void)state;
	events_since("SCX_EV_A 5\nSCX_EV_AB 7\n", "SCX_EV_A 5\nSCX_EV_AB 10\nSCX_EV_NEW 3\nrubbish\n",
		     METRIC_SCX, &m);
	assert_int_equal(m.nr, 3);
	assert_true(value(&m, "scx.SCX_EV_A") == 0);
	assert_true(value(&m, "scx.SCX_EV_AB") == 3);
	assert_true(value(&m, "scx.SCX_EV_NEW") == 3);
	metrics_free(&m);
}

/* As the policy's own ledger is read. */
static void take_totals(const struct scxb_cpu *sum, struct record *r)
{
	static const struct ledger_form form = { METRIC_CUSTODY, METRIC_CUSTODY_NS, NULL, true };
	const struct scxb_rare_hist rare = { 0 };

	ledger_totals(&form, &(struct ledger_sums){ sum, &rare }, r);
}

static void a_balanced_ledger(void **state)
{
	struct scxb_cpu sum = { 0 };
	struct record r = { 0 };

	(void)state;
	sum.custody[SCXB_CUSTODY_entry_dsq] = 10;
	sum.custody[SCXB_CUSTODY_entry_select] = 2;
	sum.custody[SCXB_CUSTODY_exit_dispatch] = 7;
	sum.custody[SCXB_CUSTODY_exit_change] = 5;
	sum.custody[SCXB_CUSTODY_lost_race] = 1;
	take_totals(&sum, &r);
	assert_true(proof(&r, "custody: entries equal exits")->holds);
	assert_string_equal(proof(&r, "custody: entries equal exits")->found, "12 entries, 12 exits");
	assert_true(proof(&r, "custody: no violation")->holds);
	assert_true(value(&r.metrics, "custody.lost_race") == 1);
	assert_true(value(&r.metrics, "custody.inside") == 0);
	record_free(&r);
}

static void a_ledger_that_does_not_balance(void **state)
{
	struct scxb_cpu sum = { 0 };
	struct record r = { 0 };

	(void)state;
	sum.custody[SCXB_CUSTODY_entry_own] = 3;
	sum.custody[SCXB_CUSTODY_exit_dispatch] = 4;
	sum.custody[SCXB_CUSTODY_exit_without_entry] = 1;
	sum.custody[SCXB_CUSTODY_freed_inside] = 2;
	take_totals(&sum, &r);
	assert_false(proof(&r, "custody: entries equal exits")->holds);
	assert_false(proof(&r, "custody: no violation")->holds);
	assert_string_equal(proof(&r, "custody: no violation")->found,
			    "1 exit_without_entry, 2 freed_inside");
	assert_true(value(&r.metrics, "custody.inside") == -1);
	record_free(&r);
	r = (struct record){ 0 };
	sum.custody[SCXB_CUSTODY_entry_own] = 5;
	take_totals(&sum, &r);
	assert_false(proof(&r, "custody: entries equal exits")->holds);
	assert_true(value(&r.metrics, "custody.inside") == 1);
	record_free(&r);
}

static void a_violation_of_any_name_is_json(void **state)
{
	struct scxb_violation v = { .kind = SCXB_CUSTODY_double_entry, .event = SCXB_OP_enqueue, .pid = 7 };
	json_t *json;

	(void)state;
	memset(v.comm, 0xff, sizeof(v.comm));
	json = ledger_violation(&v);
	assert_non_null(json);
	assert_string_equal(json_string_value(json_object_get(json, "kind")), "double_entry");
	assert_string_equal(json_string_value(json_object_get(json, "event")), "enqueue");
	assert_int_equal(json_integer_value(json_object_get(json, "pid")), 7);
	assert_non_null(json_string_value(json_object_get(json, "comm")));
	json_decref(json);
	v.kind = v.event = UINT32_MAX;
	json = ledger_violation(&v);
	assert_string_equal(json_string_value(json_object_get(json, "kind")), "unknown");
	json_decref(json);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_cpus_add_up),
		cmocka_unit_test(what_a_policy_does_not_count_follows_from_the_rest),
		cmocka_unit_test(one_that_ran_inside_waits_no_more),
		cmocka_unit_test(slots_become_bins),
		cmocka_unit_test(slots_hold_their_values),
		cmocka_unit_test(the_table_of_slots_is_their_function),
		cmocka_unit_test(programs_are_named_by_their_op),
		cmocka_unit_test(events_are_differences),
		cmocka_unit_test(a_balanced_ledger),
		cmocka_unit_test(a_ledger_that_does_not_balance),
		cmocka_unit_test(a_violation_of_any_name_is_json),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
