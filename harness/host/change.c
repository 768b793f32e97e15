/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "host/change.h"
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/fair.h"
#include "util/process.h"
#include "host/settings.h"
#include "util/fs.h"
#include "util/mem.h"

static void changes_append(struct changes *c, const char *path, const char *before, const char *after)
{
	c->change = mem_grow(c->change, c->nr, sizeof(*c->change));
	c->change[c->nr++] = (struct change){ mem_strdup(path), mem_strdup(before), mem_strdup(after) };
}

void changes_keep(struct changes *c, const char *path, const char *value)
{
	changes_append(c, path, value, NULL);
}

bool changes_is_first(const struct changes *c, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (!strcmp(c->change[k].path, c->change[i].path) &&
		    !strcmp(c->change[k].before, c->change[i].before))
			return false;
	return true;
}

void changes_move(struct changes *c, struct changes *more)
{
	for (size_t i = 0; i < more->nr; i++) {
		c->change = mem_grow(c->change, c->nr, sizeof(*c->change));
		c->change[c->nr++] = more->change[i];
	}
	free(more->change);
	*more = (struct changes){ 0 };
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

/* Root applies a restore file, so it may contain nothing but our settings. */
static bool may_be_set(const char *path)
{
	return !strstr(path, "/../") && (settings_have(path) || fair_has(path));
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

/* The name of the process that a path means, or NULL. */
static const char *process_of(const char *path)
{
	size_t prefix = strlen(CHANGE_PROCESS);

	return strncmp(path, CHANGE_PROCESS, prefix) ? NULL : path + prefix;
}

int change_read(const char *path, char **value)
{
	const char *state = process_of(path) ? process_state(process_of(path)) : NULL;
	char *open, *close;
	int err;

	if (process_of(path))
		return *value = mem_strdup(state), state ? 0 : -ENOENT;
	err = fs_read_line(fs_sys("%s", path), value);
	if (err)
		return err;
	open = strchr(*value, '[');
	close = open ? strchr(open, ']') : NULL;
	if (close) {
		*close = '\0';
		memmove(*value, open + 1, close - open);
	}
	return 0;
}

int change_write(const char *path, const char *value)
{
	return process_of(path) ? process_run(process_of(path), !strcmp(value, PROCESS_RUNNING))
				: fs_write(fs_sys("%s", path), value);
}
