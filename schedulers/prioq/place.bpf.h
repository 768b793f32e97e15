/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What waits in a tree of prioq: a task's place, which struct task holds. */
#ifndef PRIOQ_PLACE_BPF_H
#define PRIOQ_PLACE_BPF_H

#define __contains(type, member) __attribute__((btf_decl_tag("contains:" #type ":" #member)))
/* With the hidden arguments that kernels before 7.3 want; later ones keep these names. */
#define make(type) ((type *)bpf_obj_new_impl(bpf_core_type_id_local(type), NULL))
#define hold(obj) ((typeof(obj))bpf_refcount_acquire_impl(obj, NULL))
#define drop(obj) bpf_obj_drop_impl(obj, NULL)

/*
 * A task's place in a tree, made once and kept as long as the task. Only who may touch the task changes
 * it, but queued, which says that it is in a tree, is also cleared by a pop, under the tree's lock.
 */
struct place {
	struct bpf_rb_node node;
	struct bpf_refcount ref;
	u64 key;
	s32 pid;
	u32 turn;    /* rises with each enqueue */
	bool inside; /* in custody: a pop must never see a place that isn't */
	u32 tree;
	bool queued; /* kept apart from inside: two stores merged into one would not verify */
};

#endif
