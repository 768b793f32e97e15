/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#include <bpf/libbpf.h>

/*
 * Loads the object. Its arenas are mapped here, but neither locked nor mapped in the holder: both would fill
 * them, and leave the policy and the kernel (which allocates there for a cid-form policy) no page. Returns
 * what libbpf does.
 */
int arena_load(struct bpf_object *obj);
