/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the programs of a loaded object do with its globals, and with its maps. */
#pragma once
#include <bpf/libbpf.h>
#include <stddef.h>

struct span {
	unsigned offset, size;
};

enum use {
	USE_NONE,
	USE_READ,
	USE_CHECKED /* it is compared with 0 somewhere: the policy knows that it may be 0 */
};

/*
 * Pure: of the global at this offset of the map that the instructions know by its descriptor. Whatever takes
 * its address counts as reading.
 */
enum use code_use(const struct bpf_insn *insn, size_t nr, int map_fd, unsigned offset);

/* What becomes of a global. */
enum touch {
	TOUCH_NONE,
	TOUCH_READ, /* it is only read, and so keeps the value that user space gave it */
	TOUCH_OTHER /* it is written, or its address goes elsewhere */
};

/* Pure: of the global from this offset of the map on, of that size. */
enum touch code_touch(const struct bpf_insn *insn, size_t nr, int map_fd, struct span span);
/* Both of all programs that are loaded. */
enum touch object_touch(const struct bpf_object *obj, const struct bpf_map *map, struct span span);
enum use object_use(const struct bpf_object *obj, const struct bpf_map *map, unsigned offset);
/* Is the map used at all? Not for the maps of globals. */
bool object_uses_map(const struct bpf_object *obj, const struct bpf_map *map);
