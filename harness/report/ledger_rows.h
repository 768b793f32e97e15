/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside report/ only. */
#pragma once
#include "judge/ledger.h"
#include "text/grid.h"

/* The rows of a table with one column per ledger (from 1 on); the caller made the head. */
void state_row(struct grid *g, const struct ledger *ledger, unsigned nr);
void ledger_rows(struct grid *g, const struct ledger *ledger, unsigned nr);
/* The same for what the storm did and how much of it found its task in custody; none without a storm. */
void storm_rows(struct grid *g, const struct ledger *ledger, unsigned nr);
/* The table of a run's page, folded where nothing in it speaks against a policy. */
void ledgers_html(struct buf *b, const struct ledger *ledger, unsigned nr);
/* A policy's; of one that keeps a ledger and was audited too, both. Returns how many, at most 2. */
unsigned ledgers_add(const struct store_run *run, const char *policy, struct ledger *to);
