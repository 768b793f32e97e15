/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "record/record.h"
#include "util/cause.h"
#include "util/log.h"
#include "util/mem.h"
#include "util/scan.h"

#define BEFORE "sample-"
#define AFTER ".json"

/* What is between both, the caller's to free; NULL: it is not called like a sample. */
static char *sample_number(const char *name)
{
	size_t len = strlen(name), before = strlen(BEFORE), after = strlen(AFTER);

	if (len < before + after || strncmp(name, BEFORE, before) || strcmp(name + len - after, AFTER))
		return NULL;
	return mem_printf("%.*s", (int)(len - before - after), name + before);
}

unsigned run_sample_seq(const char *path)
{
	const char *name = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
	char *number = sample_number(name);
	int seq = 0;

	if (number)
		scan_id(number, &seq);
	free(number);
	return (unsigned)seq;
}

static int is_sample(const struct dirent *entry)
{
	char *number = sample_number(entry->d_name);

	free(number);
	return number != NULL;
}

int run_samples(const char *run_dir, char ***path)
{
	struct dirent **file;
	int nr = scandir(run_dir, &file, is_sample, versionsort), err = 0, kept = 0;

	*path = mem_zalloc((size_t)(nr > 0 ? nr : 0) + 1, sizeof(**path));
	if (nr < 0)
		return log_err(-errno, "can't list %s: %m", run_dir);
	for (int i = 0; i < nr; i++) {
		if (run_sample_seq(file[i]->d_name))
			(*path)[kept++] = mem_printf("%s/%s", run_dir, file[i]->d_name);
		else
			err = log_err(-CAUSE_DAMAGED, "%s/%s is damaged: its name is not that of a sample",
				      run_dir, file[i]->d_name);
		free(file[i]);
	}
	free(file);
	return err;
}

void run_samples_free(char **path)
{
	for (char **p = path; *p; p++)
		free(*p);
	free(path);
}
