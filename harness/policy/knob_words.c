/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <bpf/btf.h>
#include <stdio.h>
#include <string.h>
#include "policy/knobs.h"
#include "policy/object.h"

/* The value of a knob in .rodata, as a person would type it. */
static const char *default_of(const struct policy *p, const struct knob *k, char *buf, size_t len)
{
	struct bpf_map *map = bpf_object__find_map_by_name(p->obj, ".rodata");
	size_t size = 0;
	const char *data = map ? bpf_map__initial_value(map, &size) : NULL;
	uint64_t value = 0;

	if (data && k->offset + k->size <= size)
		memcpy(&value, data + k->offset, k->size);
	if (k->type == KNOB_SIGNED && k->size < 8 && value >> (k->size * 8 - 1))
		value |= ~0ULL << (k->size * 8);
	if (k->type == KNOB_SIGNED)
		snprintf(buf, len, "%lld", (long long)value);
	else
		snprintf(buf, len, "%llu", (unsigned long long)value);
	return buf;
}

int policy_each_knob(const struct policy_spec *spec,
		     void (*each)(void *ctx, const struct policy_knob_words *k), void *ctx)
{
	struct policy p = { 0 };
	struct knob *knobs;
	int err = object_open(spec, &p), nr;

	if (err) {
		bpf_object__close(p.obj);
		return err;
	}
	nr = knobs_of_btf(bpf_object__btf(p.obj), &knobs);
	for (int i = 0; i < nr; i++) {
		char range[80], value[32];

		each(ctx,
		     &(struct policy_knob_words){ knobs[i].name, knob_range(&knobs[i], range, sizeof(range)),
						  default_of(&p, &knobs[i], value, sizeof(value)),
						  knobs[i].help ? knobs[i].help : "" });
	}
	if (nr >= 0)
		knobs_free(knobs, nr);
	bpf_object__close(p.obj);
	return nr < 0 ? nr : 0;
}
