/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#include "judge/why.h"
#include "text/buf.h"

/* What moved as a table, one column per policy, and what the instrumented samples show; markup. */
void why_table(struct buf *b, const struct compare *c, unsigned work, const struct why *w);
