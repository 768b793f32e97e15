/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The lanes of vtime: queues in the order of virtual time, each with a clock of its own. The common lane has
 * the tasks that several CPUs may run. Each CPU also has a lane for the tasks bound to it: how crowded that
 * CPU is says nothing of other CPUs, so virtual time passes there at another rate, and one clock for both
 * would forget what the slower side earned.
 *
 * A CPU serves both, by the time on the common clock: a lane's own time plus its shift. A lane that falls
 * behind or runs ahead too far is shifted as a whole, so that the order and the shares within never change.
 */
#ifndef VTIME_LANES_BPF_H
#define VTIME_LANES_BPF_H

#include "control.bpf.h"

SCXB_KNOB(u64, credit_us, 2000, 0, 10000000, "how far a sleeper may be behind in virtual time, in us");
SCXB_KNOB(u64, debt_us, 200000, 1000, 10000000, "how far others may be behind or ahead, in us");

#define COMMON 0
#define LANE_OF_CPU(cpu) ((u32)(cpu) + 1)
/* The clock lags by less than this, so that most tasks that start do not write to the line that all read. */
#define CLOCK_GRAIN (NSEC_PER_USEC * 500)

struct lane {
	u64 clock;  /* the virtual time at which tasks are served now */
	s64 shift;  /* to the common clock; only its CPU writes it */
	u64 looked; /* when a CPU last looked for tasks that have waited too long */
	u64 kicked; /* when a task last preempted on its CPU */
} __attribute__((aligned(128)));

static struct lane common SEC(".data.common");

/* Those of the CPUs: a section of data, which the loader makes as long as the machine has CPUs. */
struct lane vtime_lanes[1] SEC(".data.lanes");

/* On a machine of one CPU all tasks share the common lane. */
static __always_inline bool has_lanes(void)
{
	return scxb_nr_cpus > 1;
}

static __always_inline struct lane *lane_at(u32 nr)
{
	struct lane *all = vtime_lanes;

	barrier_var(all); /* the compiler knows of one entry */
	return has_lanes() && nr - 1 < scxb_nr_cpus ? &all[nr - 1] : &common;
}

/* While its affinity changes, a task may be on a CPU that it no longer may run on. */
static __always_inline u32 lane_for(struct task_struct *p)
{
	s32 cpu = scxb_task_cpu(p);

	if (!has_lanes() || p->nr_cpus_allowed != 1 || !bpf_cpumask_test_cpu(cpu, p->cpus_ptr))
		return COMMON;
	return LANE_OF_CPU(cpu);
}

/* At most so far behind the clock, and before it. */
static __always_inline u64 bounded(struct lane *lane, u64 vtime, u64 behind, u64 ahead)
{
	u64 least = lane->clock - behind, most = lane->clock + ahead;

	if (scxb_before(vtime, least))
		return least;
	return scxb_before(most, vtime) ? most : vtime;
}

/* Never back: a CPU delayed between reading the clock and writing it would favour all tasks that come then.
 */
static __always_inline void advance_clock(struct lane *lane, u64 vtime)
{
	u64 now = lane->clock;

	if (scxb_before(now + CLOCK_GRAIN, vtime))
		__sync_val_compare_and_swap(&lane->clock, now, vtime);
}

/* A virtual time of a CPU's lane on the common clock, to which the lane is shifted if it is too far off. */
static __always_inline u64 on_common_clock(struct lane *lane, u64 vtime)
{
	u64 at = vtime + lane->shift, debt = debt_us * NSEC_PER_USEC, kept = bounded(&common, at, debt, debt);

	lane->shift += kept - at;
	return kept;
}

/* No task of the common lane competes with those of this one. */
static __always_inline void level(struct lane *lane)
{
	lane->shift = common.clock - lane->clock;
}

static s32 make_lanes(void)
{
	s32 cpu, err = scx_bpf_create_dsq(COMMON, -1);

	bpf_for (cpu, 0, has_lanes() && !err ? (s32)scxb_nr_cpus : 0) {
		err = scx_bpf_create_dsq(LANE_OF_CPU(cpu), -1);
		if (err)
			break;
	}
	return err;
}

static void queue_lanes_again(void)
{
	s32 cpu;

	scxb_reenqueue(COMMON);
	bpf_for (cpu, 0, has_lanes() ? (s32)scxb_nr_cpus : 0)
		if (scx_bpf_dsq_nr_queued(LANE_OF_CPU(cpu)) > 0)
			scxb_reenqueue(LANE_OF_CPU(cpu));
}

#endif
