/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What of a run is passed on to others, as files of the name "summary": .png and .svg for a post, .md for a
 * forge, .txt for a mail, and an archive of them. Every one says by itself what was compared, where, and how
 * sure that is. The same run gives the same bytes.
 */
#pragma once
#include "judge/summary.h"
#include "text/grid.h"

/*
 * All of them below dir; fig/ there has what the picture is drawn with. What can't be made is left out, with
 * a warning: the picture without gnuplot, the archive without tar. Logs any other cause and returns a
 * negative errno.
 */
int share_write(const char *home, const struct summary *s, const char *dir);
/* The archive's name in dir; the caller's to free. */
char *share_archive(const struct summary *s);

/* Inside of share alone. */

#define SHARE_COLUMNS 72 /* of a mail */

/* A row for each workload, and below it one for each policy; the grid is the caller's to free. */
void share_ratios(struct grid *g, const struct summary *s);
/* What is known of machine, kernel, settings and versions, a row each; the same. */
void share_facts(struct grid *g, const struct summary *s);
/* Notes of the rows that are shown, a line each, and what policies are (arms_text()). */
void share_notes(struct buf *b, const struct summary *s);
/* The files; the caller's to free. */
char *share_text(const struct summary *s);
char *share_markdown(const struct summary *s);
