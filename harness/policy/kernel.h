/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the BTF of the running kernel says about its sched_ext. */
#pragma once
#include <stdbool.h>

struct btf;

/* NULL: it has none. The caller's to free, with btf__free(); parsing it takes a while. */
struct btf *kernel_btf(void);

/*
 * In the BTF of some kernel packages the kfuncs' prototypes still have the implicit last argument (struct
 * bpf_prog_aux *), which the kernel's own tool should have removed. No object that was compiled against the
 * right prototypes can be loaded there.
 */
bool kernel_btf_is_unsound(void);
/*
 * The kernel calls ops.dequeue() for every exit from custody (SCX_DEQ_SCHED_CHANGE, Linux 7.1); else exits
 * are inferred.
 */
bool kernel_custody_is_exact(void);
/* The name that libbpf looks for in the kernel: without the last ___suffix. The caller's to free. */
char *kernel_name(const char *name);
/* The kernel has a function, or a struct, of exactly that name. */
bool kernel_has_function(const char *name);
bool kernel_has_struct(const char *name);
bool kernel_has_member(const char *type, const char *member);
