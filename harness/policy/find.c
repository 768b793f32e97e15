/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "policy/find.h"

#include <bpf/bpf.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "control_abi.h"
#include "util/cause.h"
#include "util/clock.h"
#include "util/log.h"
#include "util/mem.h"

#define NAME_LEN BPF_OBJ_NAME_LEN
#define LINK_S 1
#define LINK_LOOK_S 0.02

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

/* What a struct_ops map reads as, the caller's to free: NULL, or *words of 8 bytes. */
static __u64 *read_struct(int map, size_t *words)
{
	struct bpf_map_info info = { 0 };
	__u32 len = sizeof(info), key = 0;
	__u64 *word;

	if (bpf_map_get_info_by_fd(map, &info, &len))
		return NULL;
	*words = info.value_size / sizeof(*word);
	word = mem_zalloc(*words + 1, sizeof(*word));
	if (!bpf_map_lookup_elem(map, &key, word))
		return word;
	free(word);
	return NULL;
}

/* Is the text one of the struct's? Its names begin at a word. */
static bool has_name(const __u64 *word, size_t words, const char *name)
{
	for (size_t i = 0; i < words; i++)
		if (!strncmp((const char *)&word[i], name, (words - i) * sizeof(*word)))
			return true;
	return false;
}

static bool is_map_of(int map, const char *ops)
{
	size_t words = 0;
	__u64 *word = read_struct(map, &words);
	bool is = word && has_name(word, words, ops);

	free(word);
	return is;
}

/* The struct_ops map behind a link, if it is the map of these ops; else a negative errno. */
static int ops_map_of_link(unsigned link_id, const char *ops)
{
	struct bpf_link_info link = { 0 };
	struct bpf_map_info map;
	__u32 len = sizeof(link);
	int fd = bpf_link_get_fd_by_id(link_id), err;

	if (fd < 0)
		return -errno;
	err = bpf_link_get_info_by_fd(fd, &link, &len);
	close(fd);
	if (err || link.type != BPF_LINK_TYPE_STRUCT_OPS)
		return -ENOENT;
	fd = map_info(link.struct_ops.map_id, &map);
	if (fd < 0 || is_map_of(fd, ops))
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

/* What is asked of it is kept, because each question is three calls of the kernel. */
static void add_map(struct found *f, unsigned id)
{
	struct bpf_map_info info;
	int fd;

	for (int i = 0; i < f->nr_maps; i++)
		if (f->map[i].id == id)
			return;
	fd = f->nr_maps < FIND_MAX_MAPS ? map_info(id, &info) : -ENOSPC;
	if (fd < 0)
		return;
	close(fd);
	f->map[f->nr_maps].id = id;
	f->map[f->nr_maps].value_size = info.value_size;
	memcpy(f->map[f->nr_maps++].name, info.name, NAME_LEN);
}

/* Adds a program and the maps that it uses, if the id is that of an op. */
static void add_op(struct found *f, unsigned prog)
{
	unsigned map[FIND_MAX_MAPS];
	struct bpf_prog_info info = { .nr_map_ids = FIND_MAX_MAPS, .map_ids = (uintptr_t)map };
	__u32 len = sizeof(info);
	int fd = bpf_prog_get_fd_by_id(prog), err;

	if (fd < 0)
		return;
	err = bpf_prog_get_info_by_fd(fd, &info, &len);
	close(fd);
	if (err || info.type != BPF_PROG_TYPE_STRUCT_OPS || f->nr_ops == FIND_MAX_OPS)
		return;
	f->op[f->nr_ops++] = prog;
	for (unsigned i = 0; i < info.nr_map_ids && i < FIND_MAX_MAPS; i++)
		add_map(f, map[i]);
}

/*
 * A struct_ops map reads as the struct that it was made of, with program ids in place of function addresses.
 * Another number in it may look like an id, but hardly like that of an op.
 */
static int read_ops(struct found *f, int ops_map)
{
	size_t words = 0;
	__u64 *word = read_struct(ops_map, &words);

	for (size_t i = 0; word && i < words; i++)
		if (word[i] && word[i] <= UINT32_MAX)
			add_op(f, word[i]);
	free(word);
	return words ? 0 : -ENOENT;
}

int find_map(const struct found *f, const char *name, unsigned value_size)
{
	for (int i = 0; i < f->nr_maps; i++) {
		int fd = -1;

		if (!strncmp(f->map[i].name, name, NAME_LEN - 1) &&
		    (!value_size || f->map[i].value_size == value_size))
			fd = bpf_map_get_fd_by_id(f->map[i].id);
		if (fd >= 0)
			return fd;
	}
	return -ENOENT;
}

int find_attached_now(struct found *f)
{
	int ops_map, err;

	memset(f, 0, sizeof(*f));
	scx_state_read(&f->scx);
	if (!f->scx.present)
		return -ENOSYS;
	if (geteuid())
		return -EPERM;
	if (strcmp(f->scx.state, "enabled"))
		return -ESRCH;
	ops_map = find_ops_map(f->scx.ops);
	err = ops_map < 0 ? ops_map : read_ops(f, ops_map);
	if (ops_map >= 0)
		close(ops_map);
	return err ? -ENOTSUP : 0;
}

int find_attached(struct found *f)
{
	double end = clock_s() + LINK_S;
	int err;

	while ((err = find_attached_now(f)) == -ENOTSUP && clock_s() < end)
		clock_sleep(LINK_LOOK_S);
	return err;
}

int find_log(int err, const struct found *f)
{
	switch (-err) {
	case 0:
		return 0;
	case ENOSYS:
		return log_err(-CAUSE_CANT, "this kernel has no sched_ext: see 'scxbench doctor'");
	case ESRCH:
		return log_err(-CAUSE_NO_POLICY, "no policy is attached: 'scxbench run POLICY' attaches one");
	case EPERM:
		return log_err(-CAUSE_CANT, "only root may use the maps of a policy: run it with sudo");
	default:
		return log_err(-CAUSE_CANT,
			       "the attached policy '%s' has none of scxbench's maps, so it can't be steered",
			       f->scx.ops);
	}
}

int find_policy(struct found *f)
{
	int err = find_attached(f), fd;

	if (err)
		return find_log(err, f);
	fd = find_map(f, SCXB_CONTROL_MAP, 0);
	if (fd < 0)
		return find_log(-ENOTSUP, f);
	close(fd);
	return 0;
}
