/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An arena with a variable in it. arena_many.bpf.c has so many maps beside it that libbpf moves them. */
#include <vmlinux.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

char _license[] SEC("license") = "GPL";

struct {
	__uint(type, BPF_MAP_TYPE_ARENA);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 1 << 4); /* pages */
} arena SEC(".maps");

#ifdef MANY
#define MAP(name)                                 \
	struct {                                  \
		__uint(type, BPF_MAP_TYPE_ARRAY); \
		__uint(max_entries, 1);           \
		__type(key, u32);                 \
		__type(value, u64);               \
	} name SEC(".maps")
MAP(map1);
MAP(map2);
MAP(map3);
MAP(map4);
MAP(map5);
MAP(map6);
MAP(map7);
MAP(map8);
MAP(map9);
MAP(map10);
MAP(map11);
MAP(map12);
MAP(map13);
MAP(map14);
MAP(map15);
#endif

u64 __attribute__((address_space(1))) calls;

SEC("struct_ops/arena_enqueue")
void BPF_PROG(arena_enqueue, struct task_struct *p, u64 enq_flags)
{
	void *used = &arena;

	asm volatile("" ::"r"(used));
	calls++;
	scx_bpf_dsq_insert(p, SCX_DSQ_GLOBAL, SCX_SLICE_DFL, enq_flags);
}

SEC(".struct_ops.link")
struct sched_ext_ops arena_ops = {
	.enqueue = (void *)arena_enqueue,
	.name = "form_arena",
};
