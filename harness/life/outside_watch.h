/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Watches custody from outside with outside.bpf.c, under any policy. It begins before a policy is attached,
 * and is read when it is detached, like the policy's own ledger.
 */
#pragma once
#include <linux/types.h>
#include <stdbool.h>
#include <stddef.h>
#include "stats_abi.h"
#include "custody_abi.h"
#include "life/outside.h"
#include "util/why.h"

struct outside_watch;

/* Loads: seconds under emulation, so once for any number of policies. 0; or -CAUSE_CANT, and why. */
int outside_open(const char *object, struct outside_watch **w, struct why *why);
void outside_free(struct outside_watch *w); /* NULL is fine */
/* Attaches if it is not, and counts from nothing on. No policy may be attached. 0; or an error, and why. */
int outside_begin(struct outside_watch *w, struct why *why);
/*
 * While a policy is attached: its calls of ops.dequeue() too. op: a descriptor of the program. The policy is
 * not held by that. 0; or -CAUSE_CANT, and why.
 */
int outside_aim(struct outside_watch *w, int op, struct why *why);
void outside_let_go(struct outside_watch *w); /* of the op; before the policy is detached */
/* With its programs; that of the op is apart, and NULL without one. */
struct bpf_object;
const struct bpf_object *outside_object(const struct outside_watch *w);
const struct bpf_object *outside_object_of_op(const struct outside_watch *w);
void outside_stop(struct outside_watch *w); /* counts no more, and detaches */

struct outside_counts {
	struct outside_cpu sum;
	bool has_stale;	 /* this kernel shows stale inserts */
	__u64 missed;	 /* calls that the kernel kept from our programs: the counts are worthless */
	__u64 calls, ns; /* of our programs, while the kernel's run-time stats were on: the cost */
};
/* Of all CPUs since it began. -EIO. */
int outside_read(struct outside_watch *w, struct outside_counts *c);
/* Passes each violation that was recorded, and takes it out. */
void outside_drain(struct outside_watch *w, void (*each)(void *ctx, const void *rec, size_t len), void *ctx);
