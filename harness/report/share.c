/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "report/share.h"

#include <inttypes.h>
#include <stdlib.h>
#include "figures/summary.h"
#include "util/child.h"
#include "util/fs.h"
#include "util/log.h"
#include "util/mem.h"
#include "util/owner.h"

#define TEXT "summary.txt"
#define MARKDOWN "summary.md"
static const char *const pictures[] = { "png", "svg" };
#define NR_PICTURES (sizeof(pictures) / sizeof(*pictures))

char *share_archive(const struct summary *s)
{
	return mem_printf("scxbench-%s.tar.gz", s->c->run->run.id);
}

static char *path_of_picture(const char *dir, size_t i)
{
	return mem_printf("%s/summary.%s", dir, pictures[i]);
}

/* Whose picture and archive it was would not be seen. */
static void remove_earlier(const struct summary *s, const char *dir)
{
	char *archive = share_archive(s), *path = mem_printf("%s/%s", dir, archive);

	owner_unlink(path);
	free(path);
	free(archive);
	for (size_t i = 0; i < NR_PICTURES; i++) {
		path = path_of_picture(dir, i);
		owner_unlink(path);
		free(path);
	}
}

/* From where it is drawn. */
static int copy_picture(const struct figures *f, size_t i, const char *dir)
{
	char *from = mem_printf("%s/%s.%s", f->dir, f->figure[0].name, pictures[i]),
	     *to = path_of_picture(dir, i), *bytes;
	size_t len;
	int err = fs_read(from, &bytes, &len);

	if (!err) {
		err = fs_write_durable(to, bytes, len);
		free(bytes);
	}
	if (err)
		log_err(err, "%s can't be copied from %s", to, from);
	free(from);
	free(to);
	return err;
}

/* gnuplot may end well and have drawn nothing. */
static bool is_drawn(const struct figures *f)
{
	bool all = true;

	for (size_t i = 0; i < NR_PICTURES; i++) {
		char *path = mem_printf("%s/%s.%s", f->dir, f->figure[0].name, pictures[i]);

		all &= fs_exists(path);
		free(path);
	}
	if (!all)
		log_warn("no pictures are made: gnuplot drew nothing, see fig/gnuplot.log");
	return all;
}

static int draw_pictures(const char *home, const struct summary *s, const char *dir, bool *drawn)
{
	char *fig = mem_printf("%s/fig", dir);
	struct figures f;
	int err = figure_summary(home, s, fig, &f);

	*drawn = !err && !f.missing && is_drawn(&f);
	for (size_t i = 0; i < NR_PICTURES && *drawn && !err; i++)
		err = copy_picture(&f, i, dir);
	figures_free(&f);
	free(fig);
	return err;
}

/* Takes the text over. */
static int write_text(const char *dir, const char *name, char *text)
{
	char *path = mem_printf("%s/%s", dir, name);
	int err = fs_save(path, text);

	free(path);
	free(text);
	return err;
}

static void add_option(struct child *c, char *option)
{
	child_arg(c, option);
	free(option);
}

/* Nothing of this machine, user or time is in it. */
static int run_tar(const struct summary *s, const char *dir, bool drawn)
{
	const struct run *run = &s->c->run->run;
	struct child c = { 0 };

	child_arg(&c, "tar");
	child_arg(&c, "--create");
	child_arg(&c, "--format=ustar");
	child_arg(&c, "--owner=0");
	child_arg(&c, "--group=0");
	child_arg(&c, "--numeric-owner");
	child_arg(&c, "--mode=u=rw,go=r");
	child_arg(&c, "--use-compress-program=gzip -n");
	add_option(&c,
		   mem_printf("--mtime=@%" PRId64, run->started_ns > 0 ? run->started_ns / 1000000000 : 0));
	add_option(&c, mem_printf("--transform=s,^,scxbench-%s/,", run->id));
	add_option(&c, mem_printf("--file=scxbench-%s.tar.gz", run->id));
	child_arg(&c, MARKDOWN);
	for (size_t i = 0; i < NR_PICTURES && drawn; i++)
		add_option(&c, mem_printf("summary.%s", pictures[i]));
	child_arg(&c, TEXT);
	return child_tool(&c, dir, "fig/tar.log");
}

int share_write(const char *home, const struct summary *s, const char *dir)
{
	bool drawn = false;
	int err = fs_make_dir(dir), status;

	if (err)
		return err;
	remove_earlier(s, dir);
	err = draw_pictures(home, s, dir, &drawn);
	if (!err)
		err = write_text(dir, TEXT, share_text(s));
	if (!err)
		err = write_text(dir, MARKDOWN, share_markdown(s));
	if (err)
		return err;
	status = run_tar(s, dir, drawn);
	if (status == 127)
		log_warn("no archive is made: tar is not installed");
	else if (status)
		log_warn("no archive is made: tar or gzip failed, see fig/tar.log");
	return 0;
}
