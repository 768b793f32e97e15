/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The figures on the page: pictures inside it, a light and a dark one, with how to read them. */
#include <stdlib.h>
#include <string.h>
#include "record/env_key.h"
#include "report/section.h"
#include "judge/why.h"
#include "text/buf.h"
#include "util/fs.h"
#include "util/mem.h"

/* A picture of so many bytes is shown as PNG, where that has fewer, and in one size alone. */
#define HEAVY 100000

/* NULL: there is no such file. */
static char *load_form(const char *dir, const char *name, const char *ending, size_t *len)
{
	char *path = mem_printf("%s/%s%s", dir, name, ending), *bytes;
	int err = fs_read(path, &bytes, len);

	free(path);
	return err ? NULL : bytes;
}

static bool is_heavy(const char *dir, const char *name)
{
	size_t len = 0;

	free(load_form(dir, name, ".svg", &len));
	return len > HEAVY;
}

/* The lighter of both forms. */
static void put_picture(struct buf *b, const char *dir, const char *name, const char *suffix)
{
	char *ending = mem_printf("%s.svg", suffix), *instead = mem_printf("%s.png", suffix);
	size_t len, other_len;
	char *svg = load_form(dir, name, ending, &len),
	     *png = svg && len > HEAVY ? load_form(dir, name, instead, &other_len) : NULL;

	if (png && other_len < len)
		buf_data_uri(b, "image/png", png, other_len);
	else if (svg)
		buf_data_uri(b, "image/svg+xml", svg, len);
	free(png);
	free(svg);
	free(instead);
	free(ending);
}

/* Pictures are inside the page, so that it is one file. The browser takes the first that fits. */
static void put_pictures(struct buf *b, const struct figures *all, const struct figure *fig)
{
	static const struct {
		const char *suffix, *media;
		bool narrow;
	} sources[] = { { "-narrow-dark", "(max-width: 40rem) and (prefers-color-scheme: dark)", true },
			{ "-narrow", "(max-width: 40rem)", true },
			{ "-dark", "(prefers-color-scheme: dark)", false } };
	bool heavy = is_heavy(all->dir, fig->name);

	buf_put(b, "<picture>");
	for (size_t i = 0; i < sizeof(sources) / sizeof(*sources); i++) {
		if (heavy && sources[i].narrow)
			continue;
		buf_printf(b, "<source media=\"%s\" srcset=\"", sources[i].media);
		put_picture(b, all->dir, fig->name, sources[i].suffix);
		buf_put(b, "\">");
	}
	buf_put(b, "<img alt=\"");
	buf_html(b, fig->alt);
	buf_put(b, "\" src=\"");
	put_picture(b, all->dir, fig->name, "");
	buf_put(b, "\"></picture>\n");
}

static void put_links(struct buf *b, const char *name, bool pictures)
{
	static const struct {
		const char *suffix, *what;
		bool picture;
	} files[] = { { ".png", "PNG", true },
		      { ".svg", "SVG", true },
		      { ".dat", "numbers", false },
		      { ".gp", "script", false } };

	buf_put(b, "<span class=\"links\">");
	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++) {
		if (files[i].picture && !pictures)
			continue;
		buf_put(b, " <a href=\"fig/");
		buf_put(b, name);
		buf_printf(b, "%s\">%s</a>", files[i].suffix, files[i].what);
	}
	buf_put(b, "</span>");
}

/* level: of its heading, below what it is a part of. */
static void put_figure(struct buf *b, const struct figures *all, const struct figure *fig, int level)
{
	buf_printf(b, "<figure id=\"%s\">\n<h%d>", fig->name, level);
	buf_html(b, fig->title);
	buf_printf(b, "</h%d>\n", level);
	if (!all->missing && !fig->strips)
		put_pictures(b, all, fig);
	if (fig->table)
		buf_put(b, fig->table);
	buf_put(b, "<figcaption>");
	buf_html(b, fig->how);
	put_links(b, fig->name, !all->missing);
	buf_put(b, "</figcaption>\n</figure>\n");
}

static void put_missing(struct buf *b, const struct figures *f)
{
	if (f->missing) {
		buf_put(b, "<p class=\"banner\">This page has no pictures: ");
		buf_html(b, f->missing);
		buf_put(b,
			". The numbers are in fig/, and the report can be made again from the store.</p>\n");
	}
	if (!f->nr)
		buf_put(b, "<p>No data point, no figure.</p>\n");
}

/* Begins its section: its name, and its caption. */
static void put_work(struct buf *b, const struct view *v, const char *name)
{
	char *key = mem_printf(ENV_ABOUT "%s", name);
	const char *about = run_env(&v->cmp->run->run, key);

	buf_put(b, "<section data-workload=\"");
	buf_html(b, name);
	buf_put(b, "\">\n<h3>");
	buf_html(b, name);
	buf_put(b, "</h3>\n");
	if (about) {
		buf_put(b, "<p class=\"how\">");
		buf_html(b, about);
		buf_put(b, "</p>\n");
	}
	free(key);
}

void section_figures(struct buf *b, const struct view *v)
{
	const struct figures *f = v->figures;
	const char *of = "";

	put_missing(b, f);
	for (size_t i = 0; i < f->nr; i++) {
		if (strcmp(f->figure[i].section, "figures"))
			continue;
		if (strcmp(of, f->figure[i].of)) {
			buf_put(b, *of ? "</section>\n" : "");
			put_work(b, v, f->figure[i].of);
		}
		of = f->figure[i].of;
		put_figure(b, f, &f->figure[i], 4);
	}
	buf_put(b, *of ? "</section>\n" : "");
}

/* The text in place of a figure that can't be made. */
static void put_no_why(struct buf *b, const struct compare *c)
{
	unsigned asked = 0;

	for (unsigned w = 0; w < c->nr_works; w++) {
		if (!why_asked(c, w))
			continue;
		asked++;
		buf_put(b, "<p>");
		buf_html(b, c->work[w].name);
		buf_put(b, ": no internal figure is shown to have moved.</p>\n");
	}
	if (!asked)
		buf_put(b, "<p>No difference is significant, so none needs an explanation.</p>\n");
}

/* Its workload is data-workload, for the page's script. */
static void put_folded(struct buf *b, const struct figures *all, const struct figure *fig)
{
	buf_put(b, "<details class=\"unfold\" data-workload=\"");
	buf_html(b, fig->of);
	buf_put(b, "\"><summary>");
	buf_htmlf(b, "%s: what moved with it", fig->of);
	buf_put(b, "</summary>\n");
	put_figure(b, all, fig, 4);
	buf_put(b, "</details>\n");
}

static void put_open(struct buf *b, const struct figures *all, const struct figure *fig)
{
	put_figure(b, all, fig, 3);
}

/* Every figure of that section; how many. */
static unsigned put_section(struct buf *b, const struct figures *f, const char *section,
			    void (*put)(struct buf *b, const struct figures *all, const struct figure *fig))
{
	unsigned n = 0;

	for (size_t i = 0; i < f->nr; i++) {
		if (strcmp(f->figure[i].section, section))
			continue;
		put(b, f, &f->figure[i]);
		n++;
	}
	return n;
}

void section_why(struct buf *b, const struct view *v)
{
	if (!put_section(b, v->figures, "why", put_folded))
		put_no_why(b, v->cmp);
}

void section_lanes(struct buf *b, const struct view *v)
{
	if (!put_section(b, v->figures, "lanes", put_open))
		buf_put(b, "<p>No instrumented sample of this run shows who ran where.</p>\n");
}
