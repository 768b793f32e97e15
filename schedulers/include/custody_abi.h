/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The custody ledger, as BPF writes it and the harness reads it. custody.bpf.h explains the words.
 *
 * The ledger counts custody *periods*. It balances when, after detach, entries equal exits and no violation
 * was seen. The notes are normal events of a correct policy.
 */
#ifndef SCXB_CUSTODY_ABI_H
#define SCXB_CUSTODY_ABI_H

/* Ways in: a user DSQ, a queue of the policy's own, a user DSQ from select_cpu (once that took effect). */
#define SCXB_ENTRIES(X) \
	X(entry_dsq)    \
	X(entry_own)    \
	X(entry_select)

/*
 * Exits by cause: ops.dequeue() without a flag, with CORE_SCHED_EXEC, with SCHED_CHANGE, with SLEEP (expected
 * 0); inferred: closed at running or at the next enqueue, on kernels without the semantics.
 */
#define SCXB_EXITS(X)    \
	X(exit_dispatch) \
	X(exit_core)     \
	X(exit_change)   \
	X(exit_sleep)    \
	X(exit_inferred)

/*
 * verdict      an insert from select_cpu into a user DSQ: then entry_select, lapsed, or not known yet
 * lapsed       an insert from select_cpu that the kernel never carried out
 * lost_race    a pop that lost to a concurrent change
 * reentered    enqueued again while inside (scx_bpf_dsq_reenq()): the same period goes on
 * late_core    reported as a core-sched pick, but the task has no cookie: kernels after 7.1 and before the
 *              fix report a dispatch to another CPU's local DSQ so, and late. Counted as exit_dispatch.
 * doubled      entered again although no exit was reported: kernels before 7.1, where the old period is then
 *              an exit_inferred. Where the kernel has the semantics this is the violation double_entry.
 */
#define SCXB_NOTES(X) \
	X(verdict)    \
	X(lapsed)     \
	X(lost_race)  \
	X(reentered)  \
	X(late_core)  \
	X(doubled)

#define SCXB_VIOLATIONS(X)    \
	X(double_entry)       \
	X(exit_without_entry) \
	X(running_inside)     \
	X(freed_inside)       \
	X(yielded_again)      \
	X(flag_disagrees)

#define SCXB_ENUM_CUSTODY(n) SCXB_CUSTODY_##n,
enum scxb_custody {
	SCXB_ENTRIES(SCXB_ENUM_CUSTODY) SCXB_EXITS(SCXB_ENUM_CUSTODY) SCXB_NOTES(SCXB_ENUM_CUSTODY)
		SCXB_VIOLATIONS(SCXB_ENUM_CUSTODY) SCXB_NR_CUSTODY
};

/*
 * Time in custody, ns, split by these causes of the exit. A dispatch is counted by each CPU; the others are
 * rare, and all CPUs share their histograms (map "scxb_rare_hist").
 */
#define SCXB_CAUSES(X) \
	X(dispatch)    \
	X(core)        \
	X(change)
#define SCXB_ENUM_CAUSE(n) SCXB_CAUSE_##n,
enum scxb_cause { SCXB_CAUSES(SCXB_ENUM_CAUSE) SCXB_NR_CAUSES };

/*
 * All that one CPU counts; stats_abi.h says which code writes it. Aligned: CPUs share no cache line. What a
 * policy does not count, because it follows from the rest, scxb_derive() adds.
 */
struct scxb_cpu {
	__u64 op[SCXB_NR_OPS];
	__u64 count[SCXB_NR_COUNTS];
	__u64 custody[SCXB_NR_CUSTODY];
	__s64 queue[SCXB_QUEUES];
	struct scxb_hist dispatch_ns;
} __attribute__((aligned(128)));

/* Single entry of the array map "scxb_rare_hist": by enum scxb_cause; the first one is not used. */
struct scxb_rare_hist {
	struct scxb_hist hist[SCXB_NR_CAUSES];
};

/* Entry of a CPU in the array map "scxb_detail_hist", which has only one unless scxb_detail is set. */
struct scxb_cpu_detail {
	struct scxb_hist hist[SCXB_NR_DETAILS];
} __attribute__((aligned(128)));

/*
 * What the ledger keeps of a task, in one word: its state, the entry of queue[] in which it waits, the CPU on
 * which it was, and since when it waits. 44 bits of ns wrap after 4 hours. Outside only the state is cleared:
 * instrumented samples look how long it waited when it runs.
 */
enum scxb_state { SCXB_OUT, SCXB_PENDING, SCXB_IN };
#define SCXB_WORD_STATE 3ULL
#define SCXB_WORD_WHERE 0xfffffULL /* all but since when */
#define SCXB_WORD_QUEUE(word) ((__u32)(word) >> 3 & (SCXB_QUEUES - 1))
#define SCXB_WORD_CPU(word) ((__u32)((word) >> 7) & 0x1fff)
#define SCXB_WORD_THEN(word) ((word) >> 20)
/* The kernel has at most 8,192 CPUs. */
#define SCXB_WORD_ON(cpu) ((__u64)(cpu) << 7)
#define SCXB_WORD_FROM(then, cpu) ((__u64)(then) << 20 | SCXB_WORD_ON((__u32)(cpu)))
#define SCXB_WORD_IS(queue, state) ((__u64)(queue) << 3 | (state))

/*
 * A priority queue whose key is the word is in the order of arrival. A moved word, which the bit says, has
 * its place so many steps of SCXB_STEP_NS later, or earlier where they are negative. How many is in the word
 * itself, instead of what is less than 64 ns of its time.
 */
#define SCXB_WORD_MOVED 4ULL
#define SCXB_WORD_STEPS (63ULL << 20)
#define SCXB_STEP_NS 4000000LL
#define SCXB_LEAST_STEPS (-20)
#define SCXB_MOST_STEPS 19
#define SCXB_TO_FRONT (SCXB_MOST_STEPS + 1) /* in place of steps: SCXB_FRONT_NS earlier */
#define SCXB_FRONT_NS 8000000000LL

static inline __u64 scxb_steps_in_word(__s32 steps)
{
	return (__u64)(steps == SCXB_TO_FRONT ? -SCXB_FRONT_NS : steps * SCXB_STEP_NS) << 20;
}

static inline __u64 scxb_word_moved(__u64 word, __s32 steps)
{
	word = (word + scxb_steps_in_word(steps)) & ~SCXB_WORD_STEPS;
	return word | (__u64)(steps - SCXB_LEAST_STEPS) << 20 | SCXB_WORD_MOVED;
}

/* As it was before, to 64 ns; of any word. */
static inline __u64 scxb_word_plain(__u64 word)
{
	__s32 steps = (__s32)(word >> 20 & 63) + SCXB_LEAST_STEPS;

	if (!(word & SCXB_WORD_MOVED))
		return word;
	return (word & ~(SCXB_WORD_STEPS | SCXB_WORD_MOVED)) - scxb_steps_in_word(steps);
}

/* How long ago that was; negative where the clocks of two CPUs differ a little. */
static inline __s64 scxb_word_passed(__u64 word, __u64 now)
{
	return (__s64)((now << 20 | SCXB_WORD_WHERE) - word) >> 20;
}

/* The same in whole units of 64 ns; if it is negative, a large number. */
static inline __u64 scxb_word_units(__u64 word, __u64 now)
{
	return ((now << 20 | SCXB_WORD_WHERE) - word) >> 26;
}

/* The same, never negative. */
static inline __u64 scxb_word_age(__u64 word, __u64 now)
{
	__s64 passed = scxb_word_passed(word, now);

	return passed > 0 ? (__u64)passed : 0;
}

/* Each period that a dispatch ended is in the histogram of their times. */
static inline void scxb_derive_exits(struct scxb_cpu *c)
{
	for (__u32 i = 0; i < SCXB_HIST_SLOTS; i++)
		c->custody[SCXB_CUSTODY_exit_dispatch] += c->dispatch_ns.slot[i];
}

/* How many wait in queue 0: all that are inside, but for those in other queues. */
static inline void scxb_derive_queue(struct scxb_cpu *c)
{
	const __u64 *n = c->custody;

	c->queue[0] =
		(__s64)(n[SCXB_CUSTODY_entry_dsq] + n[SCXB_CUSTODY_entry_own] + n[SCXB_CUSTODY_verdict] -
			n[SCXB_CUSTODY_lapsed] - n[SCXB_CUSTODY_exit_dispatch] - n[SCXB_CUSTODY_exit_core] -
			n[SCXB_CUSTODY_exit_change] - n[SCXB_CUSTODY_exit_sleep] -
			n[SCXB_CUSTODY_exit_inferred] - n[SCXB_CUSTODY_running_inside] -
			n[SCXB_CUSTODY_freed_inside]);
	for (__u32 i = 1; i < SCXB_QUEUES; i++)
		c->queue[0] -= c->queue[i];
}

/*
 * The counts that a policy does not keep, from those that it does. Once, of sums of all CPUs, or of
 * differences.
 */
static inline void scxb_derive(struct scxb_cpu *c)
{
	const __u64 *in = c->custody, *moved = c->count;

	scxb_derive_exits(c);
	scxb_derive_queue(c);
	c->count[SCXB_COUNT_queued] = in[SCXB_CUSTODY_entry_dsq] + in[SCXB_CUSTODY_entry_own] +
				      in[SCXB_CUSTODY_entry_select] + in[SCXB_CUSTODY_reentered];
	c->count[SCXB_COUNT_dispatched] =
		in[SCXB_CUSTODY_exit_dispatch] + in[SCXB_CUSTODY_exit_inferred] - in[SCXB_CUSTODY_doubled];
	c->count[SCXB_COUNT_stay] = c->count[SCXB_COUNT_dispatched] + moved[SCXB_COUNT_direct] -
				    moved[SCXB_COUNT_mig_core] - moved[SCXB_COUNT_mig_l3] -
				    moved[SCXB_COUNT_mig_node] - moved[SCXB_COUNT_mig_far];
	c->op[SCXB_OP_enqueue] += in[SCXB_CUSTODY_entry_dsq] + in[SCXB_CUSTODY_entry_own] +
				  in[SCXB_CUSTODY_reentered] + in[SCXB_CUSTODY_double_entry];
	c->op[SCXB_OP_dispatch] += c->count[SCXB_COUNT_dispatched];
	/* Each ended a period, or was a violation. */
	c->op[SCXB_OP_dequeue] = in[SCXB_CUSTODY_exit_dispatch] + in[SCXB_CUSTODY_exit_core] +
				 in[SCXB_CUSTODY_exit_change] + in[SCXB_CUSTODY_exit_sleep] +
				 in[SCXB_CUSTODY_exit_without_entry];
}

/* Record of the ring buffer "scxb_violations". The counters above include those that a full ring lost. */
struct scxb_violation {
	__u64 when_ns;
	__u64 task_flags; /* p->scx.flags: the kernel's own view */
	__u64 op_flags;	  /* flags the op was called with, 0 where it has none */
	__u32 kind;	  /* enum scxb_custody, one of SCXB_VIOLATIONS */
	__u32 event;	  /* enum scxb_op in which it was seen */
	__u32 state;	  /* the ledger's state of the task before the event */
	__s32 pid;
	__u32 cpu;
	char comm[16];
	__u32 pad;
};

_Static_assert(sizeof(struct scxb_hist) == 8 * SCXB_HIST_SLOTS, "layout is shared");
_Static_assert(sizeof(struct scxb_cpu) <= 4096, "what one CPU counts stays small");
_Static_assert(sizeof(struct scxb_violation) == 64, "layout is shared");
_Static_assert(SCXB_STEP_NS % 64 == 0 && SCXB_FRONT_NS % 64 == 0,
	       "a move leaves the lowest bits of time alone");

#endif
