/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "bisect/policy_text.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "policy/policy.h"
#include "util/cause.h"
#include "util/log.h"
#include "util/mem.h"

#define COMMAND "cmd:"

/* Each part between slashes is the name of something below. */
static bool is_inside(const char *path)
{
	char *copy = mem_strdup(path), *rest = copy, *part;
	bool inside = *path;

	while ((part = strsep(&rest, "/")))
		inside &= *part && strcmp(part, "..") && strcmp(part, ".git");
	free(copy);
	return inside;
}

/* How many bytes of it are the path; 0: none. */
static size_t path_len(const char *text, bool command)
{
	const char *end = strstr(text, POLICY_OBJECT_EXT);

	if (command)
		return strcspn(text, " ");
	return end ? (size_t)(end - text) + strlen(POLICY_OBJECT_EXT) : 0;
}

void policy_text_free(struct policy_text *parts)
{
	free(parts->before);
	free(parts->path);
	free(parts->after);
	*parts = (struct policy_text){ 0 };
}

int policy_text_split(const char *text, struct policy_text *parts)
{
	bool command = !strncmp(text, COMMAND, strlen(COMMAND));
	const char *path = text + (command ? strlen(COMMAND) : 0);
	size_t len = path_len(path, command);

	*parts = (struct policy_text){ mem_strdup(command ? COMMAND : ""), mem_printf("%.*s", (int)len, path),
				       mem_strdup(path + len) };
	if (is_inside(parts->path))
		return 0;
	policy_text_free(parts);
	return log_err(
		-CAUSE_USAGE,
		"'%s' names no file of a commit: give the path in the repository of what it is built to, "
		"as in path/x" POLICY_OBJECT_EXT " or '" COMMAND "path/x --option'",
		text);
}

char *policy_text_join(const char *name, const struct policy_text *parts, const char *path)
{
	return mem_printf("%s=%s%s%s", name, parts->before, path, parts->after);
}
