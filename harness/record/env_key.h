/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The keys of a run's environment (struct run). A key that ends in a dot is the first part of many keys: a
 * name follows it. A value that could not be read is "unknown: why". Pure.
 */
#pragma once
#include "record/record.h"

#define ENV_KERNEL "kernel"			  /* its release */
#define ENV_KERNEL_VERSION "kernel.version"	  /* which build of that release */
#define ENV_KERNEL_CMDLINE "kernel.cmdline"	  /* the command line of its boot */
#define ENV_KERNEL_PREEMPT "kernel.preempt"	  /* its preemption models, the one in force in brackets */
#define ENV_KERNEL_FEATURES "kernel.features"	  /* feature bits of the scheduler */
#define ENV_KERNEL_SCHEDSTATS "kernel.schedstats" /* 1: the kernel counts */
#define ENV_KERNEL_NUMA "kernel.numa_balancing"	  /* 1: the kernel moves pages */
#define ENV_KERNEL_THP_DEFRAG "kernel.thp_defrag" /* when huge pages are made, in brackets */
#define ENV_KERNEL_CGROUPS "kernel.controllers_below_root" /* cgroup controllers in force */
#define ENV_KERNEL_BORE "kernel.bore"	      /* 1: BORE is on; only where the kernel has that patch */
#define ENV_EEVDF_SLICE "eevdf.base_slice_ns" /* base slice of fair */
#define ENV_FAIR "fair"			      /* what fair is in this kernel: EEVDF, CFS, BORE (...) */

/*
 * What a run may set, see harness/host, and what drivers alter with it. Of all CPUs: where they differ, a
 * value is followed by " on CPU 0-3,8", a comma, and the next value.
 */
#define ENV_KERNEL_AUTOGROUP "kernel.autogroup" /* 1: each session is a group */
#define ENV_KERNEL_THP "kernel.thp"		/* transparent huge pages, the mode in force in brackets */
#define ENV_IRQ_BALANCE "irq.balance"		/* the daemon irqbalance: "running", "stopped", "none" */
#define ENV_CPU_GOVERNOR "cpu.governor"		/* of the frequency */
#define ENV_CPU_EPP "cpu.energy_preference"	/* of drivers that choose the frequency themselves */
#define ENV_CPU_FREQUENCY "cpu.frequency" /* "MIN-MAX kHz", and ENV_LIMITED if it is less than possible */
#define ENV_LIMITED " (limited, possible "
#define ENV_CPU_NO_TURBO "cpu.no_turbo" /* 1: no turbo; Intel's driver has this file */
#define ENV_CPU_BOOST "cpu.boost"	/* 0: no turbo; other drivers have this one */

#define ENV_MACHINE "machine"		      /* architecture */
#define ENV_DISTRIBUTION "distribution"	      /* its own name for itself */
#define ENV_HYPERVISOR "hypervisor"	      /* its name, "none" on bare metal */
#define ENV_CLOCKSOURCE "clocksource"	      /* the one in use */
#define ENV_MEMORY "memory"		      /* of the machine */
#define ENV_MITIGATION "mitigation"	      /* then a dot and a vulnerability, where these are known */
#define ENV_CPU "cpu"			      /* model */
#define ENV_CPU_MICROCODE "cpu.microcode"     /* revision */
#define ENV_CPU_ONLINE "cpu.online"	      /* number of CPUs */
#define ENV_CPU_OFFLINE "cpu.offline"	      /* a list of CPUs, "none" */
#define ENV_CPU_ALLOWED "cpu.allowed"	      /* the CPUs that we may use: cpuset and affinity */
#define ENV_CPU_ISOLATED "cpu.isolated"	      /* by the boot's isolcpus=, "none" */
#define ENV_CPU_PARTITIONS "cpu.partitions"   /* isolated by partitions of cpusets, "none" */
#define ENV_CPU_NOHZ_FULL "cpu.nohz_full"     /* without a periodic tick, "none" */
#define ENV_CPU_SMT "cpu.smt"		      /* "on", "off" and so on */
#define ENV_CPU_DRIVER "cpu.driver"	      /* of the frequency, of all CPUs */
#define ENV_CPU_IDLE_DRIVER "cpu.idle_driver" /* of the idle states */
#define ENV_CPU_IDLE_GOVERNOR "cpu.idle_governor"
#define ENV_CPU_IDLE_OFF "cpu.idle_off"	    /* states that are disabled, of all CPUs; "none" */
#define ENV_MEMORY_ALLOWED "memory.allowed" /* the nodes that we may use */
#define ENV_IRQ_AFFINITY "irq.affinity"	    /* of new interrupts, a mask */

#define ENV_VERSION "scxbench.version"	      /* of scxbench, and its commit */
#define ENV_TOOL "tool."		      /* version of the program of that name */
#define ENV_HASH "hash."		      /* of the file of that name */
#define ENV_HASH_PROGRAM ENV_HASH "scxbench"  /* the program that took the run */
#define ENV_HASH_AUDIT ENV_HASH "audit.bpf.o" /* the auditor, where it is on */
#define ENV_AUDIT "audit"		      /* whether the auditor is on, and why */

#define ENV_PLAN_WARMUP "plan.warmup"		  /* "yes", "no": boots begin with warm-ups */
#define ENV_PLAN_INSTRUMENTED "plan.instrumented" /* "yes", "no": it has instrumented samples */
#define ENV_PLAN_AUDIT "plan.audit_custody"	  /* "yes": custody is audited in them; absent: it is not */
#define ENV_PLAN_PRECISION "plan.precision"	  /* as given; absent when it was not given */
#define ENV_PLAN_TIME_BUDGET "plan.time_budget"	  /* the same */
#define ENV_PLAN_ATTACH_LIMIT "plan.attach_limit" /* the same */
#define ENV_PLAN_WATCH_BUDGET "plan.watch_budget" /* the same, see judge/instrumented.h */
#define ENV_PLAN_HOST "plan.host"		  /* settings of the machine, the same */
#define ENV_PLAN_FILE "plan.file." /* how the workload of that name was named, if by its path */
#define ENV_PLAN_USER "plan.user"  /* the user as which workloads run that don't need root */

/* Why the policy of that name, which was asked for, is not part of the run (bench --where-possible). */
#define ENV_PLAN_LEFT_OUT "plan.left_out."

#define ENV_WORKLOAD "workload." /* identity of the workload of that name */
#define ENV_ABOUT "about."	 /* how the workload of that name describes itself */

/* The value; NULL also where it could not be read. */
const char *run_env_known(const struct run *run, const char *key);

bool env_key_is(const char *key, const char *first); /* one of the keys that begin with that, like ENV_HASH */
bool env_key_is_object(const char *key);	     /* the hash of a BPF object */
