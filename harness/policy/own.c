/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "policy/own.h"
#include <bpf/btf.h>
#include <stdlib.h>
#include <string.h>
#include "policy/code.h"
#include "policy/consts.h"
#include "policy/dump.h"
#include "policy/kernel.h"
#include "policy/object.h"
#include "policy/ops.h"
#include "text/buf.h"
#include "util/cause.h"
#include "util/fs.h"
#include "util/log.h"
#include "util/mem.h"

#define AS_COMMAND "run its own program, as 'cmd:...'"

static void fill_constant(struct bpf_object *obj, const struct constant *c)
{
	struct bpf_map *map = bpf_object__find_map_by_name(obj, ".rodata");
	size_t len = 0;
	char *data = map ? bpf_map__initial_value(map, &len) : NULL;
	uint64_t now = 0;

	if (!data || c->offset + c->size > len || c->state != CONSTANT_KNOWN)
		return;
	memcpy(&now, data + c->offset, c->size);
	/* Another value is the author's own. */
	if (!now)
		memcpy(data + c->offset, &c->value, c->size);
}

static void fill_constants(struct policy *p)
{
	struct btf *kernel = kernel_btf();

	p->nr_constants = kernel ? constants_of(bpf_object__btf(p->obj), kernel, &p->constant) : 0;
	for (int i = 0; i < p->nr_constants; i++)
		fill_constant(p->obj, &p->constant[i]);
	btf__free(kernel);
}

/* Between this and the attach no CPU may come or go, or the kernel refuses the attach. */
static void set_hotplug_seq(const struct policy *p)
{
	size_t size;
	uint64_t seq;
	void *member = ops_member(p, "hotplug_seq", &size);

	if (member && size >= sizeof(seq) && !fs_read_u64(fs_sys("/sys/kernel/sched_ext/hotplug_seq"), &seq))
		memcpy(member, &seq, sizeof(seq));
}

/* What SCX_OPS_OPEN() takes out where the kernel lacks it, and the version since which it is there. */
static const struct optional {
	const char *member;
	size_t size;
} optional[] = {
	{ "cgroup_set_bandwidth", sizeof(void *) },   /* 6.17 */
	{ "cgroup_set_idle", sizeof(void *) },	      /* 6.19 */
	{ "sub_attach", sizeof(void *) },	      /* 7.1 */
	{ "sub_detach", sizeof(void *) },	      /* 7.1 */
	{ "sub_cgroup_id", sizeof(uint64_t) },	      /* 7.1 */
	{ "rescue_bandwidth_ppt", sizeof(uint32_t) }, /* 7.3 */
	{ "rescue_quantum_us", sizeof(uint32_t) },    /* 7.3 */
};

static void leave_out(struct policy *p, const struct optional *o, struct buf *out)
{
	static const uint64_t zero;
	size_t size;
	void *member = ops_member(p, o->member, &size);

	if (!member || size < o->size || !memcmp(member, &zero, o->size) ||
	    kernel_has_member("sched_ext_ops", o->member))
		return;
	memset(member, 0, o->size);
	buf_printf(out, "%sops.%s is left out, which this kernel doesn't have", out->len ? "; " : "",
		   o->member);
}

/* The macro does it for the common form alone: the other one is younger than all of these. */
static void leave_out_all(struct policy *p, struct buf *out)
{
	char *type = ops_type(p);

	for (size_t i = 0; !strcmp(type, "sched_ext_ops") && i < sizeof(optional) / sizeof(*optional); i++)
		leave_out(p, &optional[i], out);
	free(type);
}

/* A pin would outlive the sample, and bring what is in the map into the next one. */
static void leave_unpinned(struct policy *p, struct buf *out)
{
	struct bpf_map *map;

	bpf_object__for_each_map (map, p->obj) {
		if (!bpf_map__pin_path(map))
			continue;
		bpf_map__set_pin_path(map, NULL);
		buf_printf(out, "%sits map %s is not pinned, so no other program has it",
			   out->len ? "; " : "", bpf_map__name(map));
	}
}

/* RESIZABLE_ARRAY(data, x) is one element in a section ".data.x"; its own program makes it longer. */
static const char *short_array(const struct btf *btf, const struct bpf_map *map)
{
	const char *section = bpf_map__name(map), *suffix = strrchr(section, '.');
	int id = *section == '.' ? btf__find_by_name_kind(btf, section, BTF_KIND_DATASEC) : -1;
	const struct btf_type *sec = id < 0 ? NULL : btf__type_by_id(btf, id), *var, *array;

	if (!sec || btf_vlen(sec) != 1 || suffix == section)
		return NULL;
	var = btf__type_by_id(btf, btf_var_secinfos(sec)->type);
	array = btf_is_var(var) ? btf__type_by_id(btf, var->type) : var;
	while (btf_is_mod(array) || btf_is_typedef(array))
		array = btf__type_by_id(btf, array->type);
	return btf_is_array(array) && btf_array(array)->nelems == 1 &&
			       !strcmp(btf__name_by_offset(btf, var->name_off), suffix + 1)
		       ? suffix + 1
		       : NULL;
}

static int check_arrays(const struct policy *p)
{
	struct bpf_map *map;

	bpf_object__for_each_map (map, p->obj) {
		const char *array = short_array(bpf_object__btf(p->obj), map);

		if (array)
			return log_err(
				-CAUSE_REFUSED,
				"policy %s has an array %s of one element, whose size its own program sets: " AS_COMMAND,
				p->name, array);
	}
	return 0;
}

int own_prepare(struct policy *p)
{
	struct buf out = { 0 };

	fill_constants(p);
	if (!object_is_foreign(p->obj))
		return 0;
	set_hotplug_seq(p);
	leave_out_all(p, &out);
	leave_unpinned(p, &out);
	p->unset = out.len ? buf_take(&out) : NULL;
	dump_set_size(p);
	return check_arrays(p);
}

static int check_constant(const struct policy *p, const struct constant *c)
{
	struct bpf_map *map = bpf_object__find_map_by_name(p->obj, ".rodata");
	enum use use = c->state == CONSTANT_KNOWN ? USE_NONE : object_use(p->obj, map, c->offset);

	if (use != USE_NONE && c->state == CONSTANT_CUT)
		return log_err(-CAUSE_REFUSED,
			       "policy %s needs %s, of which this kernel's BTF has only the low 32 bits: "
			       "take a kernel whose BTF was made with ENUM64 (pahole 1.24)",
			       p->name, c->name);
	/* With 0 in its place it would do another thing than what it was written for. */
	return use == USE_READ
		       ? log_err(-CAUSE_REFUSED,
				 "policy %s needs %s, which this kernel doesn't have: take another kernel",
				 p->name, c->name)
		       : 0;
}

/* What only user space can put into a map; NULL: something else is in it. */
static const char *kept_in(const struct bpf_map *map)
{
	switch (bpf_map__type(map)) {
	case BPF_MAP_TYPE_ARRAY_OF_MAPS:
	case BPF_MAP_TYPE_HASH_OF_MAPS:
		return "maps";
	case BPF_MAP_TYPE_PROG_ARRAY:
		return "programs";
	default:
		return NULL;
	}
}

#define MOST_KEYS 4096

static bool is_empty_array(const struct bpf_map *map)
{
	__u32 key = 0, value;

	while (key < bpf_map__max_entries(map) && key < MOST_KEYS &&
	       bpf_map__lookup_elem(map, &key, sizeof(key), &value, sizeof(value), 0))
		key++;
	return key == bpf_map__max_entries(map);
}

static bool is_empty_hash(const struct bpf_map *map)
{
	char *key = mem_zalloc(1, bpf_map__key_size(map) + 1);
	bool empty = bpf_map__get_next_key(map, NULL, key, bpf_map__key_size(map)) != 0;

	free(key);
	return empty;
}

static bool is_left_empty(const struct policy *p, const struct bpf_map *map)
{
	if (!kept_in(map) || !object_uses_map(p->obj, map))
		return false;
	return bpf_map__type(map) == BPF_MAP_TYPE_HASH_OF_MAPS ? is_empty_hash(map) : is_empty_array(map);
}

static int check_maps(const struct policy *p)
{
	struct bpf_map *map;

	bpf_object__for_each_map (map, p->obj)
		if (is_left_empty(p, map))
			return log_err(
				-CAUSE_REFUSED,
				"policy %s has a map of %s, %s, that its own program fills: " AS_COMMAND,
				p->name, kept_in(map), bpf_map__name(map));
	return 0;
}

static void note_unset(const struct policy_spec *spec, struct policy *p)
{
	char *more = unset_words(spec, p), *all;

	if (*more) {
		all = mem_printf("%s%s%s", p->unset ? p->unset : "", p->unset ? "; " : "", more);
		free(p->unset);
		p->unset = all;
	}
	free(more);
}

int own_check(const struct policy_spec *spec, struct policy *p)
{
	int err = 0;

	for (int i = 0; !err && i < p->nr_constants; i++)
		err = check_constant(p, &p->constant[i]);
	if (err || !object_is_foreign(p->obj))
		return err;
	err = check_maps(p);
	if (!err)
		note_unset(spec, p);
	return err;
}

void own_free(struct policy *p)
{
	free(p->constant);
	free(p->unset);
	p->constant = NULL;
	p->unset = NULL;
	p->nr_constants = 0;
}
