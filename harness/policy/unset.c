/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What an object leaves to its own program, as far as the object shows it. It may as well be meant: a
 * constant that is 0 is often just off. So it is said, with every sample, and not refused.
 */
#include <bpf/btf.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include "policy/code.h"
#include "policy/knobs.h"
#include "policy/object.h"
#include "policy/own.h"
#include "text/buf.h"
#include "util/mem.h"

static void say(struct buf *b, char *words)
{
	buf_printf(b, "%s%s", b->len ? "; " : "", words);
	free(words);
}

static uint64_t value_of(const struct bpf_map *rodata, const struct knob *k)
{
	size_t len = 0;
	const char *data = bpf_map__initial_value(rodata, &len);
	uint64_t value = 0;

	if (data && k->offset + k->size <= len)
		memcpy(&value, data + k->offset, k->size);
	return value;
}

/* The kernel's own schedulers give it a value that only the verifier needs. */
static bool counts_cpus(const char *name)
{
	static const char *const words[] = { "nr_cpu", "num_cpu", "nr_possible_cpu", "num_possible_cpu" };

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (strstr(name, words[i]))
			return true;
	return false;
}

static void look_at_constant(struct buf *b, const struct policy *p, const struct knob *k)
{
	const struct bpf_map *rodata = bpf_object__find_map_by_name(p->obj, ".rodata");
	uint64_t value = value_of(rodata, k);

	if (object_use(p->obj, rodata, k->offset) == USE_NONE)
		return;
	if (counts_cpus(k->name) && machine_cpus() && value != (uint64_t)machine_cpus())
		say(b, mem_printf("%s is %" PRIu64 ", and this machine has %d CPUs", k->name, value,
				  machine_cpus()));
	else if (!value)
		say(b, mem_printf("%s is 0", k->name));
}

static void look_at_constants(struct buf *b, const struct policy_spec *spec, const struct policy *p)
{
	struct knob *knobs;
	int nr = knobs_of_btf(bpf_object__btf(p->obj), &knobs);

	for (int i = 0; i < nr; i++)
		if (knobs[i].type != KNOB_BOOL && !knobs[i].help && !policy_knob_value(spec, knobs[i].name))
			look_at_constant(b, p, &knobs[i]);
	if (nr >= 0)
		knobs_free(knobs, nr);
}

/* A number, behind what qualifies its type. */
static bool is_number(const struct btf *btf, const struct btf_type *var)
{
	const struct btf_type *t = btf__type_by_id(btf, var->type);

	while (btf_is_mod(t) || btf_is_typedef(t))
		t = btf__type_by_id(btf, t->type);
	return btf_is_int(t) || btf_is_any_enum(t);
}

/* Variables that begin with 0, and that its code reads and never writes. */
static void look_at_variables(struct buf *b, const struct policy *p)
{
	const struct btf *btf = bpf_object__btf(p->obj);
	const struct bpf_map *bss = bpf_object__find_map_by_name(p->obj, ".bss");
	int id = bss ? btf__find_by_name_kind(btf, ".bss", BTF_KIND_DATASEC) : -1;
	const struct btf_type *sec = id < 0 ? NULL : btf__type_by_id(btf, id);

	for (int i = 0; sec && i < btf_vlen(sec); i++) {
		const struct btf_var_secinfo *at = &btf_var_secinfos(sec)[i];
		const struct btf_type *var = btf__type_by_id(btf, at->type);

		if (btf_is_var(var) && is_number(btf, var) &&
		    object_touch(p->obj, bss, (struct span){ at->offset, at->size }) == TOUCH_READ)
			say(b, mem_printf("nobody sets %s", btf__name_by_offset(btf, var->name_off)));
	}
}

static void look_at_maps(struct buf *b, const struct policy *p)
{
	struct bpf_map *map;

	bpf_object__for_each_map (map, p->obj) {
		if (bpf_map__type(map) == BPF_MAP_TYPE_USER_RINGBUF && object_uses_map(p->obj, map))
			say(b, mem_printf("nobody writes to %s", bpf_map__name(map)));
		if (bpf_map__type(map) == BPF_MAP_TYPE_STRUCT_OPS && map != p->ops_map &&
		    bpf_map__autocreate(map))
			say(b, mem_printf("nobody attaches %s", bpf_map__name(map)));
	}
}

static void look_at_programs(struct buf *b, const struct policy *p)
{
	struct bpf_program *prog;

	bpf_object__for_each_program (prog, p->obj)
		if (bpf_program__type(prog) == BPF_PROG_TYPE_SYSCALL)
			say(b, mem_printf("nobody calls %s()", bpf_program__name(prog)));
}

char *unset_words(const struct policy_spec *spec, const struct policy *p)
{
	struct buf b = { 0 };

	look_at_constants(&b, spec, p);
	look_at_variables(&b, p);
	look_at_maps(&b, p);
	look_at_programs(&b, p);
	return buf_take(&b);
}
