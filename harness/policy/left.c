/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "policy/left.h"
#include <bpf/bpf.h>
#include <fts.h>
#include <limits.h>
#include <mntent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "policy/policy.h"
#include "util/fs.h"
#include "util/mem.h"

/* What the value of a struct_ops map begins with: enum bpf_struct_ops_state comes after a count. */
#define STATE_WORD 1
#define STATE_IN_USE 1 /* registered without a link */

/* The value of a struct_ops map, which is struct sched_ext_ops behind a head, or NULL. */
static __u32 *ops_value(int map, size_t *size)
{
	struct bpf_map_info info = { 0 };
	__u32 len = sizeof(info), key = 0, *value = NULL;

	if (bpf_map_get_info_by_fd(map, &info, &len) || info.type != BPF_MAP_TYPE_STRUCT_OPS)
		return NULL;
	*size = info.value_size;
	value = mem_zalloc(1, *size + sizeof(*value));
	if (!bpf_map_lookup_elem(map, &key, value))
		return value;
	free(value);
	return NULL;
}

/* The map has the name of the ops. *state, if wanted: see STATE_WORD. */
static bool is_map_of(int map, const char *ops, __u32 *state)
{
	size_t size;
	__u32 *value = ops_value(map, &size);
	bool found = value && memmem(value, size, ops, strlen(ops) + 1);

	if (found && state)
		*state = value[STATE_WORD];
	free(value);
	return found;
}

static bool is_link_of(int link, const char *ops)
{
	struct bpf_link_info info = { 0 };
	__u32 len = sizeof(info);
	bool found;
	int map;

	if (bpf_link_get_info_by_fd(link, &info, &len) || info.type != BPF_LINK_TYPE_STRUCT_OPS)
		return false;
	map = bpf_map_get_fd_by_id(info.struct_ops.map_id);
	if (map < 0)
		return false;
	found = is_map_of(map, ops, NULL);
	close(map);
	return found;
}

/* The kernel's name for what the descriptor is: the same request fills another struct for each. */
static bool is_pin_of(const char *path, const char *ops)
{
	char *fd_path, kind[64] = "";
	int fd = bpf_obj_get(path);
	bool found;

	if (fd < 0)
		return false;
	fd_path = mem_printf("/proc/self/fd/%d", fd);
	if (readlink(fd_path, kind, sizeof(kind) - 1) < 0)
		kind[0] = '\0';
	found = strstr(kind, "link") ? is_link_of(fd, ops) : strstr(kind, "map") && is_map_of(fd, ops, NULL);
	free(fd_path);
	close(fd);
	return found;
}

static char *pin_below(char *dir, const char *ops)
{
	char *const dirs[] = { dir, NULL };
	FTS *tree = fts_open(dirs, FTS_PHYSICAL | FTS_NOCHDIR | FTS_XDEV, NULL);
	char *found = NULL;

	for (FTSENT *e; tree && !found && (e = fts_read(tree));)
		if (e->fts_info == FTS_F && is_pin_of(e->fts_path, ops))
			found = mem_strdup(e->fts_path);
	if (tree)
		fts_close(tree);
	return found;
}

char *left_pin(const char *ops)
{
	FILE *mounts = *ops ? setmntent(fs_sys("/proc/self/mounts"), "r") : NULL;
	char *found = NULL;

	for (struct mntent *m; mounts && !found && (m = getmntent(mounts));)
		if (!strcmp(m->mnt_type, "bpf"))
			found = pin_below(m->mnt_dir, ops);
	if (mounts)
		endmntent(mounts);
	return found;
}

bool left_unregister(const char *ops)
{
	const __u32 key = 0;
	bool done = false;

	for (__u32 id = 0, state = 0; !done && *ops && !bpf_map_get_next_id(id, &id);) {
		int map = bpf_map_get_fd_by_id(id);

		if (map < 0)
			continue;
		done = is_map_of(map, ops, &state) && state == STATE_IN_USE &&
		       !bpf_map_delete_elem(map, &key);
		close(map);
	}
	return done;
}

char *policy_way_out(const char *ops)
{
	char *pin = left_pin(ops), *way;

	way = pin ? mem_printf("it is pinned: 'rm %s' detaches it", pin)
		  : mem_strdup("stop what runs it (systemctl stop, scxctl stop), or 'echo S "
			       ">/proc/sysrq-trigger'");
	free(pin);
	return way;
}
