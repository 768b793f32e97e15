/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Shared by switches.bpf.c, which records who runs on which CPU and who wakes whom, and switches.c, which
 * reads that.
 *
 * When a sample will end is not known before. So there is a short window after 0.1 s, 0.2 s, 0.4 s and so on,
 * and room for the last two of them; the last that began in the first half of the sample is kept.
 */
#pragma once

#define SWITCHES_FIRST_NS 100000000ull
#define SWITCHES_LENGTH_NS 50000000ull
#define SWITCHES_WINDOWS 24
#define SWITCHES_ROOM 8192 /* switches of a window, and as many wakeups */

/* The last window that began up to so long after the beginning; -1: none. */
static inline int switches_window(__u64 since)
{
	int last = -1;

	for (int k = 0; k < SWITCHES_WINDOWS && since >= SWITCHES_FIRST_NS << k; k++)
		last = k;
	return last;
}

/* The only variables of the object's .rodata and .bss. */
struct switches_target {
	__u64 cgroup_id; /* the workload's, with all groups below it */
	__u32 level;	 /* its depth below the root */
	__u32 pad;
};
struct switches_begun {
	__u64 ns; /* CLOCK_MONOTONIC; 0: nothing is recorded */
};

/* A switch: who has the CPU from then on. The first window's are in the first half of "switches_at". */
struct switches_at {
	__u64 ns;
	__u32 cpu, tid; /* tid 0: idle */
	__u32 waiting;	/* tasks on the CPU's run queue beside it */
	__u16 of_workload;
	__u16 slept; /* who had it until then went to sleep */
	char comm[16];
};

/* A wakeup, or a fork. The first window's are in the first half of "switches_wake". */
struct switches_wake {
	__u64 ns;
	__u32 cpu, waker; /* waker 0: an interrupt, hard or soft */
	__u32 task, pad;
};

/* Of the arrays "switches_window_count" and "switches_wake_count", by window. */
struct switches_count {
	__u64 nr;      /* switches or wakeups, also those without room */
	__u64 full_ns; /* when the first of these came; 0: all had room */
};

/*
 * The last switch of a CPU before a window: entry 3 * CPU + window % 3 of "switches_before", whose size the
 * loader sets. Three, for that of the next window but one begins before the sample ends.
 */
#define SWITCHES_BEFORE 3
_Static_assert(sizeof(struct switches_at) == 40 && sizeof(struct switches_target) == 16, "layout");
_Static_assert(sizeof(struct switches_wake) == 24 && sizeof(struct switches_count) == 16, "layout");
