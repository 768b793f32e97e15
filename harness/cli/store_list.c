/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "cli/store.h"
#include "record/json.h"
#include "store/store.h"
#include "text/grid.h"
#include "util/mem.h"

static char *text(const char *s)
{
	return mem_strdup(s ? s : "-");
}

static void add_line(struct grid *g, const struct store_line *l)
{
	time_t at = (time_t)(l->started_ns / 1000000000);
	char **cell = grid_row(g, true, l->id), began[32];
	struct tm tm;

	strftime(began, sizeof(began), "%F %H:%M", localtime_r(&at, &tm));
	cell[1] = mem_strdup(began);
	cell[2] = text(l->plan);
	cell[3] = text(l->where);
	cell[4] = text(l->host);
	cell[5] = mem_printf("%u of %u", l->samples, l->planned);
	cell[6] = mem_printf("%u", l->not_ok);
	cell[7] = text(l->tags);
	cell[8] = text(l->kernel);
}

static void print_table(const struct store_line *line, size_t nr)
{
	static const struct grid_column heads[] = {
		{ "run", GRID_TEXT, 0 },      { "began", GRID_TEXT, 0 },   { "plan", GRID_TEXT, 0 },
		{ "where", GRID_TEXT, 0 },    { "machine", GRID_TEXT, 0 }, { "samples", GRID_NUMBER, 0 },
		{ "not ok", GRID_NUMBER, 0 }, { "tags", GRID_PROSE, 0 },   { "kernel", GRID_TEXT, 0 }
	};
	struct grid g;

	grid_begin(&g, heads, sizeof(heads) / sizeof(*heads));
	for (size_t i = 0; i < nr; i++)
		add_line(&g, &line[i]);
	grid_print(&g);
	grid_free(&g);
}

static json_t *from_line(const struct store_line *l)
{
	return json_pack("{s:o,s:I,s:o,s:o,s:o,s:o,s:o,s:I,s:I,s:I}", "id", json_from_text(l->id),
			 "started_ns", (json_int_t)l->started_ns, "plan", json_from_text(l->plan), "where",
			 json_from_text(l->where), "host", json_from_text(l->host), "kernel",
			 json_from_text(l->kernel), "tags", json_from_text(l->tags), "planned",
			 (json_int_t)l->planned, "taken", (json_int_t)l->samples, "not_ok",
			 (json_int_t)l->not_ok);
}

static int print_json(const struct store_line *line, size_t nr)
{
	json_t *runs = json_array(), *root;
	int err;

	for (size_t i = 0; i < nr; i++)
		json_array_append_new(runs, from_line(&line[i]));
	root = json_pack("{s:i,s:o}", "schema", 1, "runs", runs);
	err = json_dumpf(root, stdout, JSON_INDENT(1)) || putchar('\n') < 0 ? -EIO : 0;
	json_decref(root);
	return err;
}

int store_print_list(struct store *s, bool json)
{
	struct store_line *line;
	size_t nr;
	int err = store_list(s, NULL, &line, &nr);

	if (err)
		return err;
	if (json)
		err = print_json(line, nr);
	else
		print_table(line, nr);
	store_list_free(line, nr);
	return err;
}
