/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The attached policy's program and map: is a task in custody now; requests to re-enqueue all tasks. */
#include <bpf/bpf.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include "policy/find_op.h"
#include "policy/policy.h"
#include "storm.h"

#define TRIES 16
#define CONTROL ".data.control"
#define CUSTODY_IN 2 /* what the policy's program answers for a thread that waits in its custody */

static int state_of = -1;
static uint64_t *control;

/* By its name and, where btf is not 0, by its object: what was loaded together has one BTF. */
struct wanted {
	const char *name;
	uint32_t btf;
};

static bool is_map(int fd, const struct wanted *w)
{
	struct bpf_map_info info = { 0 };
	uint32_t len = sizeof(info);

	return !bpf_map_get_info_by_fd(fd, &info, &len) && !strcmp(info.name, w->name) &&
	       (!w->btf || info.btf_id == w->btf);
}

static bool is_prog(int fd, const struct wanted *w)
{
	struct bpf_prog_info info = { 0 };
	uint32_t len = sizeof(info);

	return !bpf_prog_get_info_by_fd(fd, &info, &len) && !strcmp(info.name, w->name) &&
	       (!w->btf || info.btf_id == w->btf);
}

struct seek {
	int (*next)(uint32_t id, uint32_t *next_id);
	int (*open)(uint32_t id);
	bool (*fits)(int fd, const struct wanted *w);
};

static const struct seek maps = { bpf_map_get_next_id, bpf_map_get_fd_by_id, is_map },
			 progs = { bpf_prog_get_next_id, bpf_prog_get_fd_by_id, is_prog };

/* A descriptor; -1: there is none. */
static int find_first(const struct seek *seek, const struct wanted *w)
{
	uint32_t id = 0;

	while (!seek->next(id, &id)) {
		int fd = seek->open(id);

		if (fd < 0)
			continue;
		if (seek->fits(fd, w))
			return fd;
		close(fd);
	}
	return -1;
}

/* The BTF of the attached policy, whose enqueue is one of its programs. 0: there is none. */
static uint32_t attached_btf(void)
{
	struct bpf_prog_info info = { 0 };
	uint32_t len = sizeof(info);
	struct scx_state scx;
	int op;

	scx_state_read(&scx);
	op = find_op(scx.ops, "enqueue");
	if (op < 0)
		return 0;
	if (bpf_prog_get_info_by_fd(op, &info, &len))
		info.btf_id = 0;
	close(op);
	return info.btf_id;
}

/* Others of the same name may be loaded, but not attached. */
static int find_of_policy(const struct seek *seek, const char *name)
{
	struct wanted w = { name, attached_btf() };

	return w.btf ? find_first(seek, &w) : -1;
}

void watch_begin(void)
{
	/* That of an audit knows the tasks of any policy, and names have 15 letters in the kernel. */
	state_of = find_first(&progs, &(struct wanted){ "outside_state_o", 0 });
	if (state_of < 0)
		state_of = find_of_policy(&progs, "scxb_state_of");
}

bool watch_custody_known(void)
{
	return state_of >= 0;
}

bool watch_in_custody(const struct target *t)
{
	int32_t tid = t->tid;
	LIBBPF_OPTS(bpf_test_run_opts, run, .ctx_in = &tid, .ctx_size_in = sizeof(tid));

	return state_of >= 0 && !bpf_prog_test_run_opts(state_of, &run) && run.retval == CUSTODY_IN;
}

struct target *watch_pick(struct storm *s, uint64_t who, enum outcome *outcome)
{
	int tries = s->nr_targets < TRIES ? s->nr_targets : TRIES;

	*outcome = CAUGHT;
	for (int i = 0; i < tries && state_of >= 0; i++) {
		struct target *t = &s->target[(who + i) % s->nr_targets];

		if (watch_in_custody(t))
			return t;
	}
	*outcome = DONE;
	return &s->target[who % s->nr_targets];
}

const char *reenq_begin(struct storm *s)
{
	int fd = find_of_policy(&maps, CONTROL);

	(void)s;
	if (fd < 0)
		return "the policy has no map " CONTROL " for requests";
	control = mmap(NULL, sizeof(*control), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	close(fd);
	return control == MAP_FAILED ? "the policy's map " CONTROL " can't be mapped" : NULL;
}

enum outcome reenq_change(struct storm *s, struct draw draw)
{
	enum outcome outcome;

	watch_pick(s, draw.who, &outcome);
	__atomic_fetch_add(control, 1, __ATOMIC_RELAXED);
	return outcome;
}
