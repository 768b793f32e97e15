/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "host/change.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/process.h"
#include "util/fs.h"
#include "util/mem.h"

static void changes_append(struct changes *c, const char *path, const char *before, const char *after)
{
	c->change = mem_grow(c->change, c->nr, sizeof(*c->change));
	c->change[c->nr++] = (struct change){ mem_strdup(path), mem_strdup(before), mem_strdup(after) };
}

void changes_add(struct changes *c, const char *path, const char *before, const char *after)
{
	if (strcmp(before, after))
		changes_append(c, path, before, after);
}

void changes_guard(struct changes *c, const char *path, const char *value)
{
	for (size_t i = 0; i < c->nr; i++)
		if (!strcmp(c->change[i].path, path) && !strcmp(c->change[i].before, value))
			return;
	changes_append(c, path, value, value);
}

void changes_free(struct changes *c)
{
	for (size_t i = 0; i < c->nr; i++) {
		free(c->change[i].path);
		free(c->change[i].before);
		free(c->change[i].after);
	}
	free(c->change);
	*c = (struct changes){ 0 };
}

char *changes_text(const struct changes *c)
{
	char *text = NULL;
	size_t len;
	FILE *f = open_memstream(&text, &len);

	if (!f)
		abort();
	for (size_t i = 0; i < c->nr; i++)
		fprintf(f, "%s\t%s\n", c->change[i].before, c->change[i].path);
	fclose(f);
	return text;
}

/* Paths that a restore file may contain, because root applies it. */
static int may_be_set(const char *path)
{
	return !strstr(path, "/../") && (!strncmp(path, "/sys/", 5) || !strncmp(path, "/proc/sys/", 10) ||
					 !strncmp(path, CHANGE_PROCESS, strlen(CHANGE_PROCESS)));
}

static int parse_line(char *line, struct changes *c)
{
	char *path = strchr(line, '\t');

	if (!path)
		return -EINVAL;
	*path++ = '\0';
	if (!*line || !may_be_set(path))
		return -EINVAL;
	changes_append(c, path, line, line);
	return 0;
}

int changes_parse(const char *text, struct changes *c)
{
	char *copy = mem_strdup(text), *save = NULL;
	int err = 0;

	*c = (struct changes){ 0 };
	for (char *line = strtok_r(copy, "\n", &save); line && !err; line = strtok_r(NULL, "\n", &save))
		err = parse_line(line, c);
	free(copy);
	if (err)
		changes_free(c);
	return err;
}

int change_write(const char *path, const char *value)
{
	size_t prefix = strlen(CHANGE_PROCESS);

	if (!strncmp(path, CHANGE_PROCESS, prefix))
		return process_run(path + prefix, !strcmp(value, PROCESS_RUNNING));
	return fs_write(fs_sys("%s", path), value);
}
