/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <bpf/libbpf.h>
#include <linux/types.h>
#include "policy/policy.h"
#include "policy/reader.h"
#include "stats_abi.h"
#include "custody_abi.h"

bool policy_is_foreign(const struct policy_spec *spec)
{
	struct bpf_object *obj = NULL;
	struct bpf_map *map;
	bool foreign;

	if (spec->kind != POLICY_BPF)
		return spec->kind == POLICY_CMD;
	map = !reader_open(spec, &obj) ? bpf_object__find_map_by_name(obj, "scxb_cpu") : NULL;
	foreign = !map || bpf_map__value_size(map) != sizeof(struct scxb_cpu);
	bpf_object__close(obj);
	return foreign;
}
