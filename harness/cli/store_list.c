/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "cli/store.h"
#include "record/json.h"
#include "store/store.h"

static const char *text(const char *s)
{
	return s ? s : "-";
}

static void print_table(const struct store_line *line, size_t nr)
{
	printf("%-22s  %-16s  %-8s  %-6s  %-16s  %11s  %6s  %-20s  %s\n", "run", "began", "plan", "where",
	       "machine", "samples", "not ok", "tags", "kernel");
	for (const struct store_line *l = line; l < line + nr; l++) {
		time_t at = (time_t)(l->started_ns / 1000000000);
		char began[32], samples[32];
		struct tm tm;

		strftime(began, sizeof(began), "%F %H:%M", localtime_r(&at, &tm));
		snprintf(samples, sizeof(samples), "%u of %u", l->samples, l->planned);
		printf("%-22s  %-16s  %-8s  %-6s  %-16s  %11s  %6u  %-20s  %s\n", l->id, began, text(l->plan),
		       text(l->where), text(l->host), samples, l->not_ok, text(l->tags), text(l->kernel));
	}
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
