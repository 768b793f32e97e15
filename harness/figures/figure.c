/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "figures/figure.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include "text/buf.h"
#include "util/child.h"
#include "util/fs.h"
#include "util/log.h"
#include "util/mem.h"

#define X(kind, section) { #kind, #section, figure_##kind },
static const struct kind {
	const char *name, *section;
	bool (*make)(const struct compare *c, unsigned work, struct drawing *d);
} kinds[] = { FIGURES(X) };
#undef X
#define NR_KINDS (sizeof(kinds) / sizeof(*kinds))

void figure_interval(struct buf *b, const struct interval *i)
{
	if (isnan(i->low))
		return;
	buf_put(b, " [");
	buf_number(b, i->low);
	buf_put(b, ", ");
	buf_number(b, i->high);
	buf_put(b, "]");
}

void figure_height(struct buf *gp, unsigned height, unsigned tall)
{
	buf_printf(gp, "height = %u\ntall = %u\nentries = 0\n", height, tall);
}

void figure_key(struct buf *gp, unsigned entries)
{
	buf_printf(gp, "entries = %u\n", entries);
}

void figure_rows(struct buf *gp, unsigned rows)
{
	unsigned height = 170 + 56 * (rows < 3 ? 3 : rows);

	figure_height(gp, height, height);
}

/* Array Policy. The names stand at tics, where "%g" would be the tic's number. */
static void put_policies(struct buf *gp, const struct compare *c)
{
	buf_printf(gp, "array Policy[%u]\n", c->nr_policies);
	for (unsigned p = 0; p < c->nr_policies; p++) {
		const char *name = c->run->run.policies[p];
		char *cut = strlen(name) > FIGURE_NAME ? mem_printf("%.*s..", FIGURE_NAME - 2, name)
						       : mem_strdup(name);

		for (char *percent = cut; (percent = strchr(percent, '%'));)
			*percent = '_';
		buf_printf(gp, "Policy[%u] = \"", p + 1);
		figure_text(gp, cut);
		buf_put(gp, "\"\n");
		free(cut);
	}
}

static int write_file(const char *dir, const char *name, const char *suffix, struct buf *content)
{
	char *path = mem_printf("%s/%s%s", dir, name, suffix), *text = buf_take(content);
	int err = fs_save(path, text);

	free(text);
	free(path);
	return err;
}

static void drawing_free(struct drawing *d)
{
	free(d->dat.text);
	free(d->gp.text);
	free(d->alt.text);
	free(d->table.text);
	free(d->title);
	free(d->how);
	free(d->head);
}

static bool has_name(const struct figures *f, const char *name)
{
	for (size_t i = 0; i < f->nr; i++)
		if (!strcmp(f->figure[i].name, name))
			return true;
	return false;
}

/* Valid in an address, and unique: replaced characters may make the names of two workloads equal. */
static char *unique_name(const struct figures *f, const char *kind, const char *workload)
{
	char *base = mem_printf("%s-%s", kind, workload), *name;

	for (char *c = base; *c; c++)
		if (!strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-", *c))
			*c = '_';
	name = mem_strdup(base);
	for (unsigned n = 2; has_name(f, name); n++) {
		free(name);
		name = mem_printf("%s-%u", base, n);
	}
	free(base);
	return name;
}

static int copy_script(const struct figures *f, const char *script)
{
	char *path = mem_printf("%s/plots/%s.gp", f->home, script), *text;
	struct buf content = { 0 };
	int err = fs_load(path, &text);

	if (!err) {
		buf_put(&content, text);
		free(text);
		err = write_file(f->dir, script, ".gp", &content);
	}
	free(path);
	return err;
}

static bool has_kind(const struct figures *f, const char *kind)
{
	for (size_t i = 0; i < f->nr; i++)
		if (!strcmp(f->figure[i].kind, kind))
			return true;
	return false;
}

int figures_add(struct figures *f, const char *kind, const char *of, struct drawing *d)
{
	struct figure fig = { .kind = kind,
			      .of = mem_strdup(of),
			      .name = unique_name(f, kind, of),
			      .title = d->title,
			      .how = d->how,
			      .alt = buf_take(&d->alt),
			      .table = d->table.len ? buf_take(&d->table) : NULL,
			      .strips = d->strips };
	int err = has_kind(f, kind) ? 0 : copy_script(f, kind);

	buf_printf(&d->gp,
		   "name = \"%s\"\ndo for [dark = 0:%d] { do for [look in \"svg png%s\"] {\n"
		   "\tload \"style.gp\"\n\tload \"%s.gp\"\n} }\n",
		   fig.name, !d->once, d->once ? "" : " narrow", kind);
	if (!err)
		err = write_file(f->dir, fig.name, ".dat", &d->dat);
	if (!err)
		err = write_file(f->dir, fig.name, ".gp", &d->gp);
	f->figure = mem_grow(f->figure, f->nr, sizeof(*f->figure));
	f->figure[f->nr++] = fig;
	d->title = d->how = NULL;
	drawing_free(d);
	return err;
}

static int make_one(const struct compare *c, const struct kind *kind, unsigned work, struct figures *f)
{
	char *files = mem_printf("%s/..", f->dir), *head;
	struct drawing d = { .files = files };
	bool made;
	int err;

	put_policies(&d.gp, c);
	made = kind->make(c, work, &d);
	free(files);
	if (!made) {
		drawing_free(&d);
		return 0;
	}
	head = mem_printf("%s: %s", c->work[work].name, d.head);
	figure_caption(&d.gp, c, head);
	free(head);
	err = figures_add(f, kind->name, c->work[work].name, &d);
	f->figure[f->nr - 1].section = kind->section;
	return err;
}

static int run_gnuplot(const struct figures *f)
{
	struct child c = { 0 };

	child_arg(&c, "gnuplot");
	for (size_t i = 0; i < f->nr; i++) {
		char *script = mem_printf("%s.gp", f->figure[i].name);

		child_arg(&c, script);
		free(script);
	}
	return child_tool(&c, f->dir, "gnuplot.log");
}

void figures_draw(struct figures *f)
{
	int status = f->nr ? run_gnuplot(f) : 0;

	if (!status)
		return;
	f->missing = status == 127 ? "gnuplot is not installed" : "gnuplot failed, see fig/gnuplot.log";
	log_warn("no pictures are made: %s", f->missing);
}

int figures_open(const char *home, const char *dir, struct figures *f)
{
	int err = fs_make_dir(dir);

	*f = (struct figures){ .home = home, .dir = dir };
	return err ? err : copy_script(f, "style");
}

int figures_make(const char *home, const struct compare *c, const char *dir, struct figures *f)
{
	int err = figures_open(home, dir, f);

	for (unsigned w = 0; w < c->nr_works; w++)
		for (size_t k = 0; k < NR_KINDS && !err; k++)
			err = make_one(c, &kinds[k], w, f);
	if (!err)
		figures_draw(f);
	return err;
}

void figures_free(struct figures *f)
{
	for (size_t i = 0; i < f->nr; i++) {
		free(f->figure[i].of);
		free(f->figure[i].name);
		free(f->figure[i].title);
		free(f->figure[i].how);
		free(f->figure[i].alt);
		free(f->figure[i].table);
	}
	free(f->figure);
}
