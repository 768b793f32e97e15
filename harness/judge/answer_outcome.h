/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What comes before any ratio in the answer: policies that are not usable, a baseline that differs from
 * itself. */
#pragma once
#include "judge/compare.h"
#include "text/buf.h"

/* A sentence a line, nothing where all is well. */
void answer_put_outcomes(struct buf *b, const struct compare *c);
/* Samples were taken and none is a data point: there is nothing else to say of the run. */
bool answer_is_empty(const struct compare *c);
