/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Inside policy/ only: what the maps of a policy held right after its load, and back to that. So what was
 * loaded once can be attached again as if it were loaded for that.
 *
 * Arrays get their elements back, which frees and cancels what the elements own (timers, trees, references);
 * hash tables, ring buffers and the storage of tasks and cgroups become empty. Maps that no program can write
 * to stay. Only while the policy is not attached.
 */
#pragma once
#include <bpf/libbpf.h>

struct reset;

/* NULL: one of the maps is of a kind that can't be put back. obj is loaded, and outlives the result. */
struct reset *reset_of(const struct bpf_object *obj);
void reset_free(struct reset *s);
/* Puts the maps back. The name of one that holds something else even then, or NULL. */
const char *reset_maps(struct reset *s);
/* After a reset, before the next attach: the name of a map that does not hold what it held, or NULL. */
const char *reset_differs(struct reset *s);

/*
 * reset_storage.c: the storage of tasks and cgroups. They can be reached only one by one, from where all of
 * them are seen: a container shows a part.
 */
bool storage_is_reached(enum bpf_map_type type);
/*
 * True: all of it is empty, for as many threads were reached as there are. They come and go, and those that
 * come have none, so false means that it must be looked at again (storage_in_use()).
 */
bool storage_empty(const struct bpf_object *obj);
/* A map in which a task or cgroup still has something, or NULL. */
const struct bpf_map *storage_in_use(const struct bpf_object *obj);
