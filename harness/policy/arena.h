/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#include <bpf/libbpf.h>
#include <stdbool.h>

/*
 * Loads the object. Its arenas are not accessible here afterwards, nor in the holder: locked memory would
 * fill them, whether it is locked before or after, and leave the policy and the kernel (which allocates there
 * for a cid-form policy) no page. 0 or a negative errno.
 */
int arena_load(struct bpf_object *obj);
/*
 * libbpf before 1.7 keeps a pointer to the arena in its array of maps, which moves as it grows, and by which
 * it finds the variables of the arena: it then crashes, or writes another map's number into the programs.
 * True for an object for which the array grows after that, with this libbpf.
 */
bool arena_is_lost(const struct bpf_object *obj);
