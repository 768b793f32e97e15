/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * When a run ends before its blocks are all taken: by the width of its intervals (--precision) or by time
 * (--time-budget), never by a p-value, and only after whole rounds of blocks.
 *
 * It goes by the records alone, so a run that is resumed comes to the same decision at the same block. The
 * interval meant is the 95 % one of a policy's ratio to fair, see stats/effect.h; half its width counts. All
 * policies but fair and its second arm on all workloads must be that narrow, but for one that has no data
 * point with fair in as many blocks as an interval needs: it would never become narrow. The time meant is
 * what samples took (elapsed_s), warm-ups too; no round is begun which, with the instrumented samples that
 * are still to come, would end later than the budget when a sample takes the mean time of those so far.
 */
#pragma once
#include <stddef.h>
#include "run/bench.h"

struct stopping;
struct stopping *stopping_begin(const struct bench *b);
void stopping_end(struct stopping *s);

/* A sample that was taken, in order. */
void stopping_note(struct stopping *s, const struct plan_item *it, const struct record *r);
/*
 * After a round of blocks: why the run ends here, in a few words, or NULL: it goes on. The caller's to free.
 * After the plan's last round it always ends.
 */
char *stopping_why(const struct stopping *s, unsigned block);
