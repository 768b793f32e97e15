/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The names of metrics and histograms that one file writes and another reads. A name that ends in a dot is
 * the first part of many names. Pure.
 */
#pragma once
#include "record/abi_name.h"

#define METRIC_TIME "time" /* wall time of the workload, where this is its result */

/* Wakeups of periodic threads, see workloads/README.md. */
#define METRIC_CYCLES_EXPECTED "cycles_expected"
#define METRIC_CYCLES_ACTUAL "cycles_actual"
#define METRIC_CYCLES_MISSED "cycles_missed"
#define METRIC_CYCLES_EARLY "cycles_early"
#define METRIC_CYCLES_UNACCOUNTED "cycles_unaccounted"

#define METRIC_RUN_TIME "sched.run_time"       /* time that tasks ran, on all CPUs */
#define METRIC_RUN_DELAY "sched.run_delay"     /* time that tasks waited, on all CPUs */
#define METRIC_PCOUNT "sched.pcount"	       /* how often a task got a CPU */
#define METRIC_SWITCHES "sched.switches"       /* context switches of the machine */
#define METRIC_WALL "rusage.wall"	       /* of the workload, from exec to exit */
#define METRIC_NVCSW "rusage.nvcsw"	       /* voluntary switches of the workload */
#define METRIC_NIVCSW "rusage.nivcsw"	       /* involuntary ones */
#define METRIC_CGROUP_CPU "cgroup.cpu"	       /* CPU time of the workload */
#define METRIC_PSI_CPU "psi.workload_cpu_some" /* time in which a task of the workload waited for a CPU */
#define METRIC_HARNESS_CPU "harness.cpu_s"     /* CPU time of this program and its tools */
#define METRIC_STEP "harness.step."	       /* what a step of the sample took, by the step's name */
#define METRIC_SETTLE_ROUNDS "harness.settle_rounds" /* over the CPUs until it had settled, see settle.h */
#define METRIC_SWAP "swap."			     /* what bringing a policy in and taking it out took */
#define METRIC_SWAP_LOAD METRIC_SWAP "load" /* or, where it was kept from the last sample, its reset */
#define METRIC_SWAP_ATTACH METRIC_SWAP "attach"
#define METRIC_SWAP_FIRST \
	METRIC_SWAP "first_decision" /* from attach to the first that was seen: sample/dark.h */
#define METRIC_SWAP_DETACH METRIC_SWAP "detach"
#define METRIC_SWAP_DARK_IN                                                             \
	METRIC_SWAP "dark_in" /* the longest time that a task did not run at the attach \
			       */
#define METRIC_SWAP_DARK_OUT METRIC_SWAP "dark_out" /* and at the detach */
#define METRIC_HOST_STEAL "host.steal"		 /* of the machine's CPU time, what its host gave to others */
#define METRIC_HOST_PRESSURE "host.pressure.cpu" /* of the time, when a task of the lab's host waited */
#define METRIC_SPIN "machine.spin"		 /* CPU time of a turn of a fixed loop, before attach */
#define METRIC_THROTTLES "machine.throttles"	 /* how often a CPU was slowed down for heat */
#define METRIC_WORK_DONE "work_done"		 /* by the workload: units of work, where it counts them */
#define METRIC_ENERGY_PACKAGE "energy.package"	 /* of all packages */
#define METRIC_ENERGY_CORE "energy.core"	 /* of their cores */
#define METRIC_ENERGY_DRAM "energy.dram"	 /* of their memory */
#define METRIC_ENERGY_WORK "energy.per_work"	 /* of the packages, for a unit of work */
#define METRIC_CONTROL_CHANGES "control.changes" /* of settings and rules while the policy was attached */

#define METRIC_PERF "perf." /* an event, by perf's name */
#define METRIC_CYCLES METRIC_PERF "cycles"
#define METRIC_INSTRUCTIONS METRIC_PERF "instructions"
#define METRIC_CACHE_MISSES METRIC_PERF "cache-misses"
#define METRIC_BRANCH_MISSES METRIC_PERF "branch-misses"
#define METRIC_MIGRATIONS METRIC_PERF "cpu-migrations"

/* Of the programs of a policy, when it was loaded: all, and with a dot and its name an op; in one sample a
 * run. */
#define METRIC_VERIFIER "verifier."
#define METRIC_VERIFIER_INSNS METRIC_VERIFIER "insns"	/* instructions that the verifier went through */
#define METRIC_VERIFIER_STATES METRIC_VERIFIER "states" /* states of the program that it compared */
#define METRIC_VERIFIER_TIME METRIC_VERIFIER "time"	/* what it took */
#define METRIC_VERIFIER_XLATED METRIC_VERIFIER "xlated" /* size of the BPF instructions that it made */
#define METRIC_VERIFIER_JITED METRIC_VERIFIER "jited"	/* size of the CPU's own instructions */

#define METRIC_SCX "scx." /* an event of sched_ext, by the kernel's name */
#define METRIC_BYPASS_ACTIVATE METRIC_SCX "SCX_EV_BYPASS_ACTIVATE"
#define METRIC_BYPASS_DISPATCH METRIC_SCX "SCX_EV_BYPASS_DISPATCH"
#define METRIC_RESCUE METRIC_SCX "SCX_EV_SUB_RESCUE"
#define METRIC_SCX_PARENT METRIC_SCX "parent." /* the same of the root above a sub-scheduler */
#define METRIC_PARENT_RAN METRIC_SCX_PARENT "SCX_EV_SUB_BYPASS_DISPATCH"
#define METRIC_PARENT_BYPASS METRIC_SCX_PARENT "SCX_EV_BYPASS_ACTIVATE"

#define METRIC_AUDIT_EXT "audit.ext_ns"	    /* run time of the workload in the ext class */
#define METRIC_AUDIT_OTHER "audit.other_ns" /* run time outside it */
/* The custody audit: the names of the ledger's counts, and some of its own (life/outside.h). */
#define METRIC_AUDIT_CUSTODY "audit.custody."
#define METRIC_AUDIT_CUSTODY_NS "audit.custody_ns."
#define METRIC_AUDIT_CUSTODY_CALLS METRIC_AUDIT_CUSTODY "calls" /* of the auditor's programs */
#define METRIC_AUDIT_CUSTODY_TIME METRIC_AUDIT_CUSTODY "time"	/* that they took */

#define METRIC_MIGRATE "migrate."		   /* moves of the workload's tasks, by level: levels_abi.h */
#define METRIC_HOPS METRIC_MIGRATE "hops"	   /* the same, each by its weight: collect/locality.h */
#define METRIC_HOPS_WORK METRIC_MIGRATE "per_work" /* for a unit of work: the locality score */
#define METRIC_WINDOW "window."			   /* of who ran where, see record/switches.h */
#define METRIC_WINDOW_STINTS METRIC_WINDOW "stints" /* in it */
#define METRIC_WINDOW_LOST METRIC_WINDOW "lost"	    /* switches that found no room in it */

/* Of a collector, by its name: the CPU time of its BPF programs in an instrumented sample, collect/watch.h.
 */
#define METRIC_WATCH "watch."
#define METRIC_WATCH_CPU ".cpu"

#define METRIC_LIFE "life."			/* FROM.TO, see life/life.h */
#define METRIC_LIFE_MISSED METRIC_LIFE "missed" /* events that were not seen */

#define METRIC_STORM "storm."	      /* KIND: changes of that kind that were made */
#define METRIC_STORM_CAUGHT "_caught" /* then this: how many of them found their task in custody */

/* These are followed by a name from the lists in schedulers/include. */
#define METRIC_OP "bpf.op."		/* calls of the op */
#define METRIC_OP_NS "bpf.ns."		/* cost of a call */
#define METRIC_COUNT "bpf.count."	/* a count of the policy */
#define METRIC_DETAIL "bpf."		/* a histogram of an instrumented sample */
#define METRIC_CUSTODY "custody."	/* a count of the ledger */
#define METRIC_CUSTODY_NS "custody_ns." /* times in custody, by cause of the exit */

/* The same as a constant. A name that is not in the list does not compile. */
#define METRIC_OP_OF(n) (&(METRIC_OP #n)[0 * SCXB_OP_##n])
#define METRIC_OP_NS_OF(n) (&(METRIC_OP_NS #n)[0 * SCXB_OP_##n])
#define METRIC_COUNT_OF(n) (&(METRIC_COUNT #n)[0 * SCXB_COUNT_##n])
#define METRIC_DETAIL_OF(n) (&(METRIC_DETAIL #n)[0 * SCXB_DETAIL_##n])
#define METRIC_CUSTODY_NS_OF(n) (&(METRIC_CUSTODY_NS #n)[0 * SCXB_CAUSE_##n])

/* The rest of the name after the first part; NULL: the name does not begin with it. */
const char *metric_rest(const char *name, const char *first);
