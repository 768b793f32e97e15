/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "monitor/monitor.h"

#include <bpf/bpf.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include "collect/bpf.h"
#include "control/queues.h"
#include "control_abi.h"
#include "policy/find.h"
#include "monitor/monitor_cgroups.h"
#include "monitor/monitor_ops.h"
#include "monitor/monitor_prog.h"
#include "util/clock.h"
#include "util/fs.h"
#include "util/mem.h"

struct monitor {
	struct monitor_setup setup;
	struct found found; /* the policy that the following members are of; no scx.ops: none */
	bool linkless;	    /* its link was not found, so neither were its maps and ops */
	struct monitor_prog *prog;
	struct policy_map counters; /* data NULL: it does not keep our counters */
	struct policy_map rare;	    /* scxb_rare_hist, the same */
	uint64_t started_ns;
	struct monitor_shot
		cgroups; /* of the last shot, only for their paths, so that each is looked up once */
	struct monitor_ops *ops;
};

struct monitor *monitor_open(const struct monitor_setup *setup)
{
	struct monitor *m = mem_zalloc(1, sizeof(*m));

	m->setup = *setup;
	return m;
}

static void monitor_unmap(struct policy_map *map)
{
	if (map->data)
		munmap((void *)map->data, map->value_size * map->entries);
	*map = (struct policy_map){ 0 };
}

static void monitor_forget(struct monitor *m)
{
	monitor_unmap(&m->counters);
	monitor_unmap(&m->rare);
	monitor_ops_close(m->ops);
	monitor_prog_free(m->prog);
	m->ops = NULL;
	m->prog = NULL;
	m->started_ns = 0;
	m->found = (struct found){ 0 };
}

void monitor_close(struct monitor *m)
{
	if (!m)
		return;
	monitor_forget(m);
	monitor_shot_free(&m->cgroups);
	free(m);
}

/* One of the policy's arrays; data NULL: it has none of that name, or not of so many bytes. */
static struct policy_map monitor_map(struct monitor *m, const char *name, size_t size)
{
	struct policy_map map = { 0 };
	struct bpf_map_info info = { 0 };
	__u32 len = sizeof(info);
	int fd = find_map(&m->found, name, 0);
	void *data = MAP_FAILED;

	if (fd < 0)
		return map;
	if (!bpf_map_get_info_by_fd(fd, &info, &len) && info.value_size % size == 0) {
		map.entries = info.max_entries;
		map.value_size = info.value_size;
		data = mmap(NULL, map.value_size * map.entries, PROT_READ, MAP_SHARED, fd, 0);
	}
	close(fd);
	map.data = data == MAP_FAILED ? NULL : data;
	return map;
}

static void read_start(struct monitor *m)
{
	int fd = find_map(&m->found, SCXB_CONTROL_MAP, sizeof(struct scxb_control));
	struct scxb_control control;
	__u32 key = 0;

	if (fd < 0)
		return;
	if (!bpf_map_lookup_elem(fd, &key, &control))
		m->started_ns = control.started_ns;
	close(fd);
}

/* Loads our programs for the policy that is attached now. A policy without our maps is watched too. */
static int take_up(struct monitor *m)
{
	int err = find_attached(&m->found), ledger;

	m->linkless = err == -ENOTSUP;
	if (err == -ESRCH) {
		monitor_forget(m);
		return 0;
	}
	if (err && err != -ENOTSUP)
		return find_log(err, &m->found);
	m->counters = monitor_map(m, SCXB_COUNTERS_MAP, sizeof(struct scxb_cpu));
	m->rare = monitor_map(m, "scxb_rare_hist", sizeof(struct scxb_rare_hist));
	ledger = find_map(&m->found, "scxb_tasks", 0);
	err = monitor_prog_load(&m->setup, ledger, m->counters.data, &m->prog);
	if (ledger >= 0)
		close(ledger);
	if (err)
		return err;
	read_start(m);
	if (m->setup.costs)
		m->ops = monitor_ops_open(&m->found);
	return 0;
}

static bool is_same(const struct monitor *m, const struct scx_state *now)
{
	return m->prog && !strcmp(now->state, "enabled") && now->enable_seq == m->found.scx.enable_seq &&
	       !strcmp(now->ops, m->found.scx.ops);
}

/* On a busy machine the link may come late: it is looked for at each look. */
static bool has_link_now(const struct monitor *m)
{
	struct found f;

	return m->linkless && !find_attached_now(&f);
}

static void read_cpus(struct monitor_shot *shot)
{
	char *text = NULL;

	if (!fs_read(fs_sys("/proc/stat"), &text, NULL))
		shot->cpu = monitor_parse_stat(text, &shot->nr_cpus);
	free(text);
}

/* The last number stands for several queues. */
static void read_owners(const struct monitor *m, struct monitor_shot *shot)
{
	struct scxb_owned queue[SCXB_OWNED];
	bool owned = shot->counted && queues_read(&m->found, queue);

	for (int i = 0; owned && i < SCXB_QUEUES - 1; i++)
		shot->owner[i] = queue_owner(&queue[i]);
}

int monitor_look(struct monitor *m, struct monitor_shot *shot)
{
	struct scx_state now;
	int err = 0;

	*shot = (struct monitor_shot){ 0 };
	scx_state_read(&now);
	if (!is_same(m, &now) || has_link_now(m)) {
		monitor_forget(m);
		err = take_up(m);
	}
	if (err)
		return err;
	shot->when_ns = clock_ns();
	shot->unix_ns = clock_ns_of(CLOCK_REALTIME);
	read_cpus(shot);
	if (!m->prog)
		return 0;
	snprintf(shot->policy, sizeof(shot->policy), "%s", m->found.scx.ops);
	shot->enable_seq = m->found.scx.enable_seq;
	shot->started_ns = m->started_ns;
	shot->counted = bpf_sum(&m->counters, &shot->sum, sizeof(shot->sum));
	scxb_derive(&shot->sum);
	bpf_sum(&m->rare, &shot->rare, sizeof(shot->rare));
	monitor_ops_read(m->ops, shot);
	read_owners(m, shot);
	err = monitor_prog_tasks(m->prog, &shot->task, &shot->nr_tasks);
	if (err)
		return err;
	if (shot->nr_tasks)
		qsort(shot->task, shot->nr_tasks, sizeof(*shot->task), monitor_by_tid);
	monitor_cgroups(&m->cgroups, shot);
	return 0;
}

int monitor_queue(struct monitor *m, uint64_t dsq, struct mon_task **task, uint64_t *lost)
{
	*task = NULL;
	*lost = 0;
	return m->prog ? monitor_prog_queue(m->prog, dsq, task, lost) : 0;
}

struct monitor_cpu *monitor_parse_stat(const char *text, int *nr)
{
	struct monitor_cpu *cpu = NULL;
	unsigned long long t[8];
	const char *line;
	int n;

	*nr = 0;
	for (line = strstr(text, "\ncpu"); line; line = strstr(line + 1, "\ncpu")) {
		if (sscanf(line, "\ncpu%d %llu %llu %llu %llu %llu %llu %llu %llu", &n, &t[0], &t[1], &t[2],
			   &t[3], &t[4], &t[5], &t[6], &t[7]) != 9 ||
		    n < *nr)
			continue;
		cpu = mem_resize(cpu, (n + 1) * sizeof(*cpu));
		memset(&cpu[*nr], 0, (n + 1 - *nr) * sizeof(*cpu));
		*nr = n + 1;
		cpu[n].idle = t[3] + t[4];
		for (int i = 0; i < 8; i++)
			cpu[n].total += t[i];
	}
	return cpu;
}
