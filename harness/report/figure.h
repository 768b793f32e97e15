/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Pictures: out_dir/fig/ gets the numbers (NAME.dat), the script (NAME.gp), the scripts of plots/ that it
 * loads, and NAME.png and NAME-dark.png, so that `gnuplot NAME.gp` there makes them again. One gnuplot
 * draws them all.
 */
#pragma once
#include "report/buf.h"
#include "report/compare.h"

struct figure {
	char *name;
	char *title, *how; /* how to read it, in a sentence */
	char *alt; /* what it shows, for who can't see it */
	unsigned work;
	/* The same as numbers, under the picture; or NULL. */
	void (*table)(struct buf *b, const struct compare *c, unsigned work);
};

struct figures {
	struct figure *figure;
	size_t nr;
	const char *dir; /* out_dir/fig */
	const char *missing; /* why there are no pictures, or NULL */
};

/*
 * A gallery is opened, which copies the scripts of plots/ to dir, gets its figures, and is drawn. A negative
 * errno, logged, when dir can't be written; figures_free() in any case. figures_add() takes over dat and gp (the
 * settings; what loads the script "KIND.gp" is added), and what fig holds, also when it fails.
 */
int figures_open(const char *home, const char *dir, struct figures *f);
int figures_add(struct figures *f, const char *kind, const struct figure *fig, struct buf *const dat_gp[2]);
void figures_draw(struct figures *f);

/* All of them for a comparison. */
int figures_make(const char *home, const struct compare *c, const char *dir, struct figures *f);
void figures_free(struct figures *f);

/* The makers of one figure: its numbers into dat, its settings into gp. false: nothing to show. */
bool figure_dots(const struct compare *c, unsigned work, struct figure *fig, struct buf *dat, struct buf *gp);
bool figure_latency(const struct compare *c, unsigned work, struct figure *fig, struct buf *dat,
		    struct buf *gp);

/* On a page: every picture inside it, with how to read it. c: of the figures' tables; NULL: they have none. */
void figures_html(struct buf *b, const struct figures *f, const struct compare *c);

/* Text for a gnuplot string in quotes or for a file's name: what could mean more there is '_'. */
void figure_text(struct buf *b, const char *text);
void figure_policies(struct buf *gp, const struct compare *c); /* array Policy */
