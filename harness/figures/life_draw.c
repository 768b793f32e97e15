/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "figures/life_draw.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
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

static int write_graph(const char *dir, const char *name, const struct life_graph *g,
		       const struct life_look *look)
{
	struct buf b = { 0 };

	life_graph_dot(&b, g, look);
	return dot_write(dir, name, &b);
}

int lives_draw(const struct compare *c, const char *dir, struct lives *l)
{
	char **names = mem_zalloc(2 * l->nr + 1, sizeof(*names));
	size_t nr = 0;
	int err = 0;

	for (unsigned p = 0; p < l->nr; p++) {
		struct life_look light = { .title = c->run->run.policies[p] }, dark = light;

		if (!l->policy[p].nr)
			continue;
		dark.dark = true;
		names[nr++] = mem_printf("life-%u", p + 1);
		names[nr++] = mem_printf("life-%u-dark", p + 1);
		if (!err)
			err = write_graph(dir, names[nr - 2], &l->policy[p], &light);
		if (!err)
			err = write_graph(dir, names[nr - 1], &l->policy[p], &dark);
	}
	if (!err && nr)
		l->missing = dot_draw(dir, names);
	if (l->missing)
		log_warn("the report has no pictures of lives: %s", l->missing);
	while (nr)
		free(names[--nr]);
	free(names);
	return err;
}
