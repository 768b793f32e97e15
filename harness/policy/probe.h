/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Can this machine run sched_ext policies? If not: why, and what helps. */
#pragma once
#include "topology/topology.h"

enum probe {
	PROBE_OK,
	PROBE_NO_SCX, /* kernel without sched_ext */
	PROBE_NO_BTF, /* kernel without BTF */
	PROBE_NO_ROOT,
	PROBE_BUSY,	 /* another scheduler is active */
	PROBE_NO_OBJECT, /* home/schedulers/fifo.bpf.o is not built */
	PROBE_UNSOUND,	 /* the kernel's BTF refuses every sched_ext object */
	PROBE_REFUSED,	 /* the verifier refuses our fifo */
	NR_PROBE
};

/*
 * Stops at the first obstacle. home: as for policy_parse(). Loads fifo without attaching it. log_path: as
 * in struct policy_setup, or NULL.
 */
enum probe probe_policies(const char *home, const struct topology *t, const char *log_path);
/* "kernel without sched_ext" and what to do about it, both one line. */
const char *probe_name(enum probe p);
const char *probe_cure(enum probe p);
