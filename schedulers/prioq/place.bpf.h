/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What waits in a tree of prioq: the place of a task, which struct task holds. */
#ifndef PRIOQ_PLACE_BPF_H
#define PRIOQ_PLACE_BPF_H

#define __contains(type, member) __attribute__((btf_decl_tag("contains:" #type ":" #member)))
/* With the hidden arguments that kernels before 7.3 need; later ones keep these names. */
#define make(type) ((type *)bpf_obj_new_impl(bpf_core_type_id_local(type), NULL))
#define hold(obj) ((typeof(obj))bpf_refcount_acquire_impl(obj, NULL))
#define drop(obj) bpf_obj_drop_impl(obj, NULL)

/*
 * A task's place in a tree, made once and kept as long as the task. It is only changed where the task may be
 * touched, except that a pop also clears queued, which says that it is in a tree, under the tree's lock.
 */
struct place {
	struct bpf_rb_node node;
	struct bpf_refcount ref;
	u64 key;
	s32 pid;
	u32 turn;    /* rises with each enqueue */
	bool inside; /* in custody: a pop must never find a place that is not */
	u32 tree;
	bool queued; /* apart from inside: two stores merged into one would not verify */
};

#endif
