/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/name.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include "util/mem.h"
#include "util/utf8.h"

#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
#define WORD LETTERS "._-"

static const char *word_fault(const char *text, const char *letters, size_t most)
{
	size_t len = strspn(text, letters);

	return text[len] || len > most ? "only letters, digits, '.', '_' and '-', at most 100" : NULL;
}

/* Words that mean a run, and what lies beside the runs' pages in report/. */
static bool is_reserved(const char *id)
{
	static const char *const words[] = { "latest", "last-good", "anchor",  "fair",	 "fig",	 "figures",
					     "index",  "history",   "custody", "report", "runs", NULL };
	static const char *const endings[] = { ".html", ".css", ".js",	".svg", ".png", ".gp",	".dat",
					       ".json", ".csv", ".txt", ".xml", ".tmp", ".dot", NULL };
	const char *dot = strrchr(id, '.');

	for (const char *const *w = words; *w; w++)
		if (!strcasecmp(id, *w))
			return true;
	for (const char *const *e = endings; dot && *e; e++)
		if (!strcasecmp(dot, *e))
			return true;
	return false;
}

static const char *run_fault(const char *text)
{
	if (!*text || strchr("-_.", *text))
		return "begin with a letter or a digit, then use letters, digits, '-', '_' and '.'";
	if (is_reserved(text))
		return "this word means something else where a run is named, or is the name of a page";
	return word_fault(text, WORD, 100);
}

static const char *tag_fault(const char *text)
{
	if (!*text || *text == '-' || !strcmp(text, "latest"))
		return "use letters, digits, '.', '_' and '-', and not 'latest'";
	return word_fault(text, WORD, 100);
}

static const char *tags_fault(const char *text)
{
	char *list = mem_strdup(text), *rest = list, *tag;
	const char *fault = NULL;

	while (!fault && (tag = strsep(&rest, ",")))
		fault = tag_fault(tag);
	free(list);
	return fault;
}

/* What a terminal and a page show as it is. */
static const char *shown_fault(const char *text)
{
	char *shown = utf8_printable(text, 0);
	bool same = !strcmp(shown, text);

	free(shown);
	if (!*text || strlen(text) > 4096)
		return "from 1 to 4096 bytes";
	return same ? NULL : "UTF-8 without control characters, line ends and marks of direction";
}

static const char *metric_fault_of(const char *text)
{
	size_t len = strspn(text, LETTERS "._-/%:,=+@#");

	return !len || text[len] || len > 128 ? "from 1 to 128 letters, digits and '._-/%:,=+@#'" : NULL;
}

static const char *unit_fault(const char *text)
{
	return *text ? metric_fault_of(text) : NULL;
}

static const char *host_fault(const char *text)
{
	return *text ? word_fault(text, WORD, 100) : "from 1 to 100 letters, digits, '.', '_' and '-'";
}

const char *name_fault(enum name_kind kind, const char *text)
{
	static const char *(*const fault[])(const char *) = {
		[NAME_RUN] = run_fault,	     [NAME_TAG] = tag_fault,	    [NAME_TAGS] = tags_fault,
		[NAME_POLICY] = shown_fault, [NAME_WORKLOAD] = shown_fault, [NAME_METRIC] = metric_fault_of,
		[NAME_UNIT] = unit_fault,    [NAME_HOST] = host_fault,	    [NAME_PLACE] = shown_fault,
	};

	return fault[kind] ? fault[kind](text) : NULL;
}
