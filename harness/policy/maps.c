/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <bpf/bpf.h>
#include <errno.h>
#include <linux/types.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include "policy/loaded.h"
#include "stats_abi.h"
#include "util/log.h"

static struct bpf_map *maps_find(struct policy *p, const char *name)
{
	return p->obj ? bpf_object__find_map_by_name(p->obj, name) : NULL;
}

static size_t round_up(size_t n, size_t to)
{
	return (n + to - 1) / to * to;
}

static struct policy_map map_now(struct policy *p, struct bpf_map *map)
{
	struct policy_map view = { .value_size = round_up(bpf_map__value_size(map), 8),
				   .entries = bpf_map__max_entries(map) };
	size_t len = round_up(view.value_size * view.entries, sysconf(_SC_PAGESIZE));
	void *data = mmap(NULL, len, PROT_READ, MAP_SHARED, bpf_map__fd(map), 0);

	if (data == MAP_FAILED || p->nr_mapped == MAX_MAPPED) {
		log_warn("%s: map %s can't be mapped: %m", p->name, bpf_map__name(map));
		return (struct policy_map){ 0 };
	}
	view.data = data;
	p->mapped[p->nr_mapped++] = (struct mapped){ .map = map, .view = view, .len = len };
	return view;
}

struct policy_map policy_map(struct policy *p, const char *name)
{
	struct bpf_map *map = maps_find(p, name);

	for (int i = 0; i < p->nr_mapped; i++)
		if (p->mapped[i].map == map)
			return p->mapped[i].view;
	if (!map || bpf_map__type(map) != BPF_MAP_TYPE_ARRAY || !(bpf_map__map_flags(map) & BPF_F_MMAPABLE))
		return (struct policy_map){ 0 };
	return map_now(p, map);
}

void policy_unmap(struct policy *p)
{
	while (p->nr_mapped) {
		struct mapped *m = &p->mapped[--p->nr_mapped];

		munmap((void *)m->view.data, m->len);
	}
}

/* Objects that were compiled with more room for the dump have the same before it. */
const struct scxb_exit *policy_exit(struct policy *p)
{
	struct policy_map map = policy_map(p, "scxb_exit");

	return map.value_size >= sizeof(struct scxb_exit) ? map.data : NULL;
}

struct drain {
	void (*each)(void *ctx, const void *rec, size_t len);
	void *ctx;
};

static int drain_one(void *ctx, void *data, size_t len)
{
	struct drain *d = ctx;

	d->each(d->ctx, data, len);
	return 0;
}

int policy_drain(struct policy *p, const char *name, void (*each)(void *ctx, const void *rec, size_t len),
		 void *ctx)
{
	struct bpf_map *map = maps_find(p, name);
	struct drain d = { each, ctx };
	struct ring_buffer *ring;
	int n;

	if (!map || bpf_map__type(map) != BPF_MAP_TYPE_RINGBUF)
		return 0;
	ring = ring_buffer__new(bpf_map__fd(map), drain_one, &d, NULL);
	if (!ring)
		return log_err(-errno, "%s: ring buffer %s can't be read: %m", p->name, name);
	n = ring_buffer__consume(ring);
	ring_buffer__free(ring);
	return n;
}

int policy_progs(struct policy *p, struct policy_prog *out, int max)
{
	struct bpf_program *prog;
	int n = 0;

	if (!p->obj)
		return 0;
	bpf_object__for_each_program (prog, p->obj) {
		struct bpf_prog_info info = { 0 };
		__u32 len = sizeof(info);

		if (n == max || bpf_program__fd(prog) < 0)
			continue;
		if (bpf_prog_get_info_by_fd(bpf_program__fd(prog), &info, &len))
			return log_err(-errno, "%s: no run-time stats of %s: %m", p->name,
				       bpf_program__name(prog));
		out[n++] = (struct policy_prog){ bpf_program__name(prog), info.run_cnt, info.run_time_ns };
	}
	return n;
}

int policy_stats_on(void)
{
	int fd = bpf_enable_stats(BPF_STATS_RUN_TIME);

	return fd < 0 ? log_err(-errno, "BPF run-time stats can't be switched on: %m") : fd;
}
