/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "policy/exit_watch.h"
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <stdlib.h>
#include <string.h>
#include "util/fs.h"
#include "util/home.h"
#include "util/mem.h"

struct exit_watch {
	struct bpf_object *obj;
	struct bpf_link *link;
	struct bpf_map *seen;
	__u32 *nr; /* of the object, mapped */
};

static bool load_watch(struct exit_watch *w)
{
	char *path = mem_printf("%s/harness/policy/exit_watch.bpf.o", home_dir());
	struct bpf_map *bss;
	size_t size;

	w->obj = fs_exists(path) ? bpf_object__open_file(path, NULL) : NULL;
	free(path);
	if (!w->obj || bpf_object__load(w->obj))
		return false;
	bss = bpf_object__find_map_by_name(w->obj, ".bss");
	w->seen = bpf_object__find_map_by_name(w->obj, "exit_seen");
	w->nr = bss ? bpf_map__initial_value(bss, &size) : NULL;
	w->link = bpf_program__attach(bpf_object__next_program(w->obj, NULL));
	return w->seen && w->nr && w->link;
}

struct exit_watch *exit_watch_begin(void)
{
	struct exit_watch *w = mem_zalloc(1, sizeof(*w));
	libbpf_print_fn_t print = libbpf_set_print(NULL);
	bool loaded = load_watch(w);

	libbpf_set_print(print);
	if (loaded)
		return w;
	exit_watch_end(w);
	return NULL;
}

void exit_watch_end(struct exit_watch *w)
{
	if (!w)
		return;
	bpf_link__destroy(w->link);
	bpf_object__close(w->obj);
	free(w);
}

void exit_watch_clear(struct exit_watch *w)
{
	struct exit_seen *none;

	if (!w)
		return;
	none = mem_zalloc(1, sizeof(*none));
	for (__u32 i = 0; i < EXIT_SEEN; i++)
		bpf_map__update_elem(w->seen, &i, sizeof(i), none, sizeof(*none), 0);
	*(volatile __u32 *)w->nr = 0;
	free(none);
}

bool exit_watch_find(const struct exit_watch *w, const char *ops, struct exit_seen *seen)
{
	__u32 nr = w ? *(volatile const __u32 *)w->nr : 0;

	for (__u32 i = 0; i < nr && i < EXIT_SEEN; i++)
		if (!bpf_map__lookup_elem(w->seen, &i, sizeof(i), seen, sizeof(*seen), 0) && seen->kind &&
		    (!*ops || !strncmp(seen->ops, ops, sizeof(seen->ops))))
			return true;
	return false;
}
