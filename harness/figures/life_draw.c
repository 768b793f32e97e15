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

/* Returns its exit code. */
static int run_dot(const char *dir, char *const *names)
{
	struct child c = { 0 };

	child_arg(&c, "dot");
	child_arg(&c, "-Tsvg");
	child_arg(&c, "-O");
	for (char *const *name = names; *name; name++) {
		char *graph = mem_printf("%s.dot", *name);

		child_arg(&c, graph);
		free(graph);
	}
	return child_tool(&c, dir, "dot.log");
}

const char *dot_draw(const char *dir, char *const *names, const char *marks)
{
	int status = *names ? run_dot(dir, names) : 0;

	if (status)
		return status == 127 ? "graphviz is not installed"
				     : "graphviz failed, see dot.log beside the graphs";
	for (; *names; names++)
		if (mark_picture(dir, *names, marks))
			return "they can't be written";
	return NULL;
}

#define COLUMNS 44 /* of the title: about as wide as such a graph */

char *dot_title(const char *text, const char *origin)
{
	char *line[] = { figure_folded(text, COLUMNS), figure_folded(origin, COLUMNS) };
	char *title = mem_printf("%s\n%s", line[0], line[1]);

	free(line[1]);
	free(line[0]);
	return title;
}

static int write_graph(const char *dir, const char *name, const struct life_graph *g,
		       const struct life_look *look)
{
	struct buf b = { 0 };

	life_graph_dot(&b, g, look);
	return dot_write(dir, name, &b);
}

static char *title_of(const char *policy, const char *origin)
{
	char *text = mem_printf("Life of a task under %s: how often each step was taken, and its median time",
				policy);
	char *title = dot_title(text, origin);

	free(text);
	return title;
}

/* Light and dark of each; their names. */
static int write_graphs(const struct compare *c, const char *dir, const struct lives *l, char **names)
{
	char *origin = caption_origin(c);
	int err = 0;

	for (unsigned p = 0; p < l->nr && !err; p++) {
		char *title;

		if (!l->policy[p].nr)
			continue;
		title = title_of(c->run->run.policies[p], origin);
		for (int dark = 0; dark < 2 && !err; dark++) {
			*names = mem_printf("life-%u%s", p + 1, dark ? "-dark" : "");
			err = write_graph(dir, *names++, &l->policy[p], &(struct life_look){ title, dark });
		}
		free(title);
	}
	free(origin);
	return err;
}

int lives_draw(const struct compare *c, const char *dir, struct lives *l)
{
	char **names = mem_zalloc(2 * l->nr + 1, sizeof(*names)), *marks = caption_marks(c);
	int err = write_graphs(c, dir, l, names);

	if (!err)
		l->missing = dot_draw(dir, names, marks);
	if (l->missing)
		log_warn("the report has no pictures of lives: %s", l->missing);
	for (char **name = names; *name; name++)
		free(*name);
	free(names);
	free(marks);
	return err;
}
