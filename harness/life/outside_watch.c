/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "life/outside_watch.h"

#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "life/probes.h"
#include "policy/find_op.h"
#include "util/cause.h"
#include "util/mem.h"

struct outside_watch {
	char *object;
	struct bpf_object *obj;
	struct probes probes;
	struct bpf_object *told; /* the same object again, with the program on a policy's op alone */
	struct bpf_link *told_link;
	struct ring_buffer *ring;
	bool has_stale;
	__u64 missed, calls, ns; /* before it began; of what was let go since */
	void (*each)(void *ctx, const void *rec, size_t len);
	void *ctx;
};

#define TOLD "outside_told"
#define STALE "outside_commit"

static struct bpf_map *map_of(const struct outside_watch *w, const char *name)
{
	return bpf_object__find_map_by_name(w->obj, name);
}

static int one_violation(void *ctx, void *data, size_t len)
{
	struct outside_watch *w = ctx;

	w->each(w->ctx, data, len);
	return 0;
}

/* Without the function that shows stale inserts the rest is counted all the same. */
static int choose_programs(struct outside_watch *w, struct why *why)
{
	struct btf *kernel = btf__load_vmlinux_btf();
	struct bpf_program *stale = bpf_object__find_program_by_name(w->obj, STALE);
	int err;

	w->has_stale = stale && probe_has_target(kernel, stale);
	bpf_program__set_autoload(stale, w->has_stale);
	err = probes_check(w->obj, kernel, why);
	btf__free(kernel);
	return err;
}

static int load_programs(struct outside_watch *w, struct why *why)
{
	int err = choose_programs(w, why);

	if (!err && bpf_object__load(w->obj))
		err = why_set(why, -CAUSE_CANT, "the kernel refuses the auditor's object: %s",
			      strerror(errno));
	if (err)
		return err;
	w->ring = ring_buffer__new(bpf_map__fd(map_of(w, "outside_violations")), one_violation, w, NULL);
	return w->ring ? 0 : why_set(why, -errno, "no ring for the violations: %s", strerror(errno));
}

int outside_open(const char *object, struct outside_watch **w, struct why *why)
{
	int err;

	*w = mem_zalloc(1, sizeof(**w));
	(*w)->object = mem_strdup(object);
	(*w)->obj = bpf_object__open_file(object, NULL);
	err = (*w)->obj ? load_programs(*w, why)
			: why_set(why, -CAUSE_CANT, "%s can't be opened: run 'make build'", object);
	if (err) {
		outside_free(*w);
		*w = NULL;
	}
	return err;
}

static void switch_it(struct outside_watch *w, bool on, bool told)
{
	struct outside_on s = { on, told };
	__u32 only = 0;

	bpf_map__update_elem(map_of(w, "outside_on"), &only, sizeof(only), &s, sizeof(s), 0);
}

/* The value of each CPU in the map's only entry becomes 0. */
static int clear_cpus(struct bpf_map *map)
{
	int cpus = libbpf_num_possible_cpus(), err;
	size_t size = (bpf_map__value_size(map) + 7) / 8 * 8 * (cpus > 0 ? cpus : 0);
	__u32 only = 0;
	void *zero;

	if (cpus < 0)
		return cpus;
	zero = mem_zalloc(1, size);
	err = bpf_map__update_elem(map, &only, sizeof(only), zero, size, 0);
	free(zero);
	return err;
}

static void ignore(void *ctx, const void *rec, size_t len)
{
	(void)ctx, (void)rec, (void)len;
}

/* The cost of the programs, and the calls that the kernel kept from them. */
static void add_cost(struct bpf_object *obj, struct outside_counts *c)
{
	struct probes_cost cost = { 0 };

	probes_cost(obj, &cost);
	c->missed += probes_missed(obj);
	c->calls += cost.calls;
	c->ns += cost.ns;
}

static void note_cost(struct outside_watch *w)
{
	struct outside_counts c = { 0 };

	add_cost(w->obj, &c);
	w->missed = c.missed;
	w->calls = c.calls;
	w->ns = c.ns;
}

int outside_begin(struct outside_watch *w, struct why *why)
{
	int err = clear_cpus(map_of(w, "outside_cpu"));

	if (!err)
		err = clear_cpus(map_of(w, "outside_doing"));
	if (err)
		return why_set(why, err, "the auditor's counts can't be cleared: %s", strerror(-err));
	probes_forget_tasks(map_of(w, "outside_tasks"));
	outside_drain(w, ignore, NULL);
	note_cost(w);
	err = probes_attach(&w->probes, w->obj, why);
	if (!err)
		switch_it(w, true, false);
	return err;
}

static int share_maps(struct outside_watch *w)
{
	struct bpf_map *map, *shared;

	bpf_object__for_each_map (map, w->told) {
		shared = map_of(w, bpf_map__name(map));
		if (!bpf_map__is_internal(map) && bpf_map__reuse_fd(map, bpf_map__fd(shared)))
			return -errno;
	}
	return 0;
}

static int load_told(struct outside_watch *w, int op)
{
	struct bpf_program *prog;
	char name[64];

	w->told = bpf_object__open_file(w->object, NULL);
	if (!w->told)
		return -errno;
	bpf_object__for_each_program (prog, w->told)
		bpf_program__set_autoload(prog, !strcmp(bpf_program__name(prog), TOLD));
	find_prog_name(op, name, sizeof(name));
	prog = bpf_object__find_program_by_name(w->told, TOLD);
	if (share_maps(w) || bpf_program__set_attach_target(prog, op, name) || bpf_object__load(w->told))
		return -errno;
	w->told_link = bpf_program__attach(prog);
	return w->told_link ? 0 : -errno;
}

int outside_aim(struct outside_watch *w, int op, struct why *why)
{
	int err = load_told(w, op);

	if (err) {
		outside_let_go(w);
		return why_set(why, -CAUSE_CANT, "its ops.dequeue() can't be watched: %s",
			       probes_refusal(-err));
	}
	switch_it(w, true, true);
	return 0;
}

void outside_let_go(struct outside_watch *w)
{
	struct outside_counts c = { 0 };

	if (!w->told)
		return;
	switch_it(w, true, false);
	bpf_link__destroy(w->told_link);
	add_cost(w->told, &c);
	/* Its counts end with it. */
	w->missed -= c.missed;
	w->calls -= c.calls;
	w->ns -= c.ns;
	bpf_object__close(w->told);
	w->told_link = NULL;
	w->told = NULL;
}

const struct bpf_object *outside_object(const struct outside_watch *w)
{
	return w->obj;
}

const struct bpf_object *outside_object_of_op(const struct outside_watch *w)
{
	return w->told;
}

void outside_stop(struct outside_watch *w)
{
	outside_let_go(w);
	switch_it(w, false, false);
	probes_detach(&w->probes);
}

void outside_free(struct outside_watch *w)
{
	if (!w)
		return;
	if (w->probes.nr)
		outside_stop(w);
	ring_buffer__free(w->ring);
	bpf_object__close(w->obj);
	free(w->object);
	free(w);
}

int outside_read(struct outside_watch *w, struct outside_counts *c)
{
	int cpus = libbpf_num_possible_cpus(), err = -EIO;
	struct outside_cpu *cpu = cpus > 0 ? mem_zalloc(cpus, sizeof(*cpu)) : NULL;
	__u64 *sum = (__u64 *)&c->sum;
	__u32 only = 0;

	*c = (struct outside_counts){ .has_stale = w->has_stale };
	add_cost(w->obj, c);
	c->missed -= w->missed;
	c->calls -= w->calls;
	c->ns -= w->ns;
	if (cpu &&
	    !bpf_map__lookup_elem(map_of(w, "outside_cpu"), &only, sizeof(only), cpu, cpus * sizeof(*cpu), 0))
		err = 0;
	for (int i = 0; !err && i < cpus; i++)
		for (size_t k = 0; k < sizeof(*cpu) / sizeof(*sum); k++)
			sum[k] += ((const __u64 *)&cpu[i])[k];
	free(cpu);
	return err;
}

void outside_drain(struct outside_watch *w, void (*each)(void *ctx, const void *rec, size_t len), void *ctx)
{
	w->each = each;
	w->ctx = ctx;
	ring_buffer__consume(w->ring);
}
