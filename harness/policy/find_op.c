/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "policy/find_op.h"

#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "util/mem.h"

/* A table that was registered without a link; the kernel's enum is in no header of libbpf. */
#define STATE_INUSE 1
#define FORM "bpf_struct_ops_sched_ext_ops" /* and ..._cid */

struct search {
	const char *ops, *op;
	const struct btf *kernel;
};

/* A table of ops, as the kernel gives it to user space: with program ids in place of function addresses. */
struct ops_table {
	const struct btf_type *type;
	char *value;
	size_t size;
};

/* A place in it. */
struct place {
	const struct btf_type *type;
	size_t at;
};

static bool step_into(const struct btf *btf, struct place *p, const char *name)
{
	for (int i = 0; p->type && btf_is_struct(p->type) && i < btf_vlen(p->type); i++) {
		const struct btf_member *m = btf_members(p->type) + i;

		if (strcmp(btf__name_by_offset(btf, m->name_off), name) != 0)
			continue;
		*p = (struct place){ btf__type_by_id(btf, btf__resolve_type(btf, m->type)),
				     p->at + btf_member_bit_offset(p->type, i) / 8 };
		return true;
	}
	return false;
}

/* The value of a member, or NULL. */
static const void *member_of(const struct search *s, const struct ops_table *t, const char *group,
			     const char *name)
{
	struct place p = { t->type, 0 };

	if (!step_into(s->kernel, &p, group) || !step_into(s->kernel, &p, name) ||
	    p.at + sizeof(__u64) > t->size)
		return NULL;
	return t->value + p.at;
}

/* A map's value, if the map is a table of a scheduler with that name. */
static bool read_table(const struct search *s, int map, struct ops_table *t)
{
	struct bpf_map_info info = { 0 };
	__u32 len = sizeof(info), key = 0;
	const struct btf_type *type;
	const char *name;

	*t = (struct ops_table){ 0 };
	if (bpf_map_get_info_by_fd(map, &info, &len) || info.type != BPF_MAP_TYPE_STRUCT_OPS)
		return false;
	type = btf__type_by_id(s->kernel, info.btf_vmlinux_value_type_id);
	if (!type || strncmp(btf__name_by_offset(s->kernel, type->name_off), FORM, strlen(FORM)) != 0)
		return false;
	*t = (struct ops_table){ type, mem_zalloc(1, info.value_size), info.value_size };
	if (bpf_map_lookup_elem(map, &key, t->value))
		return false;
	name = member_of(s, t, "data", "name");
	return name && !strncmp(name, s->ops, t->value + t->size - name);
}

static int op_of(const struct search *s, const struct ops_table *t)
{
	const __u64 *id = member_of(s, t, "data", s->op);
	int prog = id && *id ? bpf_prog_get_fd_by_id((__u32)*id) : -ENOENT;

	return prog < 0 ? -ENOENT : prog;
}

static int op_of_link(const struct search *s, __u32 id)
{
	struct bpf_link_info info = { 0 };
	__u32 len = sizeof(info);
	int link = bpf_link_get_fd_by_id(id), map = -1, op = -ENOTSUP;
	struct ops_table t = { 0 };

	if (link >= 0 && !bpf_link_get_info_by_fd(link, &info, &len) && info.type == BPF_LINK_TYPE_STRUCT_OPS)
		map = bpf_map_get_fd_by_id(info.struct_ops.map_id);
	if (map >= 0 && read_table(s, map, &t))
		op = op_of(s, &t);
	free(t.value);
	if (map >= 0)
		close(map);
	if (link >= 0)
		close(link);
	return op;
}

/* Registered without a link, as bpftool does. */
static int op_of_map(const struct search *s, __u32 id)
{
	int map = bpf_map_get_fd_by_id(id), op = -ENOTSUP;
	struct ops_table t = { 0 };

	if (map >= 0 && read_table(s, map, &t)) {
		const __u32 *state = member_of(s, &t, "common", "state");

		if (state && *state == STATE_INUSE)
			op = op_of(s, &t);
	}
	free(t.value);
	if (map >= 0)
		close(map);
	return op;
}

static int search_all(const struct search *s)
{
	int op = -ENOTSUP;
	__u32 id = 0;

	while (op == -ENOTSUP && !bpf_link_get_next_id(id, &id))
		op = op_of_link(s, id);
	id = 0;
	while (op == -ENOTSUP && !bpf_map_get_next_id(id, &id))
		op = op_of_map(s, id);
	return op;
}

int find_op(const char *ops, const char *op)
{
	struct btf *kernel = btf__load_vmlinux_btf();
	int prog = kernel ? search_all(&(struct search){ ops, op, kernel }) : -ENOTSUP;

	btf__free(kernel);
	return prog;
}

void find_prog_name(int prog, char *name, size_t len)
{
	struct bpf_func_info func = { 0 };
	struct bpf_prog_info info = { .nr_func_info = 1,
				      .func_info_rec_size = sizeof(func),
				      .func_info = (uintptr_t)&func };
	const struct btf_type *type;
	__u32 size = sizeof(info);
	struct btf *btf;

	*name = '\0';
	if (bpf_prog_get_info_by_fd(prog, &info, &size))
		return;
	btf = btf__load_from_kernel_by_id(info.btf_id);
	type = btf ? btf__type_by_id(btf, func.type_id) : NULL;
	snprintf(name, len, "%s", type ? btf__name_by_offset(btf, type->name_off) : info.name);
	btf__free(btf);
}
