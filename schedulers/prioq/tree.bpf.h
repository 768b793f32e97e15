/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The trees in which the tasks of prioq wait: push a task, pull a given one, pop the first. */
#ifndef PRIOQ_TREE_BPF_H
#define PRIOQ_TREE_BPF_H

#define NOBODY (~0ULL)
#define ANYWHERE scxb_nr_cpus

struct tree {
	struct bpf_spin_lock lock;
	u32 nr;
	struct bpf_rb_root root __contains(place, node);
} __attribute__((aligned(64)));

/* One per CPU for tasks bound to some CPUs, and the last one for all other tasks. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, u32);
	__type(value, struct tree);
} scxb_trees SEC(".maps");

static bool key_less(struct bpf_rb_node *a, const struct bpf_rb_node *b)
{
	struct place *pa = container_of(a, struct place, node);
	const struct place *pb = container_of(b, struct place, node);

	return scxb_before(pa->key, pb->key);
}

static struct tree *tree_of(u32 nr)
{
	return bpf_map_lookup_elem(&scxb_trees, &nr);
}

static bool push(struct task *t, struct task_struct *p, u32 nr)
{
	struct tree *tree = tree_of(nr);
	struct place *place = t->place;

	if (tree && place)
		place = hold(place);
	else
		place = NULL;
	if (!place)
		return false;
	if (scxb_detail)
		scxb_note_depth(tree->nr);
	place->key = t->key;
	place->pid = p->pid;
	place->tree = nr;
	place->turn++;
	place->inside = true;
	place->queued = true;
	bpf_spin_lock(&tree->lock);
	if (!bpf_rbtree_add_impl(&tree->root, &place->node, key_less, NULL, 0))
		tree->nr++;
	bpf_spin_unlock(&tree->lock);
	return true;
}

/* Takes a task out of its tree; false when it is not there because a pop has it. */
static bool pull(struct task *t)
{
	struct place *place = t->place;
	struct bpf_rb_node *node;
	struct tree *tree;

	if (!place || !place->queued)
		return false;
	tree = tree_of(place->tree);
	if (!tree)
		return false;
	place = hold(place);
	if (!place)
		return false;
	bpf_spin_lock(&tree->lock);
	node = bpf_rbtree_remove(&tree->root, &place->node);
	if (node) {
		tree->nr--;
		place->queued = false;
	}
	bpf_spin_unlock(&tree->lock);
	if (node)
		drop(container_of(node, struct place, node));
	drop(place);
	return node;
}

/* The first key of a tree. The lock is only taken when the tree is not empty, which is rare. */
static u64 first_key(struct tree *tree)
{
	struct bpf_rb_node *node;
	u64 key = NOBODY;

	if (!*(volatile u32 *)&tree->nr)
		return key;
	bpf_spin_lock(&tree->lock);
	node = bpf_rbtree_first(&tree->root);
	if (node)
		key = container_of(node, struct place, node)->key;
	bpf_spin_unlock(&tree->lock);
	return key;
}

/* Takes the first task out of a tree and returns its pid, 0 when there is none. *inside as its place has it.
 */
static s32 pop(struct tree *tree, bool *inside, u32 *turn)
{
	struct bpf_rb_node *node;
	struct place *place;
	s32 pid;

	bpf_spin_lock(&tree->lock);
	node = bpf_rbtree_first(&tree->root);
	if (node)
		node = bpf_rbtree_remove(&tree->root, node);
	if (!node) {
		bpf_spin_unlock(&tree->lock);
		return 0;
	}
	tree->nr--;
	place = container_of(node, struct place, node);
	pid = place->pid;
	*inside = place->inside;
	*turn = place->turn;
	place->queued = false;
	bpf_spin_unlock(&tree->lock);
	drop(place);
	return pid;
}

#endif
