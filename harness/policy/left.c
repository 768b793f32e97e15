/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "policy/left.h"
#include <bpf/bpf.h>
#include <fts.h>
#include <limits.h>
#include <mntent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "policy/policy.h"
#include "util/clock.h"
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

static double time_of(const struct timespec *t)
{
	return t->tv_sec + t->tv_nsec * 1e-9;
}

/* The first that is not older. ops NULL: whatever it keeps. */
static char *pin_below(char *dir, const char *ops, double since_s)
{
	char *const dirs[] = { dir, NULL };
	FTS *tree = fts_open(dirs, FTS_PHYSICAL | FTS_NOCHDIR | FTS_XDEV, NULL);
	char *found = NULL;

	for (FTSENT *e; tree && !found && (e = fts_read(tree));)
		if (e->fts_info == FTS_F && time_of(&e->fts_statp->st_ctim) >= since_s &&
		    (!ops || is_pin_of(e->fts_path, ops)))
			found = mem_strdup(e->fts_path);
	if (tree)
		fts_close(tree);
	return found;
}

static char *pin_since(const char *ops, double since_s)
{
	FILE *mounts = !ops || *ops ? setmntent(fs_sys("/proc/self/mounts"), "r") : NULL;
	char *found = NULL;

	for (struct mntent *m; mounts && !found && (m = getmntent(mounts));)
		if (!strcmp(m->mnt_type, "bpf"))
			found = pin_below(m->mnt_dir, ops, since_s);
	if (mounts)
		endmntent(mounts);
	return found;
}

char *left_pin(const char *ops)
{
	return pin_since(ops, 0);
}

static bool unregister(const char *ops)
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

/* Files have the time of day; a tick, by which that lags, is not more than this. */
#define TICK_S 0.01

static double time_of_day(double boottime_s)
{
	return (double)clock_ns_of(CLOCK_REALTIME) * 1e-9 -
	       ((double)clock_ns_of(CLOCK_BOOTTIME) * 1e-9 - boottime_s) - TICK_S;
}

char *left_pinned_since(double since_s)
{
	return pin_since(NULL, time_of_day(since_s));
}

/* The first one's path, or NULL. All are removed. */
static char *unpin(const char *ops, double since_s)
{
	char *first = NULL, *pin;

	while ((pin = pin_since(ops, time_of_day(since_s)))) {
		bool gone = !unlink(pin);

		if (first)
			free(pin);
		else
			first = pin;
		if (!gone)
			break;
	}
	return first;
}

/* The link of it that is attached, or -1. */
static int link_of(const char *ops)
{
	for (__u32 next = 0; *ops && !bpf_link_get_next_id(next, &next);) {
		int link = bpf_link_get_fd_by_id(next);

		if (link >= 0 && is_link_of(link, ops))
			return link;
		if (link >= 0)
			close(link);
	}
	return -1;
}

static char *pin_words(char *pin)
{
	char *words = pin ? mem_printf("pinned at %s", pin) : NULL;

	free(pin);
	return words;
}

static char *detach_link(int link, const char *ops, double since_s)
{
	/* First the pin: of a link that is detached nobody can tell whose it was. */
	char *words = pin_words(unpin(ops, since_s));
	bool detached = !bpf_link_detach(link);

	close(link);
	return words || !detached ? words : mem_strdup("held by a process of another program");
}

char *left_take_out(const char *ops, double since_s)
{
	int link;

	if (unregister(ops)) {
		free(unpin(ops, since_s));
		return mem_strdup("registered without a link");
	}
	link = link_of(ops);
	return link < 0 ? NULL : detach_link(link, ops, since_s);
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
