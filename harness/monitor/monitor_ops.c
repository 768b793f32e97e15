/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "monitor/monitor_ops.h"

#include <bpf/bpf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "collect/bpf.h"
#include "policy/find_op.h"
#include "util/mem.h"

struct monitor_ops {
	int stats;
	int fd[MONITOR_MAX_OPS];
	char name[MONITOR_MAX_OPS][64];
	int nr;
};

static void name_of(int fd, char *name, size_t len)
{
	char whole[64];

	find_prog_name(fd, whole, sizeof(whole));
	snprintf(name, len, "%s", bpf_op_of(whole));
}

struct monitor_ops *monitor_ops_open(const struct found *f)
{
	int stats = bpf_enable_stats(BPF_STATS_RUN_TIME);
	struct monitor_ops *o;

	if (stats < 0)
		return NULL;
	o = mem_zalloc(1, sizeof(*o));
	o->stats = stats;
	for (int i = 0; i < f->nr_ops && o->nr < MONITOR_MAX_OPS; i++) {
		int fd = bpf_prog_get_fd_by_id(f->op[i]);

		if (fd < 0)
			continue;
		name_of(fd, o->name[o->nr], sizeof(o->name[0]));
		o->fd[o->nr++] = fd;
	}
	return o;
}

void monitor_ops_close(struct monitor_ops *o)
{
	if (!o)
		return;
	while (o->nr)
		close(o->fd[--o->nr]);
	close(o->stats);
	free(o);
}

void monitor_ops_read(const struct monitor_ops *o, struct monitor_shot *shot)
{
	for (int i = 0; o && i < o->nr; i++) {
		struct monitor_op *op = &shot->op[shot->nr_ops];
		struct bpf_prog_info info = { 0 };
		__u32 len = sizeof(info);

		if (bpf_prog_get_info_by_fd(o->fd[i], &info, &len))
			continue;
		strcpy(op->name, o->name[i]);
		op->calls = info.run_cnt;
		op->ns = info.run_time_ns;
		shot->nr_ops++;
	}
}
