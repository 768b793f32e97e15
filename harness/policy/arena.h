/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#include <bpf/libbpf.h>

/*
 * Loads the object. Its arenas are not accessible here afterwards, nor in the holder: locked memory would
 * fill them, whether it is locked before or after, and leave the policy and the kernel (which allocates there
 * for a cid-form policy) no page. 0 or a negative errno.
 */
int arena_load(struct bpf_object *obj);
