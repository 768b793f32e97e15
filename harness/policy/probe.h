/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Can this machine run sched_ext policies, and if not, why and what helps. */
#pragma once
#include <stdbool.h>
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

/*
 * Some kernel packages carry BTF that was made before the kernel's own tool took the implicit last argument
 * (struct bpf_prog_aux *) out of the kfuncs' prototypes. No object that was compiled against the right ones
 * can then be loaded.
 */
bool probe_btf_is_unsound(void);
/* ops.dequeue() tells of every exit from custody (SCX_DEQ_SCHED_CHANGE, Linux 7.1); else custody is inferred.
 */
bool probe_custody_is_exact(void);
