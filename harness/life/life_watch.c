/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "life/life_watch.h"

#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include "util/cause.h"
#include "util/mem.h"

#define MAX_LINKS 32

struct life_watch {
	struct bpf_object *obj;
	struct bpf_link *link[MAX_LINKS];
	int nr_links;
	struct ring_buffer *ring;
	__u64 missed; /* before the window */
	void (*each)(void *ctx, const void *rec, size_t len);
	void *ctx;
};

/* The function that a program watches: the part of its section's name after the slash. */
static const char *target_of(const struct bpf_program *prog)
{
	return strchr(bpf_program__section_name(prog), '/') + 1;
}

static bool is_tracepoint(const struct bpf_program *prog)
{
	return !strncmp(bpf_program__section_name(prog), "tp_btf/", strlen("tp_btf/"));
}

static bool has_target(const struct btf *kernel, const struct bpf_program *prog)
{
	char *name = mem_printf("%s%s", is_tracepoint(prog) ? "btf_trace_" : "", target_of(prog));
	int id = btf__find_by_name_kind(kernel, name, is_tracepoint(prog) ? BTF_KIND_TYPEDEF : BTF_KIND_FUNC);

	free(name);
	return id > 0;
}

/* Tracepoints only give records, so a kernel without one of them just lacks these. */
static int life_watch_choose(struct life_watch *w, bool traced, struct why *why)
{
	struct btf *kernel = btf__load_vmlinux_btf();
	struct bpf_program *prog;
	int err = kernel ? 0 : why_set(why, -CAUSE_CANT, "this kernel has no BTF");

	bpf_object__for_each_program (prog, w->obj) {
		if (err)
			break;
		if (is_tracepoint(prog)) {
			bpf_program__set_autoload(prog, traced && has_target(kernel, prog));
		} else if (!has_target(kernel, prog)) {
			err = why_set(
				why, -CAUSE_CANT,
				"this kernel has no function %s: the life of tasks can be watched on Linux 7.3",
				target_of(prog));
		}
	}
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

static int life_watch_attach(struct life_watch *w, struct why *why)
{
	struct bpf_program *prog;

	bpf_object__for_each_program (prog, w->obj) {
		if (!bpf_program__autoload(prog))
			continue;
		w->link[w->nr_links] = bpf_program__attach(prog);
		if (!w->link[w->nr_links++])
			return why_set(why, -CAUSE_CANT, "%s can't be watched: %s", target_of(prog),
				       strerror(errno));
	}
	return 0;
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

static __u64 missed_calls(const struct life_watch *w)
{
	struct bpf_program *prog;
	__u64 n = 0;

	bpf_object__for_each_program (prog, w->obj) {
		struct bpf_prog_info info = { 0 };
		__u32 len = sizeof(info);

		if (bpf_program__fd(prog) >= 0 &&
		    !bpf_prog_get_info_by_fd(bpf_program__fd(prog), &info, &len))
			n += info.recursion_misses;
	}
	return n;
}

/* All entries of an array that user space can map, as one block. */
static int life_watch_clear_array(struct bpf_map *map)
{
	size_t page = sysconf(_SC_PAGESIZE), size = bpf_map__value_size(map) * bpf_map__max_entries(map);
	void *at;

	size = (size + page - 1) / page * page;
	at = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, bpf_map__fd(map), 0);
	if (at == MAP_FAILED)
		return -errno;
	memset(at, 0, size);
	munmap(at, size);
	return 0;
}

static void forget_tasks(struct bpf_map *map)
{
	__s32 tid;

	while (!bpf_map__get_next_key(map, NULL, &tid, sizeof(tid)) &&
	       !bpf_map__delete_elem(map, &tid, sizeof(tid), 0))
		;
}

static int life_watch_clear(struct life_watch *w, struct why *why)
{
	int err = life_watch_clear_array(map_of(w, "life_cpu"));

	if (!err)
		err = life_watch_clear_array(map_of(w, "life_hist"));
	forget_tasks(map_of(w, "life_tasks"));
	w->missed = missed_calls(w);
	return err ? why_set(why, err, "the counts can't be cleared: %s", strerror(-err)) : 0;
}

int life_watch_begin(struct life_watch *w, struct why *why)
{
	int err = life_watch_clear(w, why);

	if (!err && !w->nr_links)
		err = life_watch_attach(w, why);
	if (!err)
		switch_it(w, true);
	return err;
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

	*c = (struct life_counts){ .missed = missed_calls(w) - w->missed };
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
	while (w->nr_links)
		bpf_link__destroy(w->link[--w->nr_links]);
}

void life_watch_free(struct life_watch *w)
{
	if (!w)
		return;
	while (w->nr_links)
		bpf_link__destroy(w->link[--w->nr_links]);
	ring_buffer__free(w->ring);
	bpf_object__close(w->obj);
	free(w);
}
