/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What every policy needs: the kernel's types, knobs, what the loader fills in, definitions of ops.
 *
 * Kfuncs and enums come from vmlinux.h; the plain names used here exist on every kernel from 6.19 on,
 * kfuncs.bpf.h has those that change, newer.bpf.h the others. policy.bpf.h includes this.
 */
#ifndef SCXB_COMMON_BPF_H
#define SCXB_COMMON_BPF_H

#include "vmlinux.h"
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
#include "kfuncs.bpf.h"
#include "newer.bpf.h"
#include "stats_abi.h"
#include "custody_abi.h"
#include "control_abi.h"

char _license[] SEC("license") = "GPL";

/*
 * A knob: a global that the loader sets by name before load, after checking type and range against
 * the tag in BTF. Types: bool, s32, u32, u64; min and max are plain decimal numbers.
 */
#define SCXB_KNOB(type, name, dfl, min, max, help) \
	const volatile type name __attribute__((btf_decl_tag("scxb:knob:" #min ":" #max ":" help))) = dfl

/* A line for lists of what may surprise whoever chose it; the head of the file and the README have the same
 * words. */
#define SCXB_SAYS(text) const volatile u8 scxb_says __attribute__((btf_decl_tag("scxb:says:" text))) = 1

/* A comparison takes it only where it is named: what it is for is not in the default workloads. */
#define SCXB_BY_NAME const volatile u8 scxb_by_name __attribute__((btf_decl_tag("scxb:by-name"))) = 1

/* Set by the loader before load. */
const volatile u32 scxb_nr_cpus = 1; /* highest CPU id + 1 */
const volatile u32 scxb_nr_l3 = 1;
const volatile u32 scxb_nr_nodes = 1;
const volatile u32 scxb_nr_cores = 1;
const volatile bool scxb_detail;      /* an instrumented sample: fill the histograms */
const volatile u64 scxb_cgroup_id;    /* the workload's cgroup; 0: every task is the workload */
const volatile u32 scxb_cgroup_level; /* depth of that cgroup */

/*
 * Kept at all? SCXB_NO_LEDGER leaves out the ledger, the counters and control, only to measure what they cost
 * (tests/cost/ledger.sh). Such an object has no SCXB_COUNTERS_MAP, so its samples are proven as those of a
 * foreign policy are.
 */
#ifdef SCXB_NO_LEDGER
#define scxb_kept false
#else
#define scxb_kept true
#endif

/* Array maps with one entry per CPU; the loader sets their size before load. */
#define SCXB_CPU_MAP(name, value_type)             \
	struct {                                   \
		__uint(type, BPF_MAP_TYPE_ARRAY);  \
		__uint(map_flags, BPF_F_MMAPABLE); \
		__uint(max_entries, 1);            \
		__type(key, u32);                  \
		__type(value, value_type);         \
	} name SEC(".maps")

SCXB_CPU_MAP(scxb_topo, struct scxb_topo_cpu);

/* What is kept of each task. */
#define SCXB_TASK_MAP(name, value_type)                  \
	struct {                                         \
		__uint(type, BPF_MAP_TYPE_TASK_STORAGE); \
		__uint(map_flags, BPF_F_NO_PREALLOC);    \
		__type(key, int);                        \
		__type(value, value_type);               \
	} name SEC(".maps")

/* Defines an op. */
#define SCXB_OP(name, args...) SEC("struct_ops/" #name) BPF_PROG(name, ##args)
#define SCXB_OP_SLEEPABLE(name, args...) SEC("struct_ops.s/" #name) BPF_PROG(name, ##args)

/* The same, not loaded where an ops struct names another in its place. */
#define SCXB_DEFAULT_OP(name, args...) SEC("?struct_ops/" #name) BPF_PROG(name, ##args)
/* An op that only watches. */
#define SCXB_WATCH_OP(name, args...) SEC("?struct_ops" SCXB_WATCH #name) BPF_PROG(name, ##args)

/* Ends the policy with a message; the kernel goes back to the fair class. */
#define scxb_error(msg)                                  \
	({                                               \
		static char ___fmt[] = msg;              \
		u64 ___none = 0;                         \
		scx_bpf_error_bstr(___fmt, &___none, 0); \
	})

#define ENOMEM 12
#define E2BIG 7

#define NSEC_PER_USEC 1000ULL
#define NSEC_PER_MSEC 1000000ULL
#define NSEC_PER_SEC 1000000000ULL

/* The kernel's kfuncs take the plain type. */
#define scxb_cast_mask(mask) ((const struct cpumask *)(mask))

/* Never negative: the clocks of two CPUs may differ a little. */
static __always_inline u64 scxb_since(u64 then, u64 now)
{
	s64 passed = now - then;

	return passed > 0 ? passed : 0;
}

/* Virtual times wrap. */
static __always_inline bool scxb_before(u64 a, u64 b)
{
	return (s64)(a - b) < 0;
}

#endif
