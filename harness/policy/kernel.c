/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "policy/kernel.h"

#include <bpf/btf.h>
#include <errno.h>
#include <string.h>
#include "util/fs.h"
#include "util/mem.h"

struct btf *kernel_btf(void)
{
	return btf__parse(fs_sys("/sys/kernel/btf/vmlinux"), NULL);
}

/* The kfunc's last parameter, or "". */
static const char *last_param(const struct btf *btf, const char *kfunc)
{
	int id = btf__find_by_name_kind(btf, kfunc, BTF_KIND_FUNC);
	const struct btf_type *proto;

	if (id < 0)
		return "";
	proto = btf__type_by_id(btf, btf__type_by_id(btf, id)->type);
	if (!btf_vlen(proto))
		return "";
	return btf__name_by_offset(btf, btf_params(proto)[btf_vlen(proto) - 1].name_off);
}

bool kernel_btf_is_unsound(void)
{
	struct btf *btf = kernel_btf();
	bool unsound = btf && !strcmp(last_param(btf, "scx_bpf_create_dsq"), "aux");

	btf__free(btf);
	return unsound;
}

static bool has_flag(const struct btf *btf, const struct btf_type *t, const char *name)
{
	for (int i = 0; i < btf_vlen(t); i++) {
		__u32 off = btf_is_enum64(t) ? btf_enum64(t)[i].name_off : btf_enum(t)[i].name_off;

		if (!strcmp(btf__name_by_offset(btf, off), name))
			return true;
	}
	return false;
}

static bool has_change_flag(void)
{
	struct btf *btf = kernel_btf();
	int id = btf ? btf__find_by_name(btf, "scx_deq_flags") : -ENOENT;
	const struct btf_type *t = id < 0 ? NULL : btf__type_by_id(btf, id);
	bool exact = t && btf_is_any_enum(t) && has_flag(btf, t, "SCX_DEQ_SCHED_CHANGE");

	btf__free(btf);
	return exact;
}

/* Asked at each sample, and parsing the kernel's BTF takes longer than all else there is to do then. */
bool kernel_custody_is_exact(void)
{
	static enum { UNKNOWN, NO, YES } exact;

	if (!exact)
		exact = has_change_flag() ? YES : NO;
	return exact == YES;
}

char *kernel_name(const char *name)
{
	const char *flavour = NULL;

	for (const char *at = name; *name && (at = strstr(at + 1, "___"));)
		flavour = at;
	return mem_printf("%.*s", (int)(flavour ? flavour - name : (long)strlen(name)), name);
}

static bool kernel_has(const char *name, __u32 kind)
{
	struct btf *btf = kernel_btf();
	bool has = btf && btf__find_by_name_kind(btf, name, kind) > 0;

	btf__free(btf);
	return has;
}

bool kernel_has_function(const char *name)
{
	return kernel_has(name, BTF_KIND_FUNC);
}

bool kernel_has_struct(const char *name)
{
	return kernel_has(name, BTF_KIND_STRUCT);
}

bool kernel_has_member(const char *type, const char *member)
{
	struct btf *btf = kernel_btf();
	int id = btf ? btf__find_by_name_kind(btf, type, BTF_KIND_STRUCT) : -ENOENT;
	const struct btf_type *t = id < 0 ? NULL : btf__type_by_id(btf, id);
	bool has = false;

	for (int i = 0; t && !has && i < btf_vlen(t); i++)
		has = !strcmp(btf__name_by_offset(btf, btf_members(t)[i].name_off), member);
	btf__free(btf);
	return has;
}
