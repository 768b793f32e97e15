/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "policy/reset.h"
#include <bpf/bpf.h>
#include <errno.h>
#include <linux/types.h>
#include <stdlib.h>
#include <string.h>
#include "util/mem.h"

#define TRIES 3 /* a timer's function that runs meanwhile may write once more */

struct held {
	const struct bpf_map *map;
	const struct reset_kind *kind;
	uint32_t *index; /* of an array: of its elements */
	void *values;	 /* of an array: what they held */
};

/* What is done with a map of its type. */
struct reset_kind {
	enum bpf_map_type type;
	bool (*take)(struct held *h); /* NULL, or false: it can't be put back */
	void (*put_back)(const struct held *h);
	bool (*holds)(const struct held *h);
};

struct reset {
	const struct bpf_object *obj;
	struct held *map;
	unsigned nr;
	bool emptied; /* all storage was, at the last reset; no program has run since */
};

static size_t array_len(const struct bpf_map *map)
{
	size_t size = bpf_map__value_size(map);

	if (bpf_map__type(map) == BPF_MAP_TYPE_PERCPU_ARRAY)
		size = (size + 7) / 8 * 8 * (size_t)libbpf_num_possible_cpus();
	return size * bpf_map__max_entries(map);
}

static bool array_read(const struct held *h, void *values)
{
	uint32_t nr = bpf_map__max_entries(h->map), place;
	int err = bpf_map_lookup_batch(bpf_map__fd(h->map), NULL, &place, h->index, values, &nr, NULL);

	/* -ENOENT: that was the last element. */
	return (!err || err == -ENOENT) && nr == bpf_map__max_entries(h->map);
}

static bool array_take(struct held *h)
{
	h->index = mem_zalloc(bpf_map__max_entries(h->map), sizeof(*h->index));
	h->values = mem_zalloc(1, array_len(h->map));
	return array_read(h, h->values);
}

static void array_put_back(const struct held *h)
{
	uint32_t nr = bpf_map__max_entries(h->map);

	bpf_map_update_batch(bpf_map__fd(h->map), h->index, h->values, &nr, NULL);
}

static bool array_holds(const struct held *h)
{
	size_t len = array_len(h->map);
	void *now = mem_zalloc(1, len);
	bool holds = array_read(h, now) && !memcmp(now, h->values, len);

	free(now);
	return holds;
}

static bool table_first(const struct held *h, void *key)
{
	return !bpf_map__get_next_key(h->map, NULL, key, bpf_map__key_size(h->map));
}

static bool table_holds(const struct held *h)
{
	void *key = mem_zalloc(1, bpf_map__key_size(h->map));
	bool empty = !table_first(h, key);

	free(key);
	return empty;
}

static bool table_take(struct held *h)
{
	return table_holds(h);
}

static void table_put_back(const struct held *h)
{
	size_t size = bpf_map__key_size(h->map);
	void *key = mem_zalloc(1, size);

	while (table_first(h, key) && !bpf_map__delete_elem(h->map, key, size, 0))
		;
	free(key);
}

static int ring_drop(void *ctx, void *data, size_t len)
{
	(void)ctx, (void)data, (void)len;
	return 0;
}

/* How many bytes it had; drops them if asked to. */
static size_t ring_bytes(const struct held *h, bool drop)
{
	struct ring_buffer *ring = ring_buffer__new(bpf_map__fd(h->map), ring_drop, NULL, NULL);
	size_t bytes = ring ? ring__avail_data_size(ring_buffer__ring(ring, 0)) : 1;

	if (ring && drop)
		ring_buffer__consume(ring);
	ring_buffer__free(ring);
	return bytes;
}

static bool ring_holds(const struct held *h)
{
	return !ring_bytes(h, false);
}

static bool ring_take(struct held *h)
{
	return ring_holds(h);
}

static void ring_put_back(const struct held *h)
{
	ring_bytes(h, true);
}

static const struct reset_kind kinds[] = {
	{ BPF_MAP_TYPE_ARRAY, array_take, array_put_back, array_holds },
	{ BPF_MAP_TYPE_PERCPU_ARRAY, array_take, array_put_back, array_holds },
	{ BPF_MAP_TYPE_HASH, table_take, table_put_back, table_holds },
	{ BPF_MAP_TYPE_LPM_TRIE, table_take, table_put_back, table_holds },
	{ BPF_MAP_TYPE_RINGBUF, ring_take, ring_put_back, ring_holds },
};

static const struct reset_kind *kind_of(const struct bpf_map *map)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (kinds[i].type == bpf_map__type(map))
			return &kinds[i];
	return NULL;
}

static bool stays(const struct bpf_map *map)
{
	return bpf_map__type(map) == BPF_MAP_TYPE_STRUCT_OPS || bpf_map__map_flags(map) & BPF_F_RDONLY_PROG ||
	       bpf_map__fd(map) < 0;
}

static bool take_map(struct reset *s, const struct bpf_map *map)
{
	const struct reset_kind *kind = kind_of(map);

	if (stays(map) || storage_is_reached(bpf_map__type(map)))
		return true;
	if (!kind)
		return false;
	s->map = mem_grow(s->map, s->nr, sizeof(*s->map));
	s->map[s->nr] = (struct held){ .map = map, .kind = kind };
	return kind->take(&s->map[s->nr++]);
}

struct reset *reset_of(const struct bpf_object *obj)
{
	struct reset *s = mem_zalloc(1, sizeof(*s));
	const struct bpf_map *map;

	s->obj = obj;
	bpf_object__for_each_map (map, obj) {
		if (take_map(s, map))
			continue;
		reset_free(s);
		return NULL;
	}
	return s;
}

void reset_free(struct reset *s)
{
	for (unsigned i = 0; s && i < s->nr; i++) {
		free(s->map[i].index);
		free(s->map[i].values);
	}
	free(s ? s->map : NULL);
	free(s);
}

static const char *table_differs(const struct reset *s)
{
	for (unsigned i = 0; i < s->nr; i++)
		if (!s->map[i].kind->holds(&s->map[i]))
			return bpf_map__name(s->map[i].map);
	return NULL;
}

const char *reset_maps(struct reset *s)
{
	const char *differs = "";

	s->emptied = storage_empty(s->obj);
	for (int tries = 0; differs && tries < TRIES; tries++) {
		for (unsigned i = 0; i < s->nr; i++)
			s->map[i].kind->put_back(&s->map[i]);
		differs = table_differs(s);
	}
	return differs;
}

const char *reset_differs(struct reset *s)
{
	const char *differs = table_differs(s);
	const struct bpf_map *map = differs || s->emptied ? NULL : storage_in_use(s->obj);

	return map ? bpf_map__name(map) : differs;
}
