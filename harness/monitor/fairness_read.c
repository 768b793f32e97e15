/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "monitor/fairness_read.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "util/affinity.h"
#include "util/fs.h"
#include "util/mem.h"

/* The state is the letter after the name, which ends with the last ')'. */
static int read_ready(pid_t tid, bool *ready)
{
	char *text, *end;
	int err = fs_read(fs_sys("/proc/%d/stat", tid), &text, NULL);

	if (err)
		return err;
	end = strrchr(text, ')');
	*ready = end && !strncmp(end, ") R", 3);
	free(text);
	return 0;
}

int fairness_read_thread(pid_t tid, struct thread_times *t)
{
	unsigned long long ran, waited;
	char *text;
	int err = fs_read(fs_sys("/proc/%d/schedstat", tid), &text, NULL);

	if (err)
		return err;
	if (sscanf(text, "%llu %llu", &ran, &waited) != 2)
		err = -ENOTSUP;
	free(text);
	if (err)
		return err;
	t->ran = ran / 1e9;
	t->waited = waited / 1e9;
	return read_ready(tid, &t->ready);
}

int fairness_read_cpus(pid_t tid, struct fairness_cpus *cpus)
{
	static const char name[] = "\nCpus_allowed_list:";
	struct affinity *a;
	char *text, *at;
	int err = fs_read(fs_sys("/proc/%d/status", tid), &text, NULL);

	if (err)
		return err;
	a = mem_zalloc(1, sizeof(*a));
	at = strstr(text, name);
	if (at)
		affinity_parse(a, at + strlen(name));
	for (unsigned i = 0; i < FAIRNESS_CPU_WORDS; i++)
		cpus->word[i] |= a->mask[i];
	free(a);
	free(text);
	return at ? 0 : -ENOTSUP;
}

int fairness_read_cgroup(const char *path, double *used)
{
	unsigned long long us;
	char *text;
	int err = fs_read(fs_sys("/sys/fs/cgroup/%s/cpu.stat", path), &text, NULL);

	if (err)
		return err;
	if (sscanf(text, "usage_usec %llu", &us) == 1)
		*used = us / 1e6;
	else
		err = -ENOTSUP;
	free(text);
	return err;
}

int fairness_each_of_process(pid_t pid, const struct thread_visit *v)
{
	DIR *dir = opendir(fs_sys("/proc/%d/task", pid));
	struct dirent *entry;

	if (!dir)
		return -errno;
	while ((entry = readdir(dir)))
		if (entry->d_name[0] != '.')
			v->each(v->ctx, atoi(entry->d_name));
	closedir(dir);
	return 0;
}

/* Cgroups that go meanwhile are left out. */
static void each_below(const char *path, const struct thread_visit *v)
{
	DIR *dir = opendir(fs_sys("/sys/fs/cgroup/%s", path));
	struct dirent *entry;

	while (dir && (entry = readdir(dir))) {
		char *below;

		if (entry->d_type != DT_DIR || entry->d_name[0] == '.')
			continue;
		below = mem_printf("%s/%s", path, entry->d_name);
		fairness_each_of_cgroup(below, v);
		free(below);
	}
	if (dir)
		closedir(dir);
}

int fairness_each_of_cgroup(const char *path, const struct thread_visit *v)
{
	char *text, *rest, *word;
	int err = fs_read(fs_sys("/sys/fs/cgroup/%s/cgroup.threads", path), &text, NULL);

	if (err)
		return err;
	for (word = strtok_r(text, "\n", &rest); word; word = strtok_r(NULL, "\n", &rest))
		v->each(v->ctx, atoi(word));
	free(text);
	each_below(path, v);
	return 0;
}
