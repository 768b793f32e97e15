/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Pictures: out_dir/fig/ gets the numbers (NAME.dat), the script (NAME.gp), the scripts of plots/ that it
 * loads, and NAME.svg, NAME.png, NAME-narrow.svg and each of these -dark, so that `gnuplot NAME.gp` there
 * makes them again. One gnuplot draws them all.
 */
#pragma once
#include "text/buf.h"
#include "figures/axis.h"
#include "judge/compare.h"
#include "stats/stats.h"

struct figure {
	const char *kind;    /* plots/KIND.gp draws it */
	const char *section; /* of the run's page that shows it, or NULL */
	char *of;	     /* what it shows: a workload, for example */
	char *name;	     /* of its files, KIND-OF, unique on the page: letters, digits, '.', '-', '_' */
	char *title;
	char *how;   /* how to read it, in a sentence */
	char *alt;   /* what it shows, with the numbers, as a text for readers who can't see it */
	char *table; /* the same as numbers, under the picture; markup, or NULL */
	bool strips; /* the table has every dot itself, so a page needs no picture */
};

struct figures {
	struct figure *figure;
	size_t nr;
	const char *home, *dir; /* dir: out_dir/fig */
	const char *missing;	/* why there are no pictures, or NULL */
};

/* A figure that is being made. */
struct drawing {
	struct buf dat, gp;    /* its numbers; its settings: figure_height() and what plots/KIND.gp wants */
	struct buf alt, table; /* as in struct figure */
	char *title, *how;
	char *head;	   /* of the picture, after the workload's name: see figure_head() */
	const char *files; /* given: where the run's files are that a figure may be made of */
	bool strips;	   /* as in struct figure */
	bool once;	   /* as NAME.svg and NAME.png alone, neither narrow nor dark */
};

/*
 * A gallery is opened, gets its figures and is drawn. A negative errno, logged, when dir can't be written;
 * figures_free() in any case. figures_add() takes over what the drawing holds, also when it fails, and adds
 * to its settings what draws it.
 */
int figures_open(const char *home, const char *dir, struct figures *f);
int figures_add(struct figures *f, const char *kind, const char *of, struct drawing *d);
void figures_draw(struct figures *f);

/* All of them for a comparison. */
int figures_make(const char *home, const struct compare *c, const char *dir, struct figures *f);
void figures_free(struct figures *f);

/*
 * Every kind, in the order in which a workload's are shown, and in which section of the page. X(forest,
 * figures): figure_forest() makes it of a workload's primary metric, or returns false where there is nothing
 * to show, and plots/forest.gp draws it.
 */
#define FIGURES(X)          \
	X(forest, figures)  \
	X(dots, figures)    \
	X(time, figures)    \
	X(latency, figures) \
	X(why, why)         \
	X(lanes, lanes)     \
	X(path, lanes)

#define X(kind, section) bool figure_##kind(const struct compare *c, unsigned work, struct drawing *d);
FIGURES(X)
#undef X

/* A longer name of a policy is cut, because a name of any length must leave room for the picture. */
#define FIGURE_NAME 32
/*
 * Text for a quoted gnuplot string: characters with a meaning there become '_'. '%' has one at a tic alone,
 * where its owner sees to it.
 */
void figure_text(struct buf *b, const char *text);
/* In valid UTF-8, in lines that are no longer; a longer word is cut. The caller's to free. */
char *figure_folded(const char *text, int columns);
/* label = "text, unit" in the script. */
void figure_label(struct buf *gp, const char *text, const char *unit);
/* "latency in ms, lower is better"; the caller's to free. */
char *figure_head(const char *metric, const char *unit, enum better better);
/* The same of a row of the comparison, in the unit that all its values are read in; without one, its metric.
 */
char *figure_head_of(const struct compare *c, unsigned work);
/*
 * What a picture says of itself, because it travels without the page: title, origin, each also with shorter
 * lines for the narrow one, and marks. title: what it shows; for the others see judge/caption.h.
 */
void figure_caption(struct buf *gp, const struct compare *c, const char *title);
/* marks, in a line, and marks_upright, in a line for each word. */
void figure_marks(struct buf *gp, const struct compare *c);
/* What the axis of a row's values reaches. */
struct span figure_values(const struct compare *c, unsigned work);
/*
 * Of an axis right of the policies' names: how many characters fit beside each other up to that part of the
 * picture, and of the narrow one.
 */
void figure_room(struct axis *a, const struct compare *c, double wide, double narrow);
/* In pixels of a picture 1280 wide, and of the narrow one, 640 wide; without a key. */
void figure_height(struct buf *gp, unsigned height, unsigned tall);
/* After the height: a key of so many entries. */
void figure_key(struct buf *gp, unsigned entries);
/* The height of a picture with so many rows. */
void figure_rows(struct buf *gp, unsigned rows);
/* " [low, high]", or nothing without an interval. */
void figure_interval(struct buf *b, const struct interval *i);
