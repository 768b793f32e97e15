/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "policy/ops.h"
#include <bpf/btf.h>
#include <errno.h>
#include <linux/types.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "policy/kernel.h"
#include "stats_abi.h"
#include "util/cause.h"
#include "util/log.h"

/* The one struct_ops map; *nr is how many there are. */
static struct bpf_map *struct_ops(struct bpf_object *obj, int *nr)
{
	struct bpf_map *map, *found = NULL;

	*nr = 0;
	bpf_object__for_each_map (map, obj)
		if (bpf_map__type(map) == BPF_MAP_TYPE_STRUCT_OPS) {
			found = map;
			++*nr;
		}
	return found;
}

/* The object's own type, whose layout may differ from the kernel's. */
static const struct btf_type *type_of(const struct policy *p)
{
	return btf__type_by_id(bpf_object__btf(p->obj), bpf_map__btf_value_type_id(p->ops_map));
}

char *ops_type(const struct policy *p)
{
	const struct btf_type *t = type_of(p);

	return kernel_name(t ? btf__name_by_offset(bpf_object__btf(p->obj), t->name_off) : "");
}

static bool is_sched_ext(const struct policy *p)
{
	char *type = ops_type(p);
	bool is = !strcmp(type, "sched_ext_ops") || !strcmp(type, "sched_ext_ops_cid");

	free(type);
	return is;
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

static int read_ops_name(struct policy *p)
{
	size_t size = 0;
	const char *name = ops_member(p, "name", &size);

	if (!name)
		return -EINVAL;
	snprintf(p->ops, sizeof(p->ops), "%.*s", (int)size, name);
	return p->ops[0] ? 0 : -EINVAL;
}

int ops_find(const struct policy_spec *spec, struct policy *p)
{
	int nr;

	p->ops_map = struct_ops(p->obj, &nr);
	if (nr != 1)
		return log_err(-CAUSE_USAGE, "%s has %d struct_ops maps: a sched_ext policy has one",
			       spec->object, nr);
	if (!is_sched_ext(p) || read_ops_name(p))
		return log_err(-CAUSE_USAGE,
			       "%s is not a sched_ext policy: it has no struct sched_ext_ops with a name",
			       spec->object);
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
