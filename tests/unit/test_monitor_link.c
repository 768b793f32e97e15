/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A policy whose link can't be found when it is first seen. Doubles of what would ask the kernel. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "monitor/monitor.h"
#include "monitor/monitor_ops.h"
#include "monitor/monitor_prog.h"
#include "policy/find.h"
#include "util/mem.h"

static int link_err; /* of finding it */
static int loads, opens;

static void describe(struct scx_state *s)
{
	*s = (struct scx_state){ .present = true, .enable_seq = 1 };
	strcpy(s->state, "enabled");
	strcpy(s->ops, "simple");
}

void scx_state_read(struct scx_state *s)
{
	describe(s);
}

int find_attached_now(struct found *f)
{
	memset(f, 0, sizeof(*f));
	describe(&f->scx);
	f->nr_ops = link_err ? 0 : 1;
	return link_err;
}

int find_attached(struct found *f)
{
	return find_attached_now(f);
}

int find_map(const struct found *f, const char *name, unsigned value_size)
{
	(void)f, (void)name, (void)value_size;
	return -ENOENT;
}

int find_log(int err, const struct found *f)
{
	(void)f;
	return err;
}

int monitor_prog_load(const struct monitor_setup *setup, int ledger, bool counted, struct monitor_prog **out)
{
	(void)setup, (void)ledger, (void)counted;
	loads++;
	*out = mem_zalloc(1, 1);
	return 0;
}

void monitor_prog_free(struct monitor_prog *p)
{
	free(p);
}

int monitor_prog_tasks(struct monitor_prog *p, struct mon_task **task, size_t *nr)
{
	(void)p;
	*task = NULL;
	*nr = 0;
	return 0;
}

int monitor_prog_queue(struct monitor_prog *p, uint64_t dsq, struct mon_task **task, uint64_t *lost)
{
	(void)p, (void)dsq, (void)task, (void)lost;
	return 0;
}

struct monitor_ops *monitor_ops_open(const struct found *f)
{
	opens = f->nr_ops;
	return NULL;
}

void monitor_ops_close(struct monitor_ops *o)
{
	(void)o;
}

void monitor_ops_read(const struct monitor_ops *o, struct monitor_shot *shot)
{
	(void)o, (void)shot;
}

static void look(struct monitor *m)
{
	struct monitor_shot shot;

	assert_int_equal(monitor_look(m, &shot), 0);
	assert_string_equal(shot.policy, "simple");
	monitor_shot_free(&shot);
}

static void a_link_that_comes_late_is_found(void **state)
{
	struct monitor *m = monitor_open(&(struct monitor_setup){ .costs = true });

	(void)state;
	link_err = -ENOTSUP;
	look(m);
	look(m);
	assert_int_equal(loads, 1);
	assert_int_equal(opens, 0);
	link_err = 0;
	look(m);
	assert_int_equal(opens, 1);
	look(m);
	assert_int_equal(loads, 2);
	monitor_close(m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_link_that_comes_late_is_found),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("monitor_link", tests, NULL, NULL);
}
