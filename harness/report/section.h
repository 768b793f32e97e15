/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The parts of the page: each puts its own HTML, for a slot {{name}} of plots/page.html. */
#pragma once
#include "text/buf.h"
#include "judge/compare.h"
#include "figures/figure.h"
#include "judge/life.h"
#include "text/table.h"

struct topology;
struct view {
	const struct compare *cmp;
	const struct figures *figures;
	const struct lives *lives;
	const struct topology *machine; /* NULL: not known */
	const struct run *previous;	/* of the same machine; NULL: none */
	const char
		*out_dir; /* where the page and what goes with it are; the pages of all runs are one above */
};

void section_where(struct buf *b, const struct view *v);
void section_answer(struct buf *b, const struct view *v);
void section_banner(struct buf *b, const struct view *v);
void section_matrix(struct buf *b, const struct view *v);
void section_fit(struct buf *b, const struct view *v); /* in a line */
void section_fitness(struct buf *b, const struct view *v);
void section_not_ok(struct buf *b, const struct view *v);
void section_figures(struct buf *b, const struct view *v);
void section_why(struct buf *b, const struct view *v);
void section_custody(struct buf *b, const struct view *v);
void section_life(struct buf *b, const struct view *v);
void section_cost(struct buf *b, const struct view *v);
void section_collected(struct buf *b, const struct view *v);
void section_machine(struct buf *b, const struct view *v);
void section_differences(struct buf *b, const struct view *v);
void section_environment(struct buf *b, const struct view *v);
void section_proof(struct buf *b, const struct view *v);
void section_repeat(struct buf *b, const struct view *v);
void section_exports(struct buf *b, const struct view *v);
