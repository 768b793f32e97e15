/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "policy/others.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "util/log.h"
#include "util/mem.h"

static bool is_other(const struct bpf_program *prog)
{
	enum bpf_prog_type type = bpf_program__type(prog);

	return type != BPF_PROG_TYPE_STRUCT_OPS && type != BPF_PROG_TYPE_SYSCALL &&
	       bpf_program__fd(prog) >= 0 && bpf_program__autoattach(prog);
}

int others_attach(struct policy *p)
{
	struct bpf_program *prog;

	bpf_object__for_each_program (prog, p->obj) {
		struct bpf_link *link = is_other(prog) ? bpf_program__attach(prog) : NULL;

		/* Not supported: its section doesn't say where. */
		if (!link && is_other(prog) && errno != EOPNOTSUPP)
			return log_err(-errno, "policy %s: its program %s can't be attached: %m", p->name,
				       bpf_program__name(prog));
		if (!link)
			continue;
		p->other = mem_grow(p->other, (size_t)p->nr_others, sizeof(struct bpf_link *));
		p->other[p->nr_others++] = link;
	}
	return 0;
}

void others_detach(struct policy *p)
{
	for (int i = 0; i < p->nr_others; i++)
		bpf_link__destroy(p->other[i]);
	free(p->other);
	p->other = NULL;
	p->nr_others = 0;
}
