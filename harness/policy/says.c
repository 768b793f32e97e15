/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "policy/says.h"
#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <string.h>
#include <unistd.h>
#include "policy/find.h"
#include "policy/object.h"
#include "util/mem.h"

/* What follows this in a tag, or NULL: no tag begins like that. */
static const char *tag_of(const struct btf *btf, const char *begin)
{
	for (__u32 id = 1; btf && id < btf__type_cnt(btf); id++) {
		const struct btf_type *t = btf__type_by_id(btf, id);
		const char *name = btf_is_decl_tag(t) ? btf__name_by_offset(btf, t->name_off) : "";

		if (!strncmp(name, begin, strlen(begin)))
			return name + strlen(begin);
	}
	return NULL;
}

const char *says_of_btf(const struct btf *btf)
{
	return tag_of(btf, "scxb:says:");
}

bool by_name_of_btf(const struct btf *btf)
{
	return tag_of(btf, "scxb:by-name");
}

static char *copy_of(const struct btf *btf)
{
	const char *says = says_of_btf(btf);

	return says ? mem_strdup(says) : NULL;
}

char *policy_says(const struct policy_spec *spec)
{
	struct policy p = { 0 };
	const struct btf *btf = object_open(spec, &p) ? NULL : bpf_object__btf(p.obj);
	const char *says = says_of_btf(btf);
	char *text = says ? mem_printf("%s%s", says,
				       by_name_of_btf(btf) ? " A bench takes it only where it is named." : "")
			  : NULL;

	bpf_object__close(p.obj);
	return text;
}

int policy_by_name(const struct policy_spec *spec, bool *by_name)
{
	struct policy p = { 0 };
	int err = object_open(spec, &p);

	*by_name = !err && by_name_of_btf(bpf_object__btf(p.obj));
	bpf_object__close(p.obj);
	return err;
}

char *find_says(const struct found *f)
{
	struct bpf_prog_info info = { 0 };
	__u32 len = sizeof(info);
	int fd = f->nr_ops ? bpf_prog_get_fd_by_id(f->op[0]) : -1;
	struct btf *btf;
	char *says;

	if (fd < 0)
		return NULL;
	btf = bpf_prog_get_info_by_fd(fd, &info, &len) ? NULL : btf__load_from_kernel_by_id(info.btf_id);
	close(fd);
	says = copy_of(btf);
	btf__free(btf);
	return says;
}
