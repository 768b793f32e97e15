/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "policy/knobs.h"
#include <bpf/btf.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "policy/consts.h"
#include "policy/dump.h"
#include "util/cause.h"
#include "util/log.h"
#include "util/mem.h"

#define TAG "scxb:knob:"
#define LOADERS_PREFIX "scxb_"

static const char *name_of(const struct btf *btf, const struct btf_type *t)
{
	return btf__name_by_offset(btf, t->name_off);
}

static const struct btf_type *rodata_section(const struct btf *btf)
{
	int id = btf__find_by_name_kind(btf, ".rodata", BTF_KIND_DATASEC);

	return id < 0 ? NULL : btf__type_by_id(btf, id);
}

/* The integer type behind typedefs, if the variable is a const volatile integer; else NULL. */
static const struct btf_type *settable_type(const struct btf *btf, const struct btf_type *var)
{
	bool is_const = false, is_volatile = false;
	const struct btf_type *t = btf__type_by_id(btf, var->type);

	while (btf_is_mod(t) || btf_is_typedef(t)) {
		is_const |= btf_is_const(t);
		is_volatile |= btf_is_volatile(t);
		t = btf__type_by_id(btf, t->type);
	}
	return is_const && is_volatile && btf_is_int(t) && t->size <= 8 ? t : NULL;
}

/* The text of the variable's tag behind "scxb:knob:", or NULL. */
static const char *tag_of(const struct btf *btf, __u32 var_id)
{
	for (__u32 id = 1; id < btf__type_cnt(btf); id++) {
		const struct btf_type *t = btf__type_by_id(btf, id);

		if (btf_is_decl_tag(t) && t->type == var_id && btf_decl_tag(t)->component_idx == -1 &&
		    !strncmp(name_of(btf, t), TAG, strlen(TAG)))
			return name_of(btf, t) + strlen(TAG);
	}
	return NULL;
}

static void set_type(struct knob *knob, const struct btf_type *t)
{
	unsigned unused = 64 - 8 * t->size;

	knob->size = t->size;
	knob->max = UINT64_MAX >> unused;
	if (btf_int_encoding(t) & BTF_INT_BOOL) {
		knob->type = KNOB_BOOL;
		knob->max = 1;
	} else if (btf_int_encoding(t) & BTF_INT_SIGNED) {
		knob->type = KNOB_SIGNED;
		knob->max = INT64_MAX >> unused;
		knob->min = INT64_MIN >> unused;
	} else {
		knob->type = KNOB_UNSIGNED;
	}
}

/* tag: "MIN:MAX:help" */
static int set_tag(struct knob *knob, const char *tag)
{
	struct knob whole = *knob;
	char min[24], max[24];
	int help = 0;

	if (sscanf(tag, "%23[^:]:%23[^:]:%n", min, max, &help) != 2 || !help ||
	    knob_parse(&whole, min, &knob->min) || knob_parse(&whole, max, &knob->max))
		return log_err(-CAUSE_USAGE,
			       "knob %s: its tag must be \"" TAG "MIN:MAX:help\" in the range of its type",
			       knob->name);
	knob->help = mem_strdup(tag + help);
	return 0;
}

static bool any_tagged(const struct btf *btf, const struct btf_type *sec)
{
	for (int i = 0; i < btf_vlen(sec); i++)
		if (tag_of(btf, btf_var_secinfos(sec)[i].type))
			return true;
	return false;
}

static bool is_set_elsewhere(const struct btf *btf, const char *name)
{
	return !strncmp(name, LOADERS_PREFIX, strlen(LOADERS_PREFIX)) || constant_name(name) ||
	       dump_is_length(btf, name);
}

/* 1 when the variable is a knob, else 0. */
static int knob_of_var(const struct btf *btf, const struct btf_var_secinfo *place, bool tagged,
		       struct knob *knob)
{
	const struct btf_type *var = btf__type_by_id(btf, place->type), *type = settable_type(btf, var);
	const char *tag = tag_of(btf, place->type), *name = name_of(btf, var);
	int err = 0;

	if (!type || (tagged && !tag) || btf_var(var)->linkage == BTF_VAR_STATIC ||
	    is_set_elsewhere(btf, name))
		return 0;
	*knob = (struct knob){ .name = mem_strdup(name), .offset = place->offset };
	set_type(knob, type);
	if (tag)
		err = set_tag(knob, tag);
	if (err)
		free(knob->name);
	return err ? err : 1;
}

int knobs_of_btf(const struct btf *btf, struct knob **knobs)
{
	const struct btf_type *sec = rodata_section(btf);
	bool tagged = sec && any_tagged(btf, sec);
	int nr = 0;

	*knobs = NULL;
	for (int i = 0; sec && i < btf_vlen(sec); i++) {
		struct knob knob;
		int is = knob_of_var(btf, &btf_var_secinfos(sec)[i], tagged, &knob);

		if (is < 0) {
			knobs_free(*knobs, nr);
			return is;
		}
		if (is) {
			*knobs = mem_grow(*knobs, nr, sizeof(knob));
			(*knobs)[nr++] = knob;
		}
	}
	return nr;
}

void knobs_free(struct knob *knobs, int nr)
{
	for (int i = 0; i < nr; i++) {
		free(knobs[i].name);
		free(knobs[i].help);
	}
	free(knobs);
}

static int parse_bool(const char *text, uint64_t *value)
{
	*value = !strcmp(text, "true") || !strcmp(text, "1");
	return *value || !strcmp(text, "false") || !strcmp(text, "0") ? 0 : -EINVAL;
}

int knob_parse(const struct knob *knob, const char *text, uint64_t *value)
{
	bool is_signed = knob->type == KNOB_SIGNED, below, above;
	int base = strncmp(text, "0x", 2) ? 10 : 16;
	char *end;

	if (knob->type == KNOB_BOOL)
		return parse_bool(text, value);
	if (!strchr("0123456789", text[*text == '-']) || !text[*text == '-'])
		return -EINVAL;
	if (*text == '-' && !is_signed)
		return -ERANGE;
	errno = 0;
	*value = is_signed ? (uint64_t)strtoll(text, &end, base) : strtoull(text, &end, base);
	if (*end)
		return -EINVAL;
	below = is_signed ? (int64_t)*value < (int64_t)knob->min : *value < knob->min;
	above = is_signed ? (int64_t)*value > (int64_t)knob->max : *value > knob->max;
	return errno || below || above ? -ERANGE : 0;
}

const char *knob_range(const struct knob *knob, char *buf, size_t len)
{
	int bits = 8 * knob->size;

	if (knob->type == KNOB_BOOL)
		snprintf(buf, len, "bool: true or false");
	else if (knob->type == KNOB_SIGNED)
		snprintf(buf, len, "s%d from %lld to %lld", bits, (long long)knob->min, (long long)knob->max);
	else
		snprintf(buf, len, "u%d from %llu to %llu", bits, (unsigned long long)knob->min,
			 (unsigned long long)knob->max);
	return buf;
}

int rodata_find(const struct btf *btf, const char *name, size_t *offset, size_t *size)
{
	const struct btf_type *sec = rodata_section(btf);

	for (int i = 0; sec && i < btf_vlen(sec); i++) {
		const struct btf_var_secinfo *place = &btf_var_secinfos(sec)[i];

		if (strcmp(name_of(btf, btf__type_by_id(btf, place->type)), name))
			continue;
		*offset = place->offset;
		*size = place->size;
		return 0;
	}
	return -ENOENT;
}
