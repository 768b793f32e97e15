/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "policy/ops.h"
#include <bpf/btf.h>
#include <ctype.h>
#include <linux/types.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "policy/kernel.h"
#include "stats_abi.h"
#include "util/cause.h"
#include "util/log.h"
#include "util/mem.h"

static char *type_name(const struct bpf_object *obj, const struct bpf_map *map)
{
	const struct btf *btf = bpf_object__btf(obj);
	const struct btf_type *t = btf__type_by_id(btf, bpf_map__btf_value_type_id(map));

	return kernel_name(t ? btf__name_by_offset(btf, t->name_off) : "");
}

static bool is_sched_ext(const struct bpf_object *obj, const struct bpf_map *map)
{
	bool struct_ops = bpf_map__type(map) == BPF_MAP_TYPE_STRUCT_OPS;
	char *type = struct_ops ? type_name(obj, map) : mem_strdup("");
	bool is = !strcmp(type, "sched_ext_ops") || !strcmp(type, "sched_ext_ops_cid");

	free(type);
	return is;
}

char *ops_type(const struct policy *p)
{
	return type_name(p->obj, p->ops_map);
}

/* The object's own type, whose layout may differ from the kernel's. */
static const struct btf_type *type_of(const struct policy *p)
{
	return btf__type_by_id(bpf_object__btf(p->obj), bpf_map__btf_value_type_id(p->ops_map));
}

void *ops_member(const struct policy *p, const char *name, size_t *size)
{
	const struct btf *btf = bpf_object__btf(p->obj);
	const struct btf_type *t = type_of(p);
	char *data = bpf_map__initial_value(p->ops_map, size);

	for (int i = 0; t && data && i < btf_vlen(t); i++) {
		size_t at = btf_member_bit_offset(t, i) / 8;

		if (strcmp(btf__name_by_offset(btf, btf_members(t)[i].name_off), name) || at >= *size)
			continue;
		*size -= at;
		return data + at;
	}
	return NULL;
}

/* As the kernel takes it. */
static int check_ops_name(const struct policy_spec *spec, const char *name)
{
	for (const char *c = name; *c; c++)
		if (!isascii((unsigned char)*c) || (!isalnum((unsigned char)*c) && *c != '_' && *c != '.'))
			return log_err(
				-CAUSE_USAGE,
				"%s: the kernel refuses the name of its ops, '%s': it may have letters, "
				"digits, _ and .",
				spec->object, name);
	return 0;
}

static int read_ops_name(const struct policy_spec *spec, struct policy *p)
{
	size_t size = 0;
	const char *name = ops_member(p, "name", &size);

	snprintf(p->ops, sizeof(p->ops), "%.*s", name ? (int)size : 0, name ? name : "");
	if (!p->ops[0])
		return log_err(-CAUSE_USAGE,
			       "%s is not a sched_ext policy: its struct sched_ext_ops has no name",
			       spec->object);
	return check_ops_name(spec, p->ops);
}

/* Those of an object, NULL-terminated. The caller frees the array. */
static struct bpf_map **ops_maps(const struct bpf_object *obj)
{
	struct bpf_map *map, **list = NULL;
	size_t nr = 0;

	bpf_object__for_each_map (map, obj) {
		if (!is_sched_ext(obj, map))
			continue;
		list = mem_grow(list, nr, sizeof(struct bpf_map *));
		list[nr++] = map;
	}
	list = mem_grow(list, nr, sizeof(struct bpf_map *));
	list[nr] = NULL;
	return list;
}

static int not_one(const struct policy_spec *spec, struct bpf_map *const *list)
{
	char *names = mem_strdup(""), *longer;

	if (!*list) {
		free(names);
		return log_err(-CAUSE_USAGE, "%s is not a sched_ext policy: it has no struct sched_ext_ops",
			       spec->object);
	}
	for (int i = 0; list[i]; i++) {
		longer = mem_printf("%s%s%s", names, i ? ", " : "", bpf_map__name(list[i]));
		free(names);
		names = longer;
	}
	if (spec->chosen)
		log_err(-CAUSE_USAGE, "%s has no struct sched_ext_ops '%s': it has %s", spec->object,
			spec->chosen, names);
	else
		log_err(-CAUSE_USAGE, "%s has several policies: choose %s, as in %s#%s", spec->object, names,
			spec->object, bpf_map__name(*list));
	free(names);
	return -CAUSE_USAGE;
}

/* Programs of those that were not chosen are not loaded either. */
static int choose_table(const struct policy_spec *spec, struct policy *p)
{
	struct bpf_map **list = ops_maps(p->obj);
	int err;

	p->ops_map = NULL;
	for (int i = 0; list[i]; i++)
		if (spec->chosen ? !strcmp(bpf_map__name(list[i]), spec->chosen) : !list[1])
			p->ops_map = list[i];
	err = p->ops_map ? 0 : not_one(spec, list);
	for (int i = 0; !err && list[i]; i++)
		if (list[i] != p->ops_map)
			bpf_map__set_autocreate(list[i], false);
	free(list);
	return err;
}

int ops_find(const struct policy_spec *spec, struct policy *p)
{
	int err = choose_table(spec, p);

	if (!err)
		err = read_ops_name(spec, p);
	if (err)
		return err;
	/* Only a link ends with its holder: a policy without one would outlive us. */
	bpf_map__set_map_flags(p->ops_map, bpf_map__map_flags(p->ops_map) | BPF_F_LINK);
	return 0;
}

/*
 * The header's own ops, in objects that include policy.bpf.h, and what is lost where the table has neither
 * them nor the policy's own. An object that was compiled without the ledger has no scxb_dequeue.
 */
static const struct piece {
	const char *prog, *member, *lost;
} pieces[] = {
	{ "scxb_dequeue", "dequeue", "custody can't be proven" },
	{ "scxb_enable", "enable", "the workload's time is not counted" },
	{ "scxb_disable", "disable", "the workload's time is not counted" },
	{ "scxb_cgroup_move", "cgroup_move", "the workload's time is not counted" },
	{ "scxb_exit_task", "exit_task", "what is set for a task outlives it" },
	{ "scxb_tick", "tick", "quotas are not kept" },
	{ "scxb_exit_op", "exit", "nobody learns why the policy ended" },
};

int ops_check(const struct policy_spec *spec, const struct policy *p)
{
	for (size_t i = 0; i < sizeof(pieces) / sizeof(*pieces); i++) {
		const struct piece *piece = &pieces[i];
		size_t size;
		void *const *op = ops_member(p, piece->member, &size);

		if (op && size >= sizeof(*op) && !*op &&
		    bpf_object__find_program_by_name(p->obj, piece->prog))
			return log_err(
				-CAUSE_USAGE,
				"%s: its table of ops has no .%s, without which %s: make the table with "
				"SCXB_POLICY(), or give %s there",
				spec->object, piece->member, piece->lost, piece->prog);
	}
	return 0;
}

/* Takes the program out of the table. */
static void ops_clear(struct policy *p, const struct bpf_program *prog)
{
	const struct btf_type *t = type_of(p);
	size_t size;
	char *data = bpf_map__initial_value(p->ops_map, &size);

	for (int i = 0; t && data && i < btf_vlen(t); i++) {
		size_t at = btf_member_bit_offset(t, i) / 8;
		void **slot = (void **)(data + at);

		if (at % sizeof(*slot) == 0 && at + sizeof(*slot) <= size && *slot == prog)
			*slot = NULL;
	}
}

void ops_leave_out_watches(struct policy *p)
{
	struct bpf_program *prog;

	bpf_object__for_each_program (prog, p->obj) {
		if (!strstr(bpf_program__section_name(prog), SCXB_WATCH))
			continue;
		bpf_program__set_autoload(prog, false);
		ops_clear(p, prog);
	}
}
