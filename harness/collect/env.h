/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The environment of a run, as key and value: kernel, command line, distribution, CPU model, microcode,
 * governor, energy preference, frequency limits and idle states of every CPU, turbo, SMT, CPUs that are
 * isolated or not allowed, interrupts' affinity, mitigations, preempt mode, EEVDF's tunables and features,
 * clock source, timer frequency, transparent huge pages, autogroup, hypervisor, memory, versions of every
 * tool and hashes of every BPF object and of the program. A value that can't be read is "unknown: <reason>",
 * never left out.
 */
#pragma once
#include <stdbool.h>
#include "record/record.h"

/* Appends to run->env and sets run->emulated. home: the directory that holds schedulers/. */
void env_collect(const char *home, struct run *run);
/* Of that the kernel and the CPUs alone, and run->emulated. */
void env_machine(struct run *run);
/*
 * The present values of what host_prepare() may set, and of what drivers alter with it (ENV_CPU_EPP,
 * ENV_CPU_FREQUENCY). They replace those of env_collect().
 */
void env_settings(struct run *run);
/* Adds a pair, or the hash of a file. */
void env_add(struct run *run, const char *key, const char *value);
void env_add_hash(struct run *run, const char *key, const char *path);

/*
 * "kvm", "tcg", "hypervisor NAME", or "" on bare metal, by CPUID's hypervisor leaf and signature. Emulated
 * means that the CPU does not run the instructions ("tcg").
 */
const char *env_hypervisor(void);
/*
 * The kernel's own scheduler: "EEVDF" since Linux 6.6, else "CFS"; with the BORE patch, as several
 * distributions have it, "BORE (EEVDF with sched_bore=1)" while it is on. The first is pure; bore: it is on.
 */
const char *env_fair_name(const char *release, bool bore);
const char *env_fair_here(void);
