/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "util/rights.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "util/fs.h"

#define ALL_IDS 4294967295u /* what a namespace that maps every user maps */

/* What follows this word at the begin of a line; NULL: no such line. *text is the caller's to free. */
static const char *line_of(const char *path, const char *word, char **text)
{
	size_t len = strlen(word);

	if (fs_read(fs_sys("%s", path), text, NULL))
		return NULL;
	for (const char *line = *text; line; line = strchr(line, '\n')) {
		line += *line == '\n';
		if (!strncmp(line, word, len))
			return line + len;
	}
	return NULL;
}

bool rights_cap(int cap)
{
	char *text = NULL;
	const char *set = line_of("/proc/self/status", "CapEff:", &text);
	uint64_t caps;
	bool has = !set || sscanf(set, "%" SCNx64, &caps) != 1 || caps >> cap & 1;

	free(text);
	return has;
}

bool rights_of_machine(void)
{
	unsigned inside, outside, nr;
	char *text = NULL;
	bool known = !fs_read(fs_sys("/proc/self/uid_map"), &text, NULL) &&
		     sscanf(text, "%u %u %u", &inside, &outside, &nr) == 3;

	free(text);
	return !known || (inside == 0 && outside == 0 && nr == ALL_IDS);
}

static uint64_t limit_of(const char *name, int column)
{
	char *text = NULL, word[2][32];
	const char *values = line_of("/proc/self/limits", name, &text);
	uint64_t limit = UINT64_MAX;

	if (values && sscanf(values, "%31s %31s", word[0], word[1]) == 2 &&
	    strcmp(word[column], "unlimited") != 0)
		limit = strtoull(word[column], NULL, 10);
	free(text);
	return limit;
}

uint64_t rights_soft_limit(const char *name)
{
	return limit_of(name, 0);
}

uint64_t rights_hard_limit(const char *name)
{
	return limit_of(name, 1);
}
