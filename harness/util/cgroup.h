/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A cgroup of ours below the root of cgroup2, in which processes are counted, and from which none escapes a
 * kill. */
#pragma once
#include <stdint.h>

struct cgroup {
	char *path;
	uint64_t id;
};

/* Empties a stale one first. -CAUSE_CANT, logged, when no process could enter it. */
int cgroup_make(const char *name, struct cgroup *cg);
/*
 * Both log nothing. The rights to move a process count when the descriptor is opened: then the calling
 * process can be moved at any time, as any user.
 */
int cgroup_open(const struct cgroup *cg); /* a descriptor, or a negative errno */
int cgroup_join(int fd);
int cgroup_cpu_ns(const struct cgroup *cg, uint64_t *ns); /* cpu.stat usage, in ns */
int cgroup_kill(const struct cgroup *cg);		  /* every process, and waits until it is empty */
void cgroup_remove(struct cgroup *cg);			  /* with what was made below it */
