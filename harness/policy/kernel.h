/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the BTF of the running kernel says of its sched_ext. */
#pragma once
#include <stdbool.h>

/*
 * Some kernel packages carry BTF that was made before the kernel's own tool took the implicit last argument
 * (struct bpf_prog_aux *) out of the kfuncs' prototypes. No object that was compiled against the right ones
 * can then be loaded.
 */
bool kernel_btf_is_unsound(void);
/* ops.dequeue() comes at every exit from custody (SCX_DEQ_SCHED_CHANGE, Linux 7.1); else custody is inferred.
 */
bool kernel_custody_is_exact(void);
