/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "record/record.h"
#include "util/log.h"
#include "util/mem.h"

unsigned run_sample_seq(const char *path)
{
	const char *name = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
	unsigned seq;
	int end = 0;

	return sscanf(name, "sample-%u.json%n", &seq, &end) == 1 && end && !name[end] ? seq : 0;
}

static int is_sample(const struct dirent *entry)
{
	return run_sample_seq(entry->d_name) > 0;
}

int run_samples(const char *run_dir, char ***path)
{
	struct dirent **file;
	int nr = scandir(run_dir, &file, is_sample, versionsort);

	*path = mem_zalloc((size_t)(nr > 0 ? nr : 0) + 1, sizeof(**path));
	if (nr < 0)
		return log_err(-errno, "can't list %s: %m", run_dir);
	for (int i = 0; i < nr; i++) {
		(*path)[i] = mem_printf("%s/%s", run_dir, file[i]->d_name);
		free(file[i]);
	}
	free(file);
	return 0;
}

void run_samples_free(char **path)
{
	for (char **p = path; *p; p++)
		free(*p);
	free(path);
}
