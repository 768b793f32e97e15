/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the auditor's two halves share: audit.bpf.c counts, audit.c sets the target and reads. No includes. */
#pragma once

/* The only variable of the object's .rodata: the cgroup whose tasks, also those of groups below, are counted.
 */
struct audit_target {
	__u64 cgroup_id;
	__u32 level; /* its depth below the root */
	__u32 pad;
};

/* One a CPU, in the single entry of the per-CPU array "audit_time". */
struct audit_time {
	__u64 ext_ns, other_ns;
};
_Static_assert(sizeof(struct audit_target) == 16 && sizeof(struct audit_time) == 16, "layout");
