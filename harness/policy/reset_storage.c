/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <bpf/bpf.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <linux/types.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/pidfd.h>
#include <sys/stat.h>
#include <unistd.h>
#include "policy/reset.h"
#include "util/fs.h"
#include "util/mem.h"
#include "util/scan.h"

/* The inodes of the namespaces that the kernel starts with (PROC_PID_INIT_INO and its like). */
#define FIRST_CGROUP_NS 0xEFFFFFFBU
#define FIRST_PID_NS 0xEFFFFFFCU

static bool is_namespace(const char *name, ino_t number)
{
	struct stat st;

	return !stat(fs_sys("/proc/self/ns/%s", name), &st) && st.st_ino == number;
}

bool storage_is_reached(enum bpf_map_type type)
{
	if (type == BPF_MAP_TYPE_TASK_STORAGE)
		return is_namespace("pid", FIRST_PID_NS);
	return type == BPF_MAP_TYPE_CGRP_STORAGE && is_namespace("cgroup", FIRST_CGROUP_NS);
}

/* What is done with each task or cgroup. */
struct visit {
	const struct bpf_map **map; /* those of the kind that have storage of it; ends with NULL */
	void *value;		    /* room for the largest; NULL: the visit empties */
	const struct bpf_map *used;
	unsigned nr; /* that were visited, and emptied if they are to be */
};

/* fd stands for the task or cgroup. Closes it. */
static void visit_owner(struct visit *v, int fd)
{
	bool done = true;

	if (fd < 0)
		return;
	for (int i = 0; v->map[i]; i++) {
		if (!v->value)
			done &= !bpf_map_delete_elem(bpf_map__fd(v->map[i]), &fd) || errno == ENOENT;
		else if (!bpf_map_lookup_elem(bpf_map__fd(v->map[i]), &fd, v->value))
			v->used = v->map[i];
	}
	v->nr += done;
	close(fd);
}

static void visit_threads(struct visit *v, const char *process)
{
	DIR *dir = opendir(fs_sys("/proc/%s/task", process));
	uint64_t tid;

	for (struct dirent *e; dir && (e = readdir(dir));)
		if (scan_count(e->d_name, &tid))
			visit_owner(v, pidfd_open((pid_t)tid, PIDFD_THREAD));
	if (dir)
		closedir(dir);
}

/* How many threads the machine has; 0: not known. */
static unsigned nr_threads(void)
{
	unsigned nr = 0;
	char *line;

	if (!fs_read_line(fs_sys("/proc/loadavg"), &line) && sscanf(line, "%*s %*s %*s %*u/%u", &nr) != 1)
		nr = 0;
	free(line);
	return nr;
}

/* True: none can have been passed by, for there were as many before and after as were visited. */
static bool visit_tasks(struct visit *v)
{
	unsigned before = nr_threads();
	DIR *dir = opendir(fs_sys("/proc"));
	uint64_t pid;

	for (struct dirent *e; dir && (e = readdir(dir));)
		if (scan_count(e->d_name, &pid))
			visit_threads(v, e->d_name);
	if (dir)
		closedir(dir);
	return v->nr == before && v->nr == nr_threads();
}

/* Those that were removed while something holds them are not seen, and not counted anywhere for sure. */
static bool visit_cgroups(struct visit *v)
{
	char *root = mem_strdup(fs_sys("/sys/fs/cgroup"));
	char *const dirs[] = { root, NULL };
	FTS *tree = fts_open(dirs, FTS_PHYSICAL | FTS_NOCHDIR | FTS_NOSTAT, NULL);

	for (FTSENT *e; tree && (e = fts_read(tree));)
		if (e->fts_info == FTS_D)
			visit_owner(v, open(e->fts_path, O_RDONLY | O_DIRECTORY | O_CLOEXEC));
	if (tree)
		fts_close(tree);
	free(root);
	return false;
}

static const struct {
	enum bpf_map_type type;
	bool (*visit)(struct visit *v); /* true: it has been everywhere */
} owners[] = { { BPF_MAP_TYPE_TASK_STORAGE, visit_tasks }, { BPF_MAP_TYPE_CGRP_STORAGE, visit_cgroups } };

/* The object's maps of the type. *largest: of their values. */
static const struct bpf_map **maps_of(const struct bpf_object *obj, enum bpf_map_type type, size_t *largest)
{
	const struct bpf_map **list = mem_zalloc(1, sizeof(*list)), *map;
	size_t nr = 0;

	*largest = 0;
	bpf_object__for_each_map (map, obj) {
		size_t size = bpf_map__value_size(map);

		if (bpf_map__type(map) != type || bpf_map__fd(map) < 0)
			continue;
		list = mem_resize(list, (nr + 2) * sizeof(*list));
		list[nr++] = map;
		list[nr] = NULL;
		*largest = size > *largest ? size : *largest;
	}
	return list;
}

/* *everywhere: none of them can have been passed by. */
static const struct bpf_map *visit_all(const struct bpf_object *obj, bool empty, bool *everywhere)
{
	const struct bpf_map *used = NULL;

	*everywhere = true;
	for (size_t i = 0; i < sizeof(owners) / sizeof(*owners); i++) {
		size_t largest;
		struct visit v = { .map = maps_of(obj, owners[i].type, &largest) };

		v.value = empty ? NULL : mem_zalloc(1, largest + 1);
		if (v.map[0])
			*everywhere &= owners[i].visit(&v);
		used = v.used ? v.used : used;
		free(v.value);
		free(v.map);
	}
	return used;
}

bool storage_empty(const struct bpf_object *obj)
{
	bool everywhere;

	visit_all(obj, true, &everywhere);
	return everywhere;
}

const struct bpf_map *storage_in_use(const struct bpf_object *obj)
{
	bool everywhere;

	return visit_all(obj, false, &everywhere);
}
