/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Inside policy/ only: what a foreign object's own program would do for it before and after the load, as far
 * as the kernel's headers for such programs (tools/sched_ext/include/scx) say it: SCX_OPS_OPEN(),
 * SCX_OPS_LOAD(). What is particular to that program can't be known: an object that needs it for certain is
 * refused, and what it may need is said with every sample (PROOF_UNSET).
 */
#pragma once
#include "policy/loaded.h"

/*
 * Before the load: constants of the kernel (consts.h), hotplug_seq, the length of the dump; ops that the
 * kernel lacks and that those macros take out are taken out; maps are not pinned. -CAUSE_REFUSED, logged, for
 * an array whose size is its own program's to set.
 */
int own_prepare(struct policy *p);
/*
 * After the load: -CAUSE_REFUSED, logged, when its code uses a constant that the kernel lacks without a look
 * whether it is 0, or a map of maps or of programs that is empty. Sets p->unset: what may be missing, in
 * words, or NULL.
 */
int own_check(const struct policy_spec *spec, struct policy *p);
/* Frees what both keep in p, which is then as before. */
void own_free(struct policy *p);

/* unset.c: adds what else its own program may set: a list in words, "" if nothing. The caller's to free. */
char *unset_words(const struct policy_spec *spec, const struct policy *p);
