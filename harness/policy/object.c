/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "policy/object.h"
#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "policy/arena.h"
#include "policy/knobs.h"
#include "policy/ops.h"
#include "policy/reader.h"
#include "util/cause.h"
#include "util/log.h"
#include "util/mem.h"
#include "util/nearest.h"

/* Low bytes first, as on every CPU that we run on. */
int object_set(struct policy *p, const char *name, uint64_t value)
{
	struct bpf_map *map = bpf_object__find_map_by_name(p->obj, ".rodata");
	size_t len = 0, offset, size;
	char *data = map ? bpf_map__initial_value(map, &len) : NULL;

	if (!data || rodata_find(bpf_object__btf(p->obj), name, &offset, &size) || size > sizeof(value) ||
	    offset + size > len)
		return -ENOENT;
	memcpy(data + offset, &value, size);
	return 0;
}

static char *list_knobs(const struct knob *knobs, int nr)
{
	char *list = mem_strdup(nr ? "it has " : "it has none");

	for (int i = 0; i < nr; i++) {
		char range[80], *longer;

		knob_range(&knobs[i], range, sizeof(range));
		longer = mem_printf("%s%s%s (%s)", list, i ? ", " : "", knobs[i].name, range);
		free(list);
		list = longer;
	}
	return list;
}

static int no_such_knob(const struct policy_spec *spec, const char *name, const struct knob *knobs, int nr)
{
	struct nearest near = { .word = name };
	char *list = list_knobs(knobs, nr);

	for (int i = 0; i < nr; i++)
		nearest_try(&near, knobs[i].name);
	log_err(-CAUSE_USAGE, "%s has no knob '%s'%s %s", spec->name, name, nearest_ask(&near), list);
	free(list);
	return -CAUSE_USAGE;
}

static int set_knob(const struct policy_spec *spec, const struct policy_knob *want, const struct knob *knob,
		    struct policy *p)
{
	char range[80];
	uint64_t value;
	int err = knob_parse(knob, want->value, &value);

	if (err)
		return log_err(-CAUSE_USAGE, "%s: %s=%s is %s: it takes %s", spec->name, want->name,
			       want->value, err == -ERANGE ? "out of range" : "not of its type",
			       knob_range(knob, range, sizeof(range)));
	return object_set(p, knob->name, value);
}

static int set_knobs(const struct policy_spec *spec, struct policy *p)
{
	struct knob *knobs;
	int nr = knobs_of_btf(bpf_object__btf(p->obj), &knobs), err = nr < 0 ? nr : 0;

	for (int i = 0; !err && i < spec->nr_knobs; i++) {
		int k = 0;

		while (k < nr && strcmp(knobs[k].name, spec->knob[i].name))
			k++;
		if (k == nr)
			err = no_such_knob(spec, spec->knob[i].name, knobs, nr);
		else
			err = set_knob(spec, &spec->knob[i], &knobs[k], p);
	}
	if (nr >= 0)
		knobs_free(knobs, nr);
	return err;
}

int object_take(const struct policy_spec *spec, struct policy *p)
{
	int err = ops_find(spec, p);

	err = err ? err : ops_check(spec, p);
	return err ? err : set_knobs(spec, p);
}

int reader_parse(void *bytes)
{
	const struct bytes *b = bytes;
	struct policy p = { 0 };

	libbpf_set_print(NULL);
	p.obj = reader_object(b);
	if (!p.obj)
		return errno ? errno : EINVAL;
	if (bpf_object__btf(p.obj))
		object_take(b->spec, &p);
	bpf_object__close(p.obj);
	return 0;
}

int object_open(const struct policy_spec *spec, struct policy *p)
{
	int err = reader_open(spec, &p->obj);

	if (err)
		return err;
	if (!bpf_object__btf(p->obj))
		return log_err(-CAUSE_USAGE, "%s has no BTF: compile it with clang -g", spec->object);
	if (arena_is_lost(p->obj))
		return log_err(
			-CAUSE_CANT,
			"%s has variables in an arena beside many maps, which libbpf %s mixes up: install "
			"libbpf 1.7 or newer, or run the policy's own program, as 'cmd:...'",
			spec->object, libbpf_version_string());
	return object_take(spec, p);
}
