/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The custody audit: a ledger that is kept outside the policy (life/outside.h), of any policy. The source
 * watches; its counts are read with the policy's own ledger, after detach.
 */
#pragma once
#include "collect/collect.h"
#include "life/outside_watch.h"

/*
 * Adds what was counted: audit.custody.* metrics and audit.custody_ns.* histograms. Of a policy that keeps no
 * ledger also the lines of the proof; of one that does the line that both agree.
 */
void outside_totals(const struct outside_counts *c, const struct outside_sample *s, struct record *r);
