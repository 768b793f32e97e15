/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What watching costs: in an instrumented sample, for each collector whose own BPF programs are attached, the
 * CPU time that these took inside the window. Metric watch.COLLECTOR.cpu, in s, from the kernel's BPF
 * run-time statistics.
 *
 * It is the programs alone. Not in it are the way to them (the tracepoint, the trampoline), the statistics'
 * own work, what the programs push out of the caches, and the collectors' work in user space, which is part
 * of harness.cpu_s. Nor is there any of it in a timed sample, in which the statistics are off, though the
 * auditor may be attached there: see collect/audit.h.
 */
#pragma once
#include "collect/collect.h"

/*
 * For begin() of a source whose programs are attached, also where it does not measure this sample: they watch
 * it. obj: NULL: they are not; more: a second object, or NULL.
 */
void watch_programs(const struct source_ctx *ctx, const char *collector, const struct bpf_object *obj,
		    const struct bpf_object *more);
