/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Two shots of the monitor for a test to change, and a place for what they make. */
#pragma once
#include <stdlib.h>
#include <string.h>
#include "monitor/monitor.h"
#include "monitor/monitor_rates.h"

#define S 1000000000ULL

static struct mon_task tasks[] = {
	{ .tid = 7,
	  .start_ns = 5,
	  .run_ns = S,
	  .wait_ns = S,
	  .moves = 3,
	  .flags = MON_EXT | MON_KNOWN | MON_ON_CPU,
	  .cpu = 1,
	  .cgroup = 1,
	  .weight = 100,
	  .comm = "old" },
	{ .tid = 8,
	  .start_ns = 5,
	  .run_ns = 0,
	  .flags = MON_EXT | MON_KNOWN | MON_OWNED,
	  .custody = MON_IN,
	  .waited_ns = 9,
	  .queue = 3,
	  .weight = 150,
	  .cgroup = 2,
	  .comm = "waits" },
	{ .tid = 9, .start_ns = 5, .flags = MON_ON_CPU, .cpu = 0, .comm = "rt" },
};

static struct monitor_cpu cpus[2] = { { 50, 100 }, { 0, 100 } };

static inline struct monitor_shot *a_shot(uint64_t when_s)
{
	struct monitor_shot *s = calloc(1, sizeof(*s));

	*s = (struct monitor_shot){
		.when_ns = when_s * S, .policy = "mine", .enable_seq = 1, .counted = true
	};
	s->cpu = malloc(sizeof(cpus));
	memcpy(s->cpu, cpus, sizeof(cpus));
	s->nr_cpus = 2;
	s->task = malloc(sizeof(tasks));
	memcpy(s->task, tasks, sizeof(tasks));
	s->nr_tasks = 3;
	return s;
}

static inline void free_shot(struct monitor_shot *s)
{
	monitor_shot_free(s);
	free(s);
}

/* Two shots, two seconds apart, and what they make. */
struct pair {
	struct monitor_shot *a, *b;
	struct monitor_rates r;
};

static inline int make(void **state)
{
	struct pair *p = calloc(1, sizeof(*p));

	p->a = a_shot(10);
	p->b = a_shot(12);
	*state = p;
	return 0;
}

static inline int end(void **state)
{
	struct pair *p = *state;

	free_shot(p->a);
	free_shot(p->b);
	monitor_rates_free(&p->r);
	free(p);
	return 0;
}

#define PAIR(f) cmocka_unit_test_setup_teardown(f, make, end)
