/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What sched_ext itself costs: the policy eevdf decides as fair does, so what it needs beside fair of the
 * same run is the price of being a policy. It has the ledger in it, whose part the arm eevdf-noledger shows:
 * the same policy without ledger, counters and control. Nothing is said of a run that lacks an arm. Pure.
 */
#pragma once
#include "judge/compare.h"

#define TAX_POLICY "eevdf"
#define TAX_NO_LEDGER TAX_POLICY "-noledger"

struct tax {
	unsigned policy; /* eevdf; its cells are judged against fair */
	int no_ledger;	 /* or -1 */
};

/* False: fair, as the kernel has it, is not the baseline, or the run has no eevdf as it is by default. */
bool tax_of(const struct compare *c, struct tax *t);
/* What the ledger costs there, as ratio of both eevdfs, without a verdict; nothing where no_ledger is -1. */
struct judgement tax_ledger(const struct compare *c, const struct tax *t, unsigned work);
/* What must be read before the numbers, a sentence a line; the caller's to free. */
char *tax_words(const struct compare *c, const struct tax *t);
