/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "life/probes.h"

#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include "util/cause.h"
#include "util/mem.h"

/* The part of its section's name after the slash. */
static const char *target_of(const struct bpf_program *prog)
{
	const char *slash = strchr(bpf_program__section_name(prog), '/');

	return slash ? slash + 1 : "";
}

bool probe_is_tracepoint(const struct bpf_program *prog)
{
	return !strncmp(bpf_program__section_name(prog), "tp_btf/", strlen("tp_btf/"));
}

bool probe_has_target(const struct btf *kernel, const struct bpf_program *prog)
{
	bool tracepoint = probe_is_tracepoint(prog);
	char *name = mem_printf("%s%s", tracepoint ? "btf_trace_" : "", target_of(prog));
	int id = -ENOENT;

	if (kernel)
		id = btf__find_by_name_kind(kernel, name, tracepoint ? BTF_KIND_TYPEDEF : BTF_KIND_FUNC);
	free(name);
	return id > 0;
}

/* One that user space calls watches nothing. */
static bool is_probe(const struct bpf_program *prog)
{
	return bpf_program__autoload(prog) && bpf_program__type(prog) != BPF_PROG_TYPE_SYSCALL;
}

int probes_check(struct bpf_object *obj, const struct btf *kernel, struct why *why)
{
	struct bpf_program *prog;

	if (!kernel)
		return why_set(why, -CAUSE_CANT, "this kernel has no BTF");
	bpf_object__for_each_program (prog, obj)
		if (is_probe(prog) && !probe_has_target(kernel, prog))
			return why_set(why, -CAUSE_CANT,
				       "this kernel has no function %s: what it does with tasks can be "
				       "watched on Linux 7.3",
				       target_of(prog));
	return 0;
}

const char *probes_refusal(int err)
{
	return err == EBUSY
		       ? "the kernel lets no program be attached there: it is in other use, or the kernel "
			 "lacks CONFIG_FUNCTION_TRACER"
		       : strerror(err);
}

int probes_attach(struct probes *p, struct bpf_object *obj, struct why *why)
{
	struct bpf_program *prog;

	if (p->nr)
		return 0;
	bpf_object__for_each_program (prog, obj) {
		if (!is_probe(prog))
			continue;
		p->link[p->nr] = bpf_program__attach(prog);
		if (!p->link[p->nr])
			return why_set(why, -CAUSE_CANT, "%s can't be watched: %s", target_of(prog),
				       probes_refusal(errno));
		p->nr++;
	}
	return 0;
}

void probes_detach(struct probes *p)
{
	while (p->nr)
		bpf_link__destroy(p->link[--p->nr]);
}

__u64 probes_missed(struct bpf_object *obj)
{
	struct bpf_program *prog;
	__u64 n = 0;

	bpf_object__for_each_program (prog, obj) {
		struct bpf_prog_info info = { 0 };
		__u32 len = sizeof(info);

		if (bpf_program__fd(prog) >= 0 &&
		    !bpf_prog_get_info_by_fd(bpf_program__fd(prog), &info, &len))
			n += info.recursion_misses;
	}
	return n;
}

bool probes_cost(const struct bpf_object *obj, struct probes_cost *sum)
{
	struct bpf_program *prog;
	bool read = true;

	bpf_object__for_each_program (prog, obj) {
		struct bpf_prog_info info = { 0 };
		__u32 len = sizeof(info);

		if (bpf_program__fd(prog) < 0)
			continue;
		read &= !bpf_prog_get_info_by_fd(bpf_program__fd(prog), &info, &len);
		sum->calls += info.run_cnt;
		sum->ns += info.run_time_ns;
	}
	return read;
}

/* As one block. */
int probes_clear_array(struct bpf_map *map)
{
	size_t page = sysconf(_SC_PAGESIZE), size = bpf_map__value_size(map) * bpf_map__max_entries(map);
	void *at;

	size = (size + page - 1) / page * page;
	at = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, bpf_map__fd(map), 0);
	if (at == MAP_FAILED)
		return -errno;
	memset(at, 0, size);
	munmap(at, size);
	return 0;
}

void probes_forget_tasks(struct bpf_map *map)
{
	__s32 tid;

	while (!bpf_map__get_next_key(map, NULL, &tid, sizeof(tid)) &&
	       !bpf_map__delete_elem(map, &tid, sizeof(tid), 0))
		;
}
