/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#include "report/section.h"

/* A named place of a template; the text is markup already. */
struct slot {
	const char *name;
	char *text;
};

/*
 * The template with each {{name}} replaced, once: the text of a slot is not searched again. The caller's to
 * free; NULL, logged, for a name that no slot has.
 */
char *page_fill(const char *template, const struct slot *slot, size_t nr);
/*
 * A file below out_dir, made from a template of plots/. page_text() adds slots: "style" is
 * plots/report.css; "head" is plots/head.html, which begins every page and wants the slots title, description
 * and nav. And "script", which a page with one wants at its end, is plots/SCRIPT; the head allows that script
 * and no other.
 */
struct page {
	const char *template, *name;
	const char *script; /* NULL: none */
	struct slot *slot;
	size_t nr;
};
/* Both free the slots' texts. page_text() gives what the file would have, the caller's to free. */
int page_text(const char *home, const struct page *page, char **text);
int page_make(const char *home, const struct page *page, const char *out_dir);
/* index.html of a run from plots/page.html. */
int page_write(const char *home, const struct view *v);
/*
 * Links to the pages above those of the runs (index.h) that are in dir, but for the one called own; up is
 * what leads there from the page's own directory: "" or "../". The caller's to free.
 */
char *page_nav(const char *dir, const char *up, const char *own);
