/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The policy's maps, found by name: whether a task is in custody now, and requests to re-enqueue all tasks.
 */
#include <bpf/bpf.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include "storm.h"

#define TRIES 16
#define MAX_VALUE 4096
#define CUSTODY_IN 2

/* How the value of a task in the map "scxb_tasks" begins. */
struct custody {
	uint64_t since;
	uint32_t state;
};

static int tasks_map = -1;
static uint64_t *control;

/* The newest map of that name: an old one may still be in use. -1: there is none. */
static int find_map(const char *name, uint32_t max_value)
{
	struct bpf_map_info info;
	uint32_t id = 0, len;
	int found = -1, fd;

	while (!bpf_map_get_next_id(id, &id)) {
		fd = bpf_map_get_fd_by_id(id);
		if (fd < 0)
			continue;
		info = (struct bpf_map_info){ 0 };
		len = sizeof(info);
		if (!bpf_map_get_info_by_fd(fd, &info, &len) && !strcmp(info.name, name) &&
		    info.value_size <= max_value) {
			int older = found;

			found = fd;
			fd = older;
		}
		if (fd >= 0)
			close(fd);
	}
	return found;
}

void watch_begin(void)
{
	tasks_map = find_map("scxb_tasks", MAX_VALUE);
}

bool watch_custody_known(void)
{
	return tasks_map >= 0;
}

bool watch_in_custody(const struct target *t)
{
	union {
		struct custody custody;
		char room[MAX_VALUE];
	} value;

	return tasks_map >= 0 && !bpf_map_lookup_elem(tasks_map, &t->pidfd, &value) &&
	       value.custody.state == CUSTODY_IN;
}

struct target *watch_pick(struct storm *s, uint64_t who, enum outcome *outcome)
{
	int tries = s->nr_targets < TRIES ? s->nr_targets : TRIES;

	*outcome = CAUGHT;
	for (int i = 0; i < tries && tasks_map >= 0; i++) {
		struct target *t = &s->target[(who + i) % s->nr_targets];

		if (watch_in_custody(t))
			return t;
	}
	*outcome = DONE;
	return &s->target[who % s->nr_targets];
}

const char *reenq_begin(struct storm *s)
{
	int fd = find_map("scxb_control", MAX_VALUE);

	(void)s;
	if (fd < 0)
		return "the policy has no map scxb_control for requests";
	control = mmap(NULL, sizeof(*control), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	close(fd);
	return control == MAP_FAILED ? "the policy's map scxb_control can't be mapped" : NULL;
}

enum outcome reenq_change(struct storm *s, struct draw draw)
{
	enum outcome outcome;

	watch_pick(s, draw.who, &outcome);
	__atomic_fetch_add(control, 1, __ATOMIC_RELAXED);
	return outcome;
}
