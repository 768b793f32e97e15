/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * own OBJECT	the own program of header.bpf.c: gives its constants their values, as the macros of the
 * kernel's header do, attaches it, and detaches it at SIGINT. It uses nothing of scxbench, which must come to
 * the same.
 */
#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static struct bpf_object *object;

static void set_value(const char *name, uint64_t value)
{
	struct btf *btf = bpf_object__btf(object);
	const struct btf_type *sec =
		btf__type_by_id(btf, btf__find_by_name_kind(btf, ".rodata", BTF_KIND_DATASEC));
	size_t len;
	char *data = bpf_map__initial_value(bpf_object__find_map_by_name(object, ".rodata"), &len);

	for (int i = 0; i < btf_vlen(sec); i++) {
		const struct btf_var_secinfo *v = &btf_var_secinfos(sec)[i];

		if (!strcmp(btf__name_by_offset(btf, btf__type_by_id(btf, v->type)->name_off), name))
			memcpy(data + v->offset, &value, v->size);
	}
}

static uint64_t enumerator(const char *type, const char *name)
{
	struct btf *btf = btf__load_vmlinux_btf();
	const struct btf_type *t = btf__type_by_id(btf, btf__find_by_name(btf, type));

	for (int i = 0; i < btf_vlen(t); i++)
		if (btf_is_enum64(t) && !strcmp(btf__name_by_offset(btf, btf_enum64(t)[i].name_off), name))
			return btf_enum64_value(&btf_enum64(t)[i]);
	return 0;
}

int main(int argc, char **argv)
{
	struct bpf_link *link;
	sigset_t set;
	int sig;

	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigprocmask(SIG_BLOCK, &set, NULL);
	object = argc == 2 ? bpf_object__open(argv[1]) : NULL;
	if (!object)
		return 2;
	set_value("__SCX_DSQ_GLOBAL", enumerator("scx_dsq_id_flags", "SCX_DSQ_GLOBAL"));
	set_value("__SCX_SLICE_DFL", enumerator("scx_public_consts", "SCX_SLICE_DFL"));
	if (bpf_object__load(object) ||
	    !bpf_program__attach(bpf_object__find_program_by_name(object, "header_switch")))
		return 1;
	link = bpf_map__attach_struct_ops(bpf_object__find_map_by_name(object, "header_ops"));
	if (!link)
		return 1;
	sigwait(&set, &sig);
	return bpf_link__destroy(link);
}
