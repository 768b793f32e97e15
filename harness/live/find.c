/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "live/find.h"

#include <bpf/bpf.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "util/log.h"
#include "util/mem.h"

#define NAME_LEN BPF_OBJ_NAME_LEN

static int map_info(unsigned id, struct bpf_map_info *info)
{
	__u32 len = sizeof(*info);
	int fd = bpf_map_get_fd_by_id(id);

	memset(info, 0, sizeof(*info));
	if (fd >= 0 && bpf_map_get_info_by_fd(fd, info, &len)) {
		close(fd);
		return -errno;
	}
	return fd < 0 ? -errno : fd;
}

/* The struct_ops map behind a link, if it is that of the ops; else a negative errno. */
static int ops_map_of_link(unsigned link_id, const char *ops)
{
	struct bpf_link_info link = { 0 };
	struct bpf_map_info map;
	char want[256];
	__u32 len = sizeof(link);
	int fd = bpf_link_get_fd_by_id(link_id), err;

	if (fd < 0)
		return -errno;
	err = bpf_link_get_info_by_fd(fd, &link, &len);
	close(fd);
	if (err || link.type != BPF_LINK_TYPE_STRUCT_OPS)
		return -ENOENT;
	fd = map_info(link.struct_ops.map_id, &map);
	if (fd < 0)
		return fd;
	snprintf(want, sizeof(want), "%s_ops", ops);
	if (!strncmp(map.name, want, NAME_LEN - 1))
		return fd;
	close(fd);
	return -ENOENT;
}

static int find_ops_map(const char *ops)
{
	__u32 id = 0;

	while (!bpf_link_get_next_id(id, &id)) {
		int fd = ops_map_of_link(id, ops);

		if (fd >= 0)
			return fd;
	}
	return -ENOENT;
}

/* Adds the maps of a program, if there is one of this id and it is an op; true when it was. */
static bool add_maps(struct found *f, unsigned prog)
{
	struct bpf_prog_info info = { .nr_map_ids = FIND_MAX_MAPS, .map_ids = (uintptr_t)f->map };
	__u32 len = sizeof(info);
	int fd = bpf_prog_get_fd_by_id(prog), err;

	if (fd < 0)
		return false;
	err = bpf_prog_get_info_by_fd(fd, &info, &len);
	close(fd);
	f->nr_maps = err ? 0 : info.nr_map_ids;
	return !err && info.type == BPF_PROG_TYPE_STRUCT_OPS;
}

/*
 * A struct_ops map reads as the struct it was made of, with the programs' ids where the functions' addresses
 * were. A number there that is none of them may look like an id, but hardly like one of an op that uses our map.
 */
static int add_maps_of_ops(struct found *f, int ops_map)
{
	struct bpf_map_info info = { 0 };
	__u32 len = sizeof(info), key = 0;
	int err = bpf_map_get_info_by_fd(ops_map, &info, &len) ? -errno : 0, fd = -ENOENT;
	__u64 *word = err ? NULL : mem_zalloc(1, info.value_size + sizeof(*word));

	if (!err && bpf_map_lookup_elem(ops_map, &key, word))
		err = -errno;
	for (size_t i = 0; !err && fd < 0 && i < info.value_size / sizeof(*word); i++) {
		if (!word[i] || word[i] > UINT32_MAX || !add_maps(f, word[i]))
			continue;
		fd = find_map(f, "scxb_control", 0);
	}
	free(word);
	if (fd >= 0)
		close(fd);
	return err ? err : fd < 0 ? fd : 0;
}

int find_map(const struct found *f, const char *name, unsigned value_size)
{
	for (int i = 0; i < f->nr_maps; i++) {
		struct bpf_map_info info;
		int fd = map_info(f->map[i], &info);

		if (fd < 0)
			continue;
		if (!strncmp(info.name, name, NAME_LEN - 1) && (!value_size || info.value_size == value_size))
			return fd;
		close(fd);
	}
	return -ENOENT;
}

int find_policy(struct found *f)
{
	int ops_map, err;

	memset(f, 0, sizeof(*f));
	scx_state_read(&f->scx);
	if (!f->scx.present)
		return log_err(-ENOSYS, "this kernel has no sched_ext: see 'scxbench doctor'");
	if (strcmp(f->scx.state, "enabled"))
		return log_err(-ESRCH, "no policy is in: 'scxbench run POLICY' puts one in");
	if (geteuid())
		return log_err(-EPERM, "the maps of a policy are root's: run it with sudo");
	ops_map = find_ops_map(f->scx.ops);
	err = ops_map < 0 ? ops_map : add_maps_of_ops(f, ops_map);
	if (ops_map >= 0)
		close(ops_map);
	if (err)
		return log_err(-ENOTSUP, "the policy that is in, '%s', has no maps of ours: it can't be steered", f->scx.ops);
	return 0;
}
