/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The figures on the page: pictures inside it, a light and a dark one, with how to read them. */
#include <stdlib.h>
#include <string.h>
#include "report/section.h"
#include "util/fs.h"
#include "util/mem.h"

static bool put_picture(struct buf *b, const char *dir, const char *name, const char *suffix)
{
	char *path = mem_printf("%s/%s%s.png", dir, name, suffix), *bytes;
	size_t len;
	int err = fs_read(path, &bytes, &len);

	free(path);
	if (err)
		return false;
	buf_data_uri(b, "image/png", bytes, len);
	free(bytes);
	return true;
}

static void put_figure(struct buf *b, const struct figures *all, const struct figure *fig, const struct compare *c)
{
	buf_put(b, "<figure>\n<h3>");
	buf_html(b, fig->title);
	buf_put(b, "</h3>\n");
	if (!all->missing) {
		buf_put(b, "<div class=\"scroll picture\" tabindex=\"0\"><picture><source "
			   "media=\"(prefers-color-scheme: dark)\" "
			   "srcset=\"");
		put_picture(b, all->dir, fig->name, "-dark");
		buf_put(b, "\"><img alt=\"");
		buf_html(b, fig->alt);
		buf_put(b, "\" src=\"");
		put_picture(b, all->dir, fig->name, "");
		buf_put(b, "\"></picture></div>\n");
	}
	buf_put(b, "<figcaption>");
	buf_html(b, fig->how);
	buf_put(b, " <a href=\"fig/");
	buf_html(b, fig->name);
	buf_put(b, ".dat\">Numbers</a>, <a href=\"fig/");
	buf_html(b, fig->name);
	buf_put(b, ".gp\">script</a>.</figcaption>\n");
	if (fig->table)
		fig->table(b, c, fig->work);
	buf_put(b, "</figure>\n");
}

void figures_html(struct buf *b, const struct figures *f, const struct compare *c)
{
	if (f->missing) {
		buf_put(b, "<p class=\"banner\">This page has no pictures: ");
		buf_html(b, f->missing);
		buf_put(b,
			". The numbers are in fig/, and the report can be made again from the store.</p>\n");
	}
	if (!f->nr)
		buf_put(b, "<p>No data point, no figure.</p>\n");
	for (size_t i = 0; i < f->nr; i++)
		put_figure(b, f, &f->figure[i], c);
}

void section_figures(struct buf *b, const struct view *v)
{
	figures_html(b, v->figures, v->cmp);
}
