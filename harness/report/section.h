/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The parts of the page: each puts its own HTML, for a slot {{name}} of plots/page.html. */
#pragma once
#include "text/buf.h"
#include "judge/compare.h"
#include "judge/differ.h"
#include "figures/figure.h"
#include "judge/life.h"
#include "report/report.h"
#include "text/table.h"

struct topology;
struct view {
	const struct compare *cmp;
	const struct figures *figures;
	const struct lives *lives;
	const struct topology *machine;	    /* NULL: not known */
	const struct report_before *before; /* NULL: nothing is known */
	const char *out_dir; /* of the page and its files; the pages of all runs are one level above */
};

/* Beside the page, where it has a run to be compared with. */
#define BEFORE_PAGE "before.html"

/*
 * Every part: X(answer) is section_answer() and the slot {{answer}}. Their order on the page is the
 * template's.
 */
#define SECTIONS(X)    \
	X(where)       \
	X(answer)      \
	X(banner)      \
	X(matrix)      \
	X(fit)         \
	X(fitness)     \
	X(not_ok)      \
	X(figures)     \
	X(why)         \
	X(before)      \
	X(tax)         \
	X(custody)     \
	X(life)        \
	X(lanes)       \
	X(cost)        \
	X(watching)    \
	X(swap)        \
	X(collected)   \
	X(machine)     \
	X(differences) \
	X(environment) \
	X(proof)       \
	X(repeat)      \
	X(exports)

/*
 * The head of a table with a column for each policy: its name, what that stands for, its slice, and what it
 * may lack of its own program. For a terminal, lines of the same below such a table; control characters are
 * not taken out.
 */
void section_arms_head(struct buf *b, const struct store_run *of);
void arms_text(struct buf *b, const struct store_run *of);

/*
 * A cell of the comparison, as every page shows it: begins a <td>, which the caller ends, with the ratio, its
 * interval and verdict, and what must be read beside them; then how many of its samples are data points. And
 * the same for a terminal, the caller's to free.
 */
void section_judged(struct buf *b, const struct compare *c, const struct cell *cell);
void section_taken(struct buf *b, const struct cell *cell);
char *section_cell_text(const struct compare *c, unsigned work, unsigned policy);
/* What sched_ext itself costs, for a terminal; nothing where the run can't tell. */
void tax_text(struct buf *b, const struct compare *c);

/* An answer, of which the first line is the headline; takes it over. */
void answer_html(struct buf *b, char *answer);
/* What the numbers of such a run are not; nothing of a real machine's. */
void banner_html(struct buf *b, const struct run *run);
/* A table of what differs between two runs; heads: of both, then NULL. Nothing where nothing does. */
void differences_html(struct buf *b, const struct differences *d, const char *caption, char *const *heads);

#define X(name) void section_##name(struct buf *b, const struct view *v);
SECTIONS(X)
#undef X
