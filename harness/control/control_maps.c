/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "control/control_maps.h"

#include <bpf/bpf.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include "host/state_dir.h"
#include "util/cause.h"
#include "util/fs.h"
#include "util/log.h"
#include "util/mem.h"

#define LOCK STATE_DIR "/control.lock"
#define SCX "/sys/kernel/sched_ext/"

/* *entries: how many the map has. */
static void *map_memory(const struct control *c, const char *name, unsigned value_size, unsigned *entries)
{
	int fd = find_map(&c->found, name, value_size);
	struct bpf_map_info info = { 0 };
	__u32 len = sizeof(info);
	void *memory = MAP_FAILED;

	if (fd >= 0 && !bpf_map_get_info_by_fd(fd, &info, &len)) {
		*entries = info.max_entries;
		memory = mmap(NULL, (size_t)value_size * *entries, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	}
	if (fd >= 0)
		close(fd);
	return memory == MAP_FAILED ? NULL : memory;
}

static int open_maps(struct control *c)
{
	static const char *const name[] = { "scxb_rule_task", "scxb_rule_group", "scxb_rule_tree",
					    "scxb_rule_comm", "scxb_rule_cgrp",	 "scxb_rule_queue" };
	unsigned only;
	bool whole = true;

	for (int i = 0; i < NR_RULE_KINDS; i++) {
		c->rule[i] = find_map(&c->found, name[i], sizeof(struct scxb_setting));
		whole &= c->rule[i] >= 0 || i == TARGET_QUEUE;
	}
	c->hint = find_map(&c->found, "scxb_rule_hint", sizeof(struct scxb_setting));
	whole &= c->hint >= 0;
	c->shared = map_memory(c, SCXB_CONTROL_MAP, sizeof(*c->shared), &only);
	c->bucket = map_memory(c, "scxb_quota", sizeof(*c->bucket), &c->buckets);
	if (!whole || !c->shared || !c->bucket)
		return log_err(
			-CAUSE_CANT,
			"policy '%s' was compiled against another version of control_abi.h: compile it again",
			c->found.scx.ops);
	return 0;
}

static int open_lock(struct control *c)
{
	const char *path = fs_sys(LOCK);
	int err = state_dir_make();

	if (err)
		return err;
	c->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	return c->lock < 0 ? log_err(cause_if_denied(-errno), "%s can't be opened: %m", path) : 0;
}

int control_open(struct control **out)
{
	struct control *c = mem_zalloc(1, sizeof(*c));
	int err = find_policy(&c->found);

	memset(c->rule, -1, sizeof(c->rule));
	c->lock = c->log = c->hint = -1;
	c->seq = open(fs_sys(SCX "enable_seq"), O_RDONLY | O_CLOEXEC);
	c->state = open(fs_sys(SCX "state"), O_RDONLY | O_CLOEXEC);
	c->cpus = sysconf(_SC_NPROCESSORS_CONF);
	c->online = sysconf(_SC_NPROCESSORS_ONLN);
	if (!err)
		err = open_maps(c);
	if (!err)
		err = open_lock(c);
	if (err)
		control_close(c);
	*out = err ? NULL : c;
	return err;
}

void control_close(struct control *c)
{
	if (!c)
		return;
	for (int i = 0; i < NR_RULE_KINDS; i++)
		if (c->rule[i] >= 0)
			close(c->rule[i]);
	if (c->hint >= 0)
		close(c->hint);
	if (c->shared)
		munmap(c->shared, sizeof(*c->shared));
	if (c->bucket)
		munmap(c->bucket, sizeof(*c->bucket) * c->buckets);
	control_release(c);
	free(c->lines.text);
	if (c->lock >= 0)
		close(c->lock);
	if (c->log >= 0)
		close(c->log);
	if (c->seq >= 0)
		close(c->seq);
	if (c->state >= 0)
		close(c->state);
	for (size_t i = 0; i < CONTROL_NAMES; i++)
		control_forget(&c->known[i]);
	free(c);
}

bool control_is_current(const struct control *c)
{
	char seq[24], state[24];

	return fs_read_again(c->seq, seq, sizeof(seq)) &&
	       strtoull(seq, NULL, 10) == c->found.scx.enable_seq &&
	       fs_read_again(c->state, state, sizeof(state)) && !strcmp(state, "enabled");
}

const char *control_policy(const struct control *c)
{
	return c->found.scx.ops;
}

__u32 control_heeds(const struct control *c, enum target_kind kind)
{
	if (kind == TARGET_QUEUE)
		return c->rule[TARGET_QUEUE] < 0 ? 0 : c->shared->queue;
	return kind == TARGET_POLICY ? c->shared->params : c->shared->settings;
}

char *control_says(const struct control *c)
{
	return find_says(&c->found);
}

void control_range(const struct control *c, const struct control_key *key, __u64 *least, __u64 *most)
{
	*least = key->min;
	*most = key->max;
	if (key == &control_settings[SCXB_SETTING_cpu])
		*most = c->cpus - 1;
	if (key == &control_settings[SCXB_SETTING_quota])
		*most = c->online * 1000;
}

bool control_queues(const struct control *c, struct scxb_owned *queue)
{
	return queues_read(&c->found, queue);
}

bool control_param(const struct control *c, enum scxb_param which, __u64 *value)
{
	__u64 given = __atomic_load_n(&c->shared->param[which], __ATOMIC_RELAXED);

	*value = given & ~SCXB_GIVEN;
	return given & SCXB_GIVEN;
}
