/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "policy/consts.h"
#include <bpf/btf.h>
#include <stdlib.h>
#include <string.h>
#include "util/mem.h"

/* The second is for what is looked up by hand, as selftests of the kernel do. */
static const char *const prefixes[] = { "__", "__COMPAT_" };
#define ENUMERATOR "SCX_"
#define ENUM "scx_"

const char *constant_name(const char *variable)
{
	for (size_t i = 0; i < sizeof(prefixes) / sizeof(*prefixes); i++) {
		size_t len = strlen(prefixes[i]);

		if (!strncmp(variable, prefixes[i], len) &&
		    !strncmp(variable + len, ENUMERATOR, strlen(ENUMERATOR)))
			return variable + len;
	}
	return NULL;
}

static int find_variables(const struct btf *btf, struct constant **list)
{
	int nr = 0, id = btf__find_by_name_kind(btf, ".rodata", BTF_KIND_DATASEC);
	const struct btf_type *sec = id < 0 ? NULL : btf__type_by_id(btf, id);

	for (int i = 0; sec && i < btf_vlen(sec); i++) {
		const struct btf_var_secinfo *place = &btf_var_secinfos(sec)[i];
		const struct btf_type *var = btf__type_by_id(btf, place->type);
		const char *name =
			btf_is_var(var) ? constant_name(btf__name_by_offset(btf, var->name_off)) : NULL;

		if (!name || place->size > sizeof((*list)->value))
			continue;
		*list = mem_grow(*list, nr, sizeof(**list));
		(*list)[nr++] =
			(struct constant){ .name = name, .offset = place->offset, .size = place->size };
	}
	return nr;
}

static void take_enumerator(struct constant *c, const struct btf_type *t, int i)
{
	if (btf_is_enum64(t)) {
		c->state = CONSTANT_KNOWN;
		c->value = btf_enum64_value(&btf_enum64(t)[i]);
	} else if (t->size > sizeof(__u32)) {
		c->state = CONSTANT_CUT;
	} else {
		c->state = CONSTANT_KNOWN;
		c->value = (uint64_t)btf_enum(t)[i].val; /* with its sign, as in C */
	}
}

static void look_into(const struct btf *kernel, const struct btf_type *t, struct constant *list, int nr)
{
	for (int i = 0; i < btf_vlen(t); i++) {
		__u32 off = btf_is_enum64(t) ? btf_enum64(t)[i].name_off : btf_enum(t)[i].name_off;
		const char *name = btf__name_by_offset(kernel, off);

		for (int k = 0; k < nr; k++)
			if (!strcmp(list[k].name, name))
				take_enumerator(&list[k], t, i);
	}
}

int constants_of(const struct btf *object, const struct btf *kernel, struct constant **list)
{
	int nr;

	*list = NULL;
	nr = find_variables(object, list);
	for (__u32 id = 1; nr && id < btf__type_cnt(kernel); id++) {
		const struct btf_type *t = btf__type_by_id(kernel, id);

		if (btf_is_any_enum(t) &&
		    !strncmp(btf__name_by_offset(kernel, t->name_off), ENUM, strlen(ENUM)))
			look_into(kernel, t, *list, nr);
	}
	return nr;
}
