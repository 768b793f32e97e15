/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What comes before any ratio in the answer: policies that are not usable, a baseline that differs from
 * itself. */
#pragma once
#include "judge/compare.h"
#include "text/buf.h"

/* A sentence a line; nothing if all is well. */
void answer_put_outcomes(struct buf *b, const struct compare *c);
/* Samples were taken and not one is a data point: nothing else can be said of the run. */
bool answer_is_empty(const struct compare *c);
