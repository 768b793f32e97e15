/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "policy/arena.h"
#include <errno.h>
#include <linux/bpf.h>
#include <sys/mman.h>
#include <unistd.h>
#include "util/self.h"

static struct bpf_map *next_arena(const struct bpf_object *obj, struct bpf_map *map)
{
	do
		map = bpf_object__next_map(obj, map);
	while (map && bpf_map__type(map) != BPF_MAP_TYPE_ARENA);
	return map;
}

/* Room in libbpf's array of so many maps: as libbpf_ensure_mem() makes it. */
static unsigned room_for(unsigned maps)
{
	unsigned room = 16;

	while (room < maps)
		room += room / 4;
	return room;
}

static bool has_variables(const struct bpf_object *obj)
{
	struct bpf_map *map = next_arena(obj, NULL);
	size_t size;

	return map && bpf_map__initial_value(map, &size);
}

/* The arena is noted when the declared maps are there, before those of sections and of ops. */
bool arena_is_lost(const struct bpf_object *obj)
{
	unsigned declared = 0, all = 0;
	struct bpf_map *map;

	if (libbpf_major_version() > 1 || libbpf_minor_version() >= 7 || !has_variables(obj))
		return false;
	bpf_object__for_each_map (map, obj) {
		all++;
		declared += !bpf_map__is_internal(map) && bpf_map__type(map) != BPF_MAP_TYPE_STRUCT_OPS;
	}
	return all > room_for(declared);
}

int arena_load(struct bpf_object *obj)
{
	struct bpf_map *map = next_arena(obj, NULL);
	int err;

	if (!map)
		return bpf_object__load(obj);
	self_lock_pause();
	err = bpf_object__load(obj);
	for (; !err && map; map = next_arena(obj, map)) {
		size_t data; /* only of its globals */
		void *pages = bpf_map__initial_value(map, &data);

		if (pages &&
		    mmap(pages, (size_t)bpf_map__max_entries(map) * getpagesize(), PROT_NONE,
			 MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED | MAP_NORESERVE, -1, 0) == MAP_FAILED)
			err = -errno;
	}
	self_lock_go_on();
	return err;
}
