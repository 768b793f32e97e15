/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The programs of a BPF object that watch functions and tracepoints of the kernel: each names its target in
 * its section, as "fentry/FUNCTION" and the like.
 */
#pragma once
#include <linux/types.h>
#include <stdbool.h>
#include "util/why.h"

#define PROBES_MAX 32

struct bpf_map;
struct bpf_object;
struct bpf_program;
struct btf;

struct probes {
	struct bpf_link *link[PROBES_MAX];
	int nr;
};

bool probe_is_tracepoint(const struct bpf_program *prog);
/* kernel: its BTF; NULL: it has none. */
bool probe_has_target(const struct btf *kernel, const struct bpf_program *prog);
/* Before load: -CAUSE_CANT, and why, if the kernel lacks the target of a program that would be loaded. */
int probes_check(struct bpf_object *obj, const struct btf *kernel, struct why *why);
/* Attaches all programs that were loaded, if they are not: -CAUSE_CANT, and why. */
int probes_attach(struct probes *p, struct bpf_object *obj, struct why *why);
void probes_detach(struct probes *p);
/* Why a program was not attached, in words. */
const char *probes_refusal(int err);
/* Calls that the kernel kept from the programs since they were loaded. */
__u64 probes_missed(struct bpf_object *obj);
/* Of the programs since they were loaded, while the kernel's BPF run-time statistics were on. */
struct probes_cost {
	__u64 calls, ns;
};
/* Adds that of all programs that were loaded; false: one can't be read. */
bool probes_cost(const struct bpf_object *obj, struct probes_cost *sum);

/* All entries of an array that user space can map become 0. Negative errno. */
int probes_clear_array(struct bpf_map *map);
/* Empties a hash by pid. */
void probes_forget_tasks(struct bpf_map *map);
