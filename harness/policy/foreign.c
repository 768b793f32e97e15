/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <bpf/libbpf.h>
#include <linux/types.h>
#include "policy/object.h"
#include "policy/reader.h"
#include "stats_abi.h"
#include "custody_abi.h"

bool object_is_foreign(const struct bpf_object *obj)
{
	struct bpf_map *map = bpf_object__find_map_by_name(obj, SCXB_COUNTERS_MAP);

	return !map || bpf_map__value_size(map) % sizeof(struct scxb_cpu); /* one of them, or of each CPU */
}

bool policy_is_foreign(const struct policy_spec *spec)
{
	struct bpf_object *obj = NULL;
	bool foreign;

	if (spec->kind != POLICY_BPF)
		return spec->kind == POLICY_CMD;
	foreign = reader_open(spec, &obj) || object_is_foreign(obj);
	bpf_object__close(obj);
	return foreign;
}
