/* SPDX-License-Identifier: GPL-2.0-or-later */
/* It pins a map, and refuses to come in where the map is another one's: it was used before. */
#include <vmlinux.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

char _license[] SEC("license") = "GPL";

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, u64);
	__uint(pinning, LIBBPF_PIN_BY_NAME);
} form_shared SEC(".maps");

SEC("struct_ops.s/form_init")
s32 BPF_PROG(form_init)
{
	u32 only = 0;
	u64 *used = bpf_map_lookup_elem(&form_shared, &only);

	return used && !(*used)++ ? 0 : -17;
}

SEC(".struct_ops.link")
struct sched_ext_ops form_ops = {
	.init = (void *)form_init,
	.name = "form_pins",
};
