/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "policy/dump.h"
#include <bpf/btf.h>
#include <stdlib.h>
#include <string.h>
#include "policy/object.h"
#include "policy/ops.h"
#include "util/mem.h"

#define RECORD "user_exit_info"
#define LENGTH "_dump_len"
#define DEFAULT_LENGTH 32768 /* UEI_DUMP_DFL_LEN, and the kernel's own */

/* The name of the record, or NULL. */
static const char *record_name(const struct btf *btf)
{
	int id = btf__find_by_name_kind(btf, ".data", BTF_KIND_DATASEC);
	const struct btf_type *sec = id < 0 ? NULL : btf__type_by_id(btf, id);

	for (int i = 0; sec && i < btf_vlen(sec); i++) {
		const struct btf_type *var = btf__type_by_id(btf, btf_var_secinfos(sec)[i].type),
				      *type = btf_is_var(var) ? btf__type_by_id(btf, var->type) : NULL;

		if (type && btf_is_struct(type) && !strcmp(btf__name_by_offset(btf, type->name_off), RECORD))
			return btf__name_by_offset(btf, var->name_off);
	}
	return NULL;
}

bool dump_is_length(const struct btf *btf, const char *variable)
{
	const char *record = record_name(btf);
	size_t len = record ? strlen(record) : 0;

	return record && !strncmp(variable, record, len) && !strcmp(variable + len, LENGTH);
}

static uint32_t length_of(const struct policy *p)
{
	uint32_t length = 0;
	size_t size;
	const void *member = ops_member(p, "exit_dump_len", &size);

	if (member && size >= sizeof(length))
		memcpy(&length, member, sizeof(length));
	return length ? length : DEFAULT_LENGTH;
}

void dump_set_size(struct policy *p)
{
	const char *record = record_name(bpf_object__btf(p->obj));
	char *variable = mem_printf("%s" LENGTH, record ? record : ""),
	     *section = mem_printf(".data.%s_dump", record ? record : "");
	struct bpf_map *map = record ? bpf_object__find_map_by_name(p->obj, section) : NULL;

	if (map && !bpf_map__set_value_size(map, length_of(p)))
		object_set(p, variable, length_of(p));
	free(variable);
	free(section);
}
