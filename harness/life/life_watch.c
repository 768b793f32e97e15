/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "life/life_watch.h"

#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "life/probes.h"
#include "util/cause.h"
#include "util/mem.h"

struct life_watch {
	struct bpf_object *obj;
	struct probes probes;
	struct ring_buffer *ring;
	__u64 missed; /* before the window */
	void (*each)(void *ctx, const void *rec, size_t len);
	void *ctx;
};

/* Tracepoints only give records, so a kernel without one of them just lacks these. */
static int life_watch_choose(struct life_watch *w, bool traced, struct why *why)
{
	struct btf *kernel = btf__load_vmlinux_btf();
	struct bpf_program *prog;
	int err;

	bpf_object__for_each_program (prog, w->obj)
		if (probe_is_tracepoint(prog))
			bpf_program__set_autoload(prog, traced && probe_has_target(kernel, prog));
	err = probes_check(w->obj, kernel, why);
	btf__free(kernel);
	return err;
}

static struct bpf_map *map_of(struct life_watch *w, const char *name)
{
	return bpf_object__find_map_by_name(w->obj, name);
}

static int life_watch_load(struct life_watch *w, const struct life_watch_setup *setup, struct why *why)
{
	int cpus = libbpf_num_possible_cpus(), err;
	struct bpf_map *rodata = map_of(w, ".rodata");
	size_t len;
	bool *traced = rodata ? bpf_map__initial_value(rodata, &len) : NULL;

	if (cpus < 0 || !traced)
		return why_set(why, -EIO, "the object is not of this scxbench: run 'make build'");
	*traced = setup->ring;
	bpf_map__set_max_entries(map_of(w, "life_cpu"), cpus);
	bpf_map__set_max_entries(map_of(w, "life_hist"), cpus * LIFE_NR_EDGES);
	if (setup->ring)
		bpf_map__set_max_entries(map_of(w, "life_ring"), setup->ring);
	err = bpf_object__load(w->obj);
	return err ? why_set(why, -CAUSE_CANT, "the kernel refuses the object: %s", strerror(-err)) : 0;
}

static void switch_it(struct life_watch *w, bool on)
{
	size_t len;
	volatile bool *life_on = bpf_map__initial_value(map_of(w, ".bss"), &len);

	*life_on = on;
}

static int one_record(void *ctx, void *data, size_t len)
{
	struct life_watch *w = ctx;

	w->each(w->ctx, data, len);
	return 0;
}

static int life_watch_make(struct life_watch *w, const struct life_watch_setup *setup, struct why *why)
{
	int err = life_watch_choose(w, setup->ring, why);

	if (!err)
		err = life_watch_load(w, setup, why);
	if (err || !setup->ring)
		return err;
	w->ring = ring_buffer__new(bpf_map__fd(map_of(w, "life_ring")), one_record, w, NULL);
	return w->ring ? 0 : why_set(why, -errno, "no ring for the records: %s", strerror(errno));
}

int life_watch_open(const struct life_watch_setup *setup, struct life_watch **w, struct why *why)
{
	int err;

	*w = mem_zalloc(1, sizeof(**w));
	(*w)->obj = bpf_object__open_file(setup->object, NULL);
	err = (*w)->obj ? life_watch_make(*w, setup, why)
			: why_set(why, -CAUSE_CANT, "%s can't be opened: run 'make build'", setup->object);
	if (err) {
		life_watch_free(*w);
		*w = NULL;
	}
	return err;
}

static int life_watch_clear(struct life_watch *w, struct why *why)
{
	int err = probes_clear_array(map_of(w, "life_cpu"));

	if (!err)
		err = probes_clear_array(map_of(w, "life_hist"));
	probes_forget_tasks(map_of(w, "life_tasks"));
	w->missed = probes_missed(w->obj);
	return err ? why_set(why, err, "the counts can't be cleared: %s", strerror(-err)) : 0;
}

int life_watch_begin(struct life_watch *w, struct why *why)
{
	int err = life_watch_clear(w, why);

	if (!err)
		err = probes_attach(&w->probes, w->obj, why);
	if (!err)
		switch_it(w, true);
	return err;
}

const struct bpf_object *life_watch_object(const struct life_watch *w)
{
	return w->probes.nr ? w->obj : NULL;
}

/* Adds the nr 64-bit counters of the entry to sum. */
static int life_watch_add(struct bpf_map *map, __u32 entry, __u64 *sum)
{
	size_t size = bpf_map__value_size(map);
	__u64 *value = mem_zalloc(1, size);
	int err = bpf_map__lookup_elem(map, &entry, sizeof(entry), value, size, 0);

	for (size_t i = 0; !err && i < size / sizeof(*value); i++)
		sum[i] += value[i];
	free(value);
	return err ? -EIO : 0;
}

int life_watch_counts(struct life_watch *w, struct life_counts *c)
{
	struct bpf_map *cpu = map_of(w, "life_cpu"), *hist = map_of(w, "life_hist");
	struct life_cpu sum = { 0 };
	int err = 0;

	*c = (struct life_counts){ .missed = probes_missed(w->obj) - w->missed };
	for (__u32 i = 0; !err && i < bpf_map__max_entries(cpu); i++)
		err = life_watch_add(cpu, i, (__u64 *)&sum);
	for (__u32 i = 0; !err && i < bpf_map__max_entries(hist); i++)
		err = life_watch_add(hist, i, c->hist[i % LIFE_NR_EDGES].slot);
	memcpy(c->seen, sum.seen, sizeof(c->seen));
	c->lost = sum.lost;
	c->untracked = sum.untracked;
	return err;
}

int life_watch_drain(struct life_watch *w, void (*each)(void *ctx, const void *rec, size_t len), void *ctx)
{
	w->each = each;
	w->ctx = ctx;
	return ring_buffer__consume(w->ring);
}

void life_watch_pause(struct life_watch *w)
{
	switch_it(w, false);
}

void life_watch_stop(struct life_watch *w)
{
	life_watch_pause(w);
	probes_detach(&w->probes);
}

void life_watch_free(struct life_watch *w)
{
	if (!w)
		return;
	probes_detach(&w->probes);
	ring_buffer__free(w->ring);
	bpf_object__close(w->obj);
	free(w);
}
