/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * When a run ends before all its blocks are taken: by the width of its intervals (--precision) or by time
 * (--time-budget), never by a p-value, and only after a whole round of blocks. A command with a purpose of
 * its own may know another end (struct purpose).
 *
 * It uses only the records, so a resumed run comes to the same decision at the same block.
 *
 * The interval is that of a policy's ratio to fair which may be looked at after every block, see
 * stats/sequence.h; half its width counts. That of fixed n, which the ended run shows, is then narrower
 * still. It must be that narrow for every workload and every policy except fair and its second arm. A policy
 * that has no data point together with fair in as many blocks as an interval needs is left out: its interval
 * would never become narrow.
 *
 * The time is that of the samples (elapsed_s), warm-ups included. A round begins only if it would end within
 * the budget, with the instrumented samples after it, when each sample takes the mean time of those so far.
 */
#pragma once
#include <stddef.h>
#include "run/bench.h"

struct stopping;
struct stopping *stopping_begin(const struct bench *b);
void stopping_end(struct stopping *s);

/* Adds a sample that was taken, in order. */
void stopping_note(struct stopping *s, const struct plan_item *it, const struct record *r);
/*
 * After a round of blocks: why the run ends here, in a few words, the caller's to free. NULL: it continues.
 * After the plan's last round it always ends.
 */
char *stopping_why(const struct stopping *s, unsigned block);
