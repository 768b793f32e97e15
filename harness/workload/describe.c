/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "workload/describe.h"
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "util/caps.h"
#include "util/mem.h"
#include "util/scan.h"

#define EXT_SHARE 0.99 /* of a workload that gives none */

struct description {
	struct workload common;
	char *variant[32], *variant_summary[32];
	int nr_variants;
	struct why *why;
};

static int bad_line(struct description *d, const char *what, const char *text)
{
	return why_set(d->why, -EBADMSG, "%s '%.100s'", what, text);
}

static int take_seconds(struct description *d, const char *text, double *seconds)
{
	return scan_number(text, seconds) ? 0 : bad_line(d, "not a number of seconds:", text);
}

static int take_variant(struct description *d, char *text)
{
	char *summary = strchr(text, ' ');

	if (d->nr_variants == 32 || !*text)
		return bad_line(d, "no name, or one variant too many:", text);
	if (summary)
		*summary++ = '\0';
	if (strpbrk(text, "/#:,"))
		return bad_line(d, "not a variant's name:", text);
	d->variant[d->nr_variants] = text;
	d->variant_summary[d->nr_variants++] = summary;
	return 0;
}

static int take_flag(struct description *d, const char *text, bool *flag)
{
	*flag = !strcmp(text, "yes");
	return *flag || !strcmp(text, "no") ? 0 : bad_line(d, "not yes or no:", text);
}

static int take_share(struct description *d, const char *text, double *share)
{
	if (!scan_number(text, share) || *share > 1)
		return bad_line(d, "not a share from 0 to 1:", text);
	return 0;
}

/* "root", or capabilities. */
static int take_needs(struct description *d, char *text)
{
	char *rest, *name;

	if (!strcmp(text, "root")) {
		d->common.as_root = true;
		return 0;
	}
	for (name = strtok_r(text, " ", &rest); name; name = strtok_r(NULL, " ", &rest)) {
		uint64_t cap = caps_named(name);

		if (!cap)
			return bad_line(d, "neither root nor a capability that scxbench has:", name);
		d->common.caps |= cap;
	}
	return 0;
}

/* Takes one key, a line of its own. text is cut in place and lives as long as the description. */
static int describe_take(struct description *d, const char *key, char *text)
{
	struct workload *w = &d->common;
	struct {
		const char *key;
		char **word;
		double *seconds;
	} fields[] = {
		{ "summary", &w->summary, NULL },     { "primary", &w->primary, NULL },
		{ "identity", &w->identity, NULL },   { "typical_s", NULL, &w->typical_s },
		{ "timeout_s", NULL, &w->timeout_s }, { "settle_s", NULL, &w->settle_s },
	};

	for (size_t i = 0; i < sizeof(fields) / sizeof(*fields); i++) {
		if (strcmp(key, fields[i].key))
			continue;
		if (fields[i].seconds)
			return take_seconds(d, text, fields[i].seconds);
		*fields[i].word = text;
		return 0;
	}
	if (!strcmp(key, "variant"))
		return take_variant(d, text);
	if (!strcmp(key, "default"))
		return take_flag(d, text, &d->common.in_default);
	if (!strcmp(key, "prepare"))
		return take_flag(d, text, &d->common.prepares);
	if (!strcmp(key, "undo"))
		return take_flag(d, text, &d->common.undo);
	if (!strcmp(key, "needs"))
		return take_needs(d, text);
	if (!strcmp(key, "ext_share"))
		return take_share(d, text, &d->common.ext_share);
	if (!strcmp(key, "time_share"))
		return take_share(d, text, &d->common.time_share);
	return bad_line(d, "unknown key", key);
}

static int take_all(struct description *d, char *copy)
{
	char *rest, *line, *text;
	int err = 0;

	for (line = strtok_r(copy, "\n", &rest); line && !err; line = strtok_r(NULL, "\n", &rest)) {
		text = strchr(line, ' ');
		if (!text)
			return bad_line(d, "not 'key value':", line);
		*text++ = '\0';
		err = describe_take(d, line, text);
	}
	if (err)
		return err;
	if (!d->common.summary || !d->common.primary || !d->common.timeout_s)
		return bad_line(d, "it must give", "summary, primary, timeout_s");
	return 0;
}

size_t workload_count(const struct workload *list)
{
	size_t nr = 0;

	while (list && list[nr].name)
		nr++;
	return nr;
}

static void describe_append(struct workload **list, const struct workload *w)
{
	size_t nr = workload_count(*list);

	*list = mem_resize(*list, (nr + 2) * sizeof(**list));
	(*list)[nr] = *w;
	(*list)[nr + 1] = (struct workload){ 0 };
}

/* Adds one of its workloads, with copies of the strings. */
static void append_variant(struct workload **list, const struct description *d, int v)
{
	const char *file = strrchr(d->common.path, '/') + 1, *variant = d->nr_variants ? d->variant[v] : "";
	const char *detail = d->nr_variants ? d->variant_summary[v] : NULL;
	struct workload w = d->common;

	w.name = *variant ? mem_printf("%s-%s", file, variant) : mem_strdup(file);
	w.path = mem_strdup(w.path);
	w.variant = mem_strdup(variant);
	w.summary = detail ? mem_printf("%s; %s", w.summary, detail) : mem_strdup(w.summary);
	w.primary = mem_strdup(w.primary);
	w.identity = mem_strdup(w.identity ? w.identity : "");
	describe_append(list, &w);
}

int describe_parse(const char *path, const char *text, struct workload **list, struct why *why)
{
	struct description d = { .common = { .path = (char *)path, .ext_share = EXT_SHARE, .prepares = true },
				 .why = why };
	char *copy = mem_strdup(text);
	int err = take_all(&d, copy), v = 0;

	if (!err)
		do
			append_variant(list, &d, v);
		while (++v < d.nr_variants);
	free(copy);
	return err;
}
