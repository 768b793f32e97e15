/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Pictures of a run's page. Names come from outside, so no part of a path but a plain name is taken. */
#include <dirent.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/mcp_ask.h"
#include "text/buf.h"
#include "util/mem.h"

static bool is_plain(const char *name)
{
	return *name && *name != '.' && strlen(name) < 200 &&
	       !name[strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-")];
}

static bool ends_in(const char *name, const char *end)
{
	size_t a = strlen(name), b = strlen(end);

	return a > b && !strcmp(name + a - b, end);
}

static bool is_picture(const char *name)
{
	return is_plain(name) && (ends_in(name, ".svg") || ends_in(name, ".png"));
}

static int picture_filter(const struct dirent *e)
{
	return is_picture(e->d_name);
}

static void list_figures(const char *run, const char *dir, struct mcp_found *found)
{
	json_t *names = json_array(), *whole;
	struct dirent **entry = NULL;
	int nr = scandir(dir, &entry, picture_filter, alphasort);

	for (int i = 0; i < nr; i++) {
		json_array_append_new(names, json_string(entry[i]->d_name));
		free(entry[i]);
	}
	free(entry);
	whole = json_pack("{s:i,s:s,s:o}", "schema", 1, "run", run, "figures", names);
	found->text = nr > 0 ? json_dumps(whole, JSON_INDENT(1)) : NULL;
	found->len = found->text ? strlen(found->text) : 0;
	json_decref(whole);
	if (found->text)
		return;
	found->is_absent = true;
	found->why = mem_printf("the run has no pictures here: 'scxbench report %s' makes them", run);
}

/* A regular file of a bounded size; a link is not followed. */
static void read_picture(const char *path, struct mcp_found *found)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	struct stat st = { 0 };
	struct buf b = { 0 };
	char bytes[65536];
	ssize_t n = -1;

	if (fd >= 0 && !fstat(fd, &st) && S_ISREG(st.st_mode))
		while ((n = read(fd, bytes, sizeof(bytes))) > 0 && b.len <= MCP_MAX_TEXT)
			buf_bytes(&b, bytes, (size_t)n);
	found->len = b.len;
	found->text = n == 0 ? buf_take(&b) : NULL;
	free(b.text);
	if (fd >= 0)
		close(fd);
}

void mcp_ask_figure(void *ctx, const char *run, const char *name, struct mcp_found *found)
{
	const struct mcp_ask *a = ctx;
	char *dir = NULL, *path = NULL;

	if (is_plain(run) && (!name || is_picture(name))) {
		dir = mem_printf("%s/report/%s/fig", a->results, run);
		path = name ? mem_printf("%s/%s", dir, name) : NULL;
	}
	if (dir && !name)
		list_figures(run, dir, found);
	else if (path)
		read_picture(path, found);
	found->binary = path && ends_in(name, ".png");
	if (!found->text && !found->why) {
		found->is_absent = true;
		found->why = mem_strdup("there is no such picture: 'figures' lists a run's");
	}
	free(path);
	free(dir);
}
