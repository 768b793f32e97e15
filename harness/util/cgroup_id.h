/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A cgroup's id, which the kernel never uses twice, and its path below the cgroup root. */
#pragma once
#include <stdint.h>

/* path: with or without the root before it. 0 when there is no such cgroup. */
uint64_t cgroup_id_of(const char *path);
/* The caller's to free; NULL when the cgroup no longer exists. */
char *cgroup_path_of(uint64_t id);
