/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Shared by audit.bpf.c, which counts, and audit.c, which sets the target and reads the counts. No includes.
 */
#pragma once

/* The only variable of the object's .rodata: the cgroup whose tasks are counted, with all groups below it. */
struct audit_target {
	__u64 cgroup_id;
	__u32 level; /* its depth below the root */
	__u32 pad;
};

/* One for each CPU, in the single entry of the per-CPU array "audit_time". */
struct audit_time {
	__u64 ext_ns, other_ns;
};
_Static_assert(sizeof(struct audit_target) == 16 && sizeof(struct audit_time) == 16, "layout");
