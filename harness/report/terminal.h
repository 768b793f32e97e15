/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Judgements as a person reads them in a terminal; every text is the caller's to free. width: columns of
 * that terminal, for grid_text(); 0: any.
 */
#pragma once
#include "judge/history.h"
#include "judge/regress.h"
#include "judge/versus.h"
#include "text/buf.h"

char *history_text(const struct history *h, unsigned width);
char *versus_text(const struct versus_view *view, unsigned width);
char *regress_text(const struct regress *r, const struct regress_names *names, unsigned width);
/*
 * The effect of B to A in a cell: "1.031 [1.012, 1.054]", why there is none, or "-" for what is not usable.
 * To be freed.
 */
char *versus_effect(const struct versus_row *row);
/* What the rows rest on, below their table: samples of both sides that are lost, and judgement_notes(). */
void versus_notes(struct buf *b, const struct versus *v);
/* The worst ratio that still passes, and the ruling with a sign; to be freed. */
char *regress_limit(const struct regress_row *row);
char *regress_sign(const struct regress_row *row);
/* Its judgement alone, and that in at most seven lines, for a mail. */
void regress_judgement(struct buf *b, const struct regress *r, const struct regress_names *names);
char *regress_brief(const struct regress *r, const struct regress_names *names);
/* What differs in the environments, long values cut short; nothing when nothing does. */
void differences_put(struct buf *b, const struct differences *d, unsigned width);
