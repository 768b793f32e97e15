/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The life of a task under sched_ext: its points, every edge from one point to the next that the kernel can
 * take, and the records of life.bpf.c. This is the only list of both: enums, sizes, metric names
 * ("life.FROM.TO"), pictures and checks come from it.
 *
 * Points are seen in the kernel's own functions, not in the policy's ops. So every policy is watched alike,
 * also one that a command loads, whichever ops it has. The edges are those of Linux 7.3, each with the
 * function of kernel/sched/ext/ext.c that takes it. Documentation/scheduler/sched-ext.rst draws the common
 * ones and says that there are more. Changes that do not move a task (ops.set_weight(), ops.set_cpumask(),
 * ops.yield()) are not points. Sub-schedulers are not distinguished from their parents.
 *
 * An edge that is not listed is a fault of the kernel, of this list, or of the watching. It is shown, never
 * dropped. No includes: the BPF side has vmlinux.h, the other side includes <linux/types.h> first.
 */
#ifndef LIFE_H
#define LIFE_H

/*
 *	unseen      it existed before the watching began, or before its policy was attached
 *	init        the policy gets to know it (ops.init_task())
 *	enable      it enters the class (ops.enable())
 *	select_cpu  it wakes, and a CPU is chosen (ops.select_cpu())
 *	runnable    it is put on a run queue (ops.runnable())
 *	enqueue     the kernel decides where it waits: by select_cpu's verdict, or by ops.enqueue()
 *	reenqueue   the same for a task that waited already (SCX_ENQ_REENQ)
 *	custody     it waits in a user DSQ or in a BPF-side queue of the policy
 *	dispatched  it is in a terminal DSQ: of a CPU, global or bypass
 *	picked      core scheduling takes it although it was not dispatched
 *	running     it gets a CPU (ops.running())
 *	tick        it still runs (ops.tick())
 *	stopping    it loses the CPU (ops.stopping())
 *	dequeue     it leaves custody without a dispatch (ops.dequeue() for a change)
 *	migrating   it is off one run queue and not yet on another, without ops.quiescent() and ops.runnable()
 *	quiescent   it is off its run queue: asleep, or for a change (ops.quiescent())
 *	disable     it leaves the class (ops.disable())
 *	exit        the policy forgets it (ops.exit_task())
 */
#define LIFE_POINTS(X) \
	X(unseen)      \
	X(init)        \
	X(enable)      \
	X(select_cpu)  \
	X(runnable)    \
	X(enqueue)     \
	X(reenqueue)   \
	X(custody)     \
	X(dispatched)  \
	X(picked)      \
	X(running)     \
	X(tick)        \
	X(stopping)    \
	X(dequeue)     \
	X(migrating)   \
	X(quiescent)   \
	X(disable)     \
	X(exit)

/* X(from, to, function of ext.c, when). After unseen, every point can come first. */
#define LIFE_EDGES(X)                                                                                        \
	X(init, enable, "scx_post_fork", "a new task begins in the class")                                   \
	X(init, exit, "scx_disable_and_exit_task", "the fork failed, or it never entered the class")         \
	X(enable, select_cpu, "select_task_rq_scx", "a new task, or its first wakeup")                       \
	X(enable, runnable, "enqueue_task_scx", "it changed class while runnable, or has one CPU to choose") \
	X(enable, disable, "switched_from_scx", "it leaves the class before it ran")                         \
	X(select_cpu, runnable, "enqueue_task_scx", "wakeup")                                                \
	X(select_cpu, disable, "switched_from_scx", "it changed class between the choice and the wakeup")    \
	X(runnable, enqueue, "scx_do_enqueue_task", "it must wait")                                          \
	X(runnable, dispatched, "scx_do_enqueue_task", "changed while it ran: it runs on (local_norefill)")  \
	X(enqueue, custody, "scx_do_enqueue_task", "the policy keeps it")                                    \
	X(enqueue, dispatched, "direct_dispatch", "straight to a CPU, or the kernel decides alone")          \
	X(enqueue, migrating, "move_remote_task_to_local_dsq",                                               \
	  "straight to another CPU, or taken away before")                                                   \
	X(enqueue, quiescent, "dequeue_task_scx", "taken away before it got to the other CPU")               \
	X(enqueue, picked, "set_next_task_scx", "core scheduling, before it got to the other CPU")           \
	X(reenqueue, custody, "scx_do_enqueue_task", "the policy keeps it")                                  \
	X(reenqueue, dispatched, "direct_dispatch", "straight to a CPU, or the kernel decides alone")        \
	X(reenqueue, migrating, "move_remote_task_to_local_dsq", "straight to another CPU")                  \
	X(reenqueue, dequeue, "ops_dequeue",                                                                 \
	  "taken away before it got to the other CPU, custody still open")                                   \
	X(reenqueue, quiescent, "dequeue_task_scx", "taken away before it got to the other CPU")             \
	X(reenqueue, picked, "set_next_task_scx", "core scheduling, before it got to the other CPU")         \
	X(custody, custody, "scx_dispatch_enqueue", "from one user DSQ or BPF-side queue to another")        \
	X(custody, dispatched, "rq_owned_post_enq", "dispatched, or taken from a user DSQ, on its CPU")      \
	X(custody, migrating, "move_remote_task_to_local_dsq", "dispatched to another CPU")                  \
	X(custody, dequeue, "ops_dequeue", "taken away by a change")                                         \
	X(custody, reenqueue, "reenq_user", "scx_bpf_dsq_reenq()")                                           \
	X(custody, picked, "set_next_task_scx", "core scheduling")                                           \
	X(dispatched, running, "set_next_task_scx", "it is next")                                            \
	X(dispatched, dispatched, "scx_consume_dispatch_q", "from the global or bypass DSQ to a CPU's")      \
	X(dispatched, reenqueue, "reenq_local", "its CPU is taken, or the policy asks for it back")          \
	X(dispatched, migrating, "move_remote_task_to_local_dsq", "to another CPU, or affinity changed")     \
	X(dispatched, quiescent, "dequeue_task_scx", "taken away by a change")                               \
	X(picked, running, "set_next_task_scx", "it is next")                                                \
	X(running, tick, "task_tick_scx", "the clock ticks")                                                 \
	X(running, stopping, "put_prev_task_scx", "slice over, preempted, changed, or going to sleep")       \
	X(tick, tick, "task_tick_scx", "the clock ticks")                                                    \
	X(tick, stopping, "put_prev_task_scx", "slice over, preempted, changed, or going to sleep")          \
	X(stopping, enqueue, "put_prev_task_scx", "slice over")                                              \
	X(stopping, reenqueue, "put_prev_task_scx", "preempted, and inserted with SCX_ENQ_IMMED")            \
	X(stopping, dispatched, "put_prev_task_scx", "preempted by a higher class with slice left")          \
	X(stopping, quiescent, "dequeue_task_scx", "sleeps, or changed while it ran")                        \
	X(dequeue, quiescent, "dequeue_task_scx", "for a change")                                            \
	X(dequeue, migrating, "dequeue_task_scx", "for a change that moves it: affinity, hotplug, NUMA")     \
	X(migrating, enqueue, "enqueue_task_scx", "moved by the scheduler's core")                           \
	X(migrating, dispatched, "enqueue_task_scx", "moved by sched_ext")                                   \
	X(quiescent, select_cpu, "select_task_rq_scx", "wakeup")                                             \
	X(quiescent, runnable, "enqueue_task_scx", "after a change, or a wakeup with one CPU to choose")     \
	X(quiescent, disable, "switched_from_scx", "it leaves the class, or dies")                           \
	X(disable, enable, "switching_to_scx", "it comes back to the class")                                 \
	X(disable, exit, "scx_disable_and_exit_task", "it died, or the policy is detached")

#define LIFE_ENUM_POINT(n) LIFE_##n,
enum life_point { LIFE_POINTS(LIFE_ENUM_POINT) LIFE_NR_POINTS };
#define LIFE_ENUM_EDGE(from, to, where, when) LIFE_EDGE_##from##_##to,
enum life_edge { LIFE_EDGES(LIFE_ENUM_EDGE) LIFE_NR_EDGES };

/*
 * The counts of one CPU: its entry in the mmapable array map "life_cpu". seen: by pair of points, listed or
 * not, row FROM. lost: events that found no room in the ring. untracked: steps of tasks that found no room in
 * the map of tasks.
 */
struct life_cpu {
	__u64 seen[LIFE_NR_POINTS * LIFE_NR_POINTS];
	__u64 lost, untracked;
};

/*
 * The durations of the listed edges: entry cpu * LIFE_NR_EDGES + edge of the mmapable array map "life_hist".
 */

/* Records of the ring buffer "life_ring", if life_traced was set before load. All begin with their head. */
enum life_kind { LIFE_STEP, LIFE_WAKE, LIFE_COUNT, LIFE_DUMP };
#define LIFE_COMM 16

struct life_head {
	__u64 ns; /* CLOCK_MONOTONIC */
	__u32 kind, cpu;
};

#define LIFE_SLEEP_FLAG 1 /* DEQUEUE_SLEEP of a step to quiescent, ENQUEUE_WAKEUP of one to runnable */

/*
 * An edge of a task's life. "from" and "nr" come from the kernel side, so the edge is right even if records
 * were lost, and what is lost is seen.
 */
struct life_step {
	struct life_head head;
	__u64 flags; /* of the class method: enqueue, dequeue or wake flags */
	__u64 dsq;   /* custody and dispatched: the DSQ's id; 0 in custody: a BPF-side queue */
	__u32 tid, tgid;
	__u32 from, to;
	__u32 on; /* the CPU of its run queue; the head has the CPU on which this was seen */
	__u32 nr; /* the task's steps are numbered, from 0 after unseen */
	char comm[LIFE_COMM];
};

/*
 * A wakeup of a task of the class, or its fork. waker 0, with an empty name: an interrupt, hard or soft, so
 * that a packet over loopback, which a soft interrupt delivers, has no waker. outside: the waker is of
 * another class, so it has no steps.
 */
struct life_wake {
	struct life_head head;
	__u32 waker, wakee;
	__u32 outside;
	__u32 nr;			     /* of the waker's last step */
	char from[LIFE_COMM], to[LIFE_COMM]; /* NUL-terminated */
};

/*
 * LIFE_COUNT: a counter SCX_EV_* rose by delta. LIFE_DUMP: a line of the kernel's dump of an ejected policy.
 */
struct life_text {
	struct life_head head;
	__s64 delta;
	char text[128];
};

#endif
