/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "monitor/monitor_prog.h"

#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "util/cause.h"
#include "util/log.h"
#include "util/mem.h"

#define CHUNK (64 * 1024)

struct monitor_prog {
	struct bpf_object *obj;
	struct bpf_link *tasks;
	struct ring_buffer *ring;
	struct mon_task *queue; /* what was read from the ring */
	int nr_queue;
};

/* The member by which a policy sorts its BPF-side queue is called "key" (prioq). */
static __u32 offset_of_key(const struct btf *btf, __u32 value_type)
{
	const struct btf_type *t = btf__type_by_id(btf, value_type);

	for (int i = 0; t && btf_is_struct(t) && i < btf_vlen(t); i++) {
		const struct btf_member *m = btf_members(t) + i;

		if (!strcmp(btf__name_by_offset(btf, m->name_off), "key") &&
		    btf__resolve_size(btf, m->type) == 8)
			return btf_member_bit_offset(t, i) / 8;
	}
	return 0;
}

static __u32 key_at(int ledger)
{
	struct bpf_map_info info = { 0 };
	__u32 len = sizeof(info), at;
	struct btf *btf;

	if (bpf_map_get_info_by_fd(ledger, &info, &len))
		return 0;
	btf = btf__load_from_kernel_by_id(info.btf_id);
	at = btf ? offset_of_key(btf, info.btf_value_type_id) : 0;
	btf__free(btf);
	return at;
}

/* The layout of .rodata in monitor.bpf.c. */
struct constants {
	__u32 ledger, key_at;
};

static int monitor_prog_prepare(struct monitor_prog *p, const struct monitor_setup *setup, int ledger,
				bool counted)
{
	struct bpf_map *tasks = bpf_object__find_map_by_name(p->obj, "scxb_tasks");
	struct bpf_map *rodata = bpf_object__find_map_by_name(p->obj, ".rodata");
	size_t len;
	struct constants *c = rodata ? bpf_map__initial_value(rodata, &len) : NULL;

	if (!c || len != sizeof(*c))
		return -EINVAL;
	bpf_program__set_autoload(bpf_object__find_program_by_name(p->obj, "mon_queue"), setup->queues);
	bpf_map__set_autocreate(bpf_object__find_map_by_name(p->obj, "mon_ring"), setup->queues);
	bpf_map__set_autocreate(tasks, false);
	*c = (struct constants){ counted ? MON_LEDGER_IN_TASK : MON_LEDGER_NONE, 0 };
	if (ledger < 0)
		return 0;
	*c = (struct constants){ MON_LEDGER_IN_STORAGE, key_at(ledger) };
	bpf_map__set_autocreate(tasks, true);
	return bpf_map__reuse_fd(tasks, ledger);
}

static int monitor_prog_keep(void *ctx, void *data, size_t len)
{
	struct monitor_prog *p = ctx;

	if (len < sizeof(*p->queue))
		return 0;
	p->queue = mem_grow(p->queue, p->nr_queue, sizeof(*p->queue));
	memcpy(&p->queue[p->nr_queue++], data, sizeof(*p->queue));
	return 0;
}

static int monitor_prog_begin(struct monitor_prog *p, const struct monitor_setup *setup)
{
	int err = bpf_object__load(p->obj);

	if (err)
		return err;
	p->tasks = bpf_program__attach_iter(bpf_object__find_program_by_name(p->obj, "mon_tasks"), NULL);
	if (!p->tasks)
		return -errno;
	if (!setup->queues)
		return 0;
	p->ring = ring_buffer__new(bpf_object__find_map_fd_by_name(p->obj, "mon_ring"), monitor_prog_keep, p,
				   NULL);
	return p->ring ? 0 : -errno;
}

int monitor_prog_load(const struct monitor_setup *setup, int ledger, bool counted, struct monitor_prog **out)
{
	struct monitor_prog *p = mem_zalloc(1, sizeof(*p));
	int err;

	p->obj = bpf_object__open_file(setup->object, NULL);
	if (!p->obj) {
		free(p);
		return log_err(-CAUSE_CANT, "%s can't be opened: run 'make build'", setup->object);
	}
	err = monitor_prog_prepare(p, setup, ledger, counted);
	if (!err)
		err = monitor_prog_begin(p, setup);
	if (err) {
		monitor_prog_free(p);
		return log_err(-CAUSE_CANT, "this kernel refuses to list its tasks: %s", strerror(-err));
	}
	*out = p;
	return 0;
}

void monitor_prog_free(struct monitor_prog *p)
{
	if (!p)
		return;
	ring_buffer__free(p->ring);
	bpf_link__destroy(p->tasks);
	bpf_object__close(p->obj);
	free(p->queue);
	free(p);
}

/* A read may end within a record. */
int monitor_prog_tasks(struct monitor_prog *p, struct mon_task **task, size_t *nr)
{
	int fd = bpf_iter_create(bpf_link__fd(p->tasks));
	char *bytes = NULL;
	size_t len = 0;
	ssize_t n = fd < 0 ? -1 : 1;

	while (n > 0 || (n < 0 && fd >= 0 && (errno == EAGAIN || errno == EINTR))) {
		bytes = mem_resize(bytes, len + CHUNK);
		n = read(fd, bytes + len, CHUNK);
		len += n > 0 ? n : 0;
	}
	if (n < 0)
		n = log_err(-errno, "the kernel's tasks can't be read: %m");
	if (fd >= 0)
		close(fd);
	*task = (void *)bytes;
	*nr = len / sizeof(**task);
	return n;
}

int monitor_prog_queue(struct monitor_prog *p, uint64_t dsq, struct mon_task **task, uint64_t *lost)
{
	int fd = bpf_program__fd(bpf_object__find_program_by_name(p->obj, "mon_queue")), err;
	struct mon_ask ask = { .dsq = dsq };
	LIBBPF_OPTS(bpf_test_run_opts, opts, .ctx_in = &ask, .ctx_size_in = sizeof(ask));

	err = bpf_prog_test_run_opts(fd, &opts);
	if (err)
		return log_err(err, "DSQ %#llx can't be read: %s", (unsigned long long)dsq, strerror(-err));
	ring_buffer__consume(p->ring);
	*task = p->queue;
	*lost = ask.lost;
	err = p->nr_queue;
	p->queue = NULL;
	p->nr_queue = 0;
	return err;
}
