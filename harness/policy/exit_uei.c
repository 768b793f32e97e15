/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "policy/exit_uei.h"
#include <bpf/btf.h>
#include <stdlib.h>
#include <string.h>
#include "util/mem.h"

/* The record's type, and where it is in which map. */
struct place {
	const struct btf *btf;
	const struct btf_type *type;
	const char *section;
	__u32 offset;
};

/* The type of a variable that is such a record, or NULL. */
static const struct btf_type *record_of(const struct btf *btf, __u32 var)
{
	const struct btf_type *t = btf__type_by_id(btf, var);

	t = t && btf_is_var(t) ? btf__type_by_id(btf, t->type) : NULL;
	return t && btf_is_struct(t) && !strcmp(btf__name_by_offset(btf, t->name_off), "user_exit_info")
		       ? t
		       : NULL;
}

static bool find_in(struct place *at, const struct btf_type *section)
{
	const struct btf_var_secinfo *var = btf_var_secinfos(section);

	for (int i = 0; i < btf_vlen(section); i++) {
		at->type = record_of(at->btf, var[i].type);
		at->offset = var[i].offset;
		if (at->type)
			return true;
	}
	return false;
}

static bool find_record(const struct policy *p, struct place *at)
{
	at->btf = p->obj ? bpf_object__btf(p->obj) : NULL;
	for (__u32 id = 1; at->btf && id < btf__type_cnt(at->btf); id++) {
		const struct btf_type *t = btf__type_by_id(at->btf, id);

		at->section = t ? btf__name_by_offset(at->btf, t->name_off) : NULL;
		if (t && btf_is_datasec(t) && find_in(at, t))
			return true;
	}
	return false;
}

/* A member of the record, whose end is at most *size behind it; NULL: it has no such member. */
static const char *member(const struct place *at, const char *record, const char *name, size_t *size)
{
	for (int i = 0; i < btf_vlen(at->type); i++) {
		__u32 offset = btf_member_bit_offset(at->type, i) / 8;

		if (strcmp(btf__name_by_offset(at->btf, btf_members(at->type)[i].name_off), name))
			continue;
		*size = at->type->size - offset;
		return record + offset;
	}
	return NULL;
}

static char *text_member(const struct place *at, const char *record, const char *name)
{
	size_t size;
	const char *text = member(at, record, name, &size);

	return text ? mem_printf("%.*s", (int)strnlen(text, size), text) : NULL;
}

/* Low bytes first, as on every CPU that we run on. */
static int64_t number_member(const struct place *at, const char *record, const char *name, size_t width)
{
	size_t size;
	const char *found = member(at, record, name, &size);
	int64_t number = 0;

	if (found && size >= width)
		memcpy(&number, found, width);
	return number;
}

static void read_record(const struct place *at, const char *record, struct ejection *e)
{
	e->kind = (int)number_member(at, record, "kind", sizeof(e->kind));
	if (!e->kind)
		return;
	e->code = number_member(at, record, "exit_code", sizeof(e->code));
	e->reason = text_member(at, record, "reason");
	e->msg = text_member(at, record, "msg");
}

bool exit_uei_read(const struct policy *p, struct ejection *e)
{
	struct place at = { 0 };
	struct bpf_map *map = find_record(p, &at) ? bpf_object__find_map_by_name(p->obj, at.section) : NULL;
	size_t size = map ? bpf_map__value_size(map) : 0;
	char *data = mem_zalloc(1, size + 1);
	const __u32 only = 0;

	if (at.type && at.offset + at.type->size <= size &&
	    !bpf_map__lookup_elem(map, &only, sizeof(only), data, size, 0))
		read_record(&at, data + at.offset, e);
	free(data);
	return e->kind;
}
