/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "figures/life_draw.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include "figures/figure.h"
#include "figures/svg_mark.h"
#include "judge/caption.h"
#include "text/buf.h"
#include "util/child.h"
#include "util/fs.h"
#include "util/log.h"
#include "util/mem.h"

int dot_write(const char *dir, const char *name, struct buf *text)
{
	char *path = mem_printf("%s/%s.dot", dir, name), *dot = buf_take(text);
	int err = fs_save(path, dot);

	free(dot);
	free(path);
	return err;
}

const char *dot_draw(const char *dir, char *const *names)
{
	struct child c = { 0 };
	int status;

	if (!*names)
		return NULL;
	child_arg(&c, "dot");
	child_arg(&c, "-Tsvg");
	child_arg(&c, "-O");
	for (char *const *name = names; *name; name++) {
		char *graph = mem_printf("%s.dot", *name);

		child_arg(&c, graph);
		free(graph);
	}
	status = child_tool(&c, dir, "dot.log");
	if (!status)
		return NULL;
	return status == 127 ? "graphviz is not installed" : "graphviz failed, see dot.log beside the graphs";
}

#define COLUMNS 44 /* of the title: about as wide as such a graph */

/* What it shows, and of which run. */
static char *title_of(const struct compare *c, const char *policy)
{
	char *what =
		mem_printf("Life of a task under %.*s: how often each step was taken, and its median time",
			   COLUMNS, policy);
	char *origin = caption_origin(c);
	char *line[] = { figure_folded(what, COLUMNS), figure_folded(origin, COLUMNS) };
	char *title = mem_printf("%s\n%s", line[0], line[1]);

	free(line[1]);
	free(line[0]);
	free(origin);
	free(what);
	return title;
}

static int write_graph(const char *dir, const char *name, const struct life_graph *g,
		       const struct life_look *look)
{
	struct buf b = { 0 };

	life_graph_dot(&b, g, look);
	return dot_write(dir, name, &b);
}

static int mark_picture(const char *dir, const char *name, const char *marks)
{
	char *path = mem_printf("%s/%s.dot.svg", dir, name), *svg, *marked;
	struct buf b = { 0 };
	int err = fs_load(path, &svg);

	if (!err) {
		svg_mark(&b, svg, marks, strstr(name, "-dark"));
		free(svg);
		marked = buf_take(&b);
		err = fs_save(path, marked);
		free(marked);
	}
	free(path);
	return err;
}

static int draw_pictures(const struct compare *c, const char *dir, struct lives *l, char *const *names)
{
	char *marks = caption_marks(c);
	int err = 0;

	l->missing = dot_draw(dir, names);
	if (l->missing)
		log_warn("the report has no pictures of lives: %s", l->missing);
	for (; !l->missing && *names && !err; names++)
		err = mark_picture(dir, *names, marks);
	free(marks);
	return err;
}

int lives_draw(const struct compare *c, const char *dir, struct lives *l)
{
	char **names = mem_zalloc(2 * l->nr + 1, sizeof(*names));
	size_t nr = 0;
	int err = 0;

	for (unsigned p = 0; p < l->nr && !err; p++) {
		char *title;

		if (!l->policy[p].nr)
			continue;
		title = title_of(c, c->run->run.policies[p]);
		for (int dark = 0; dark < 2 && !err; dark++) {
			names[nr] = mem_printf("life-%u%s", p + 1, dark ? "-dark" : "");
			err = write_graph(dir, names[nr++], &l->policy[p],
					  &(struct life_look){ title, dark });
		}
		free(title);
	}
	if (!err)
		err = draw_pictures(c, dir, l, names);
	while (nr)
		free(names[--nr]);
	free(names);
	return err;
}
