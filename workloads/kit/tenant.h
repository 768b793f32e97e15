/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Tenants: groups below our own that compete for the machine by cpu.weight, each with a process in it. */
#pragma once
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#define TENANT_MAX_WEIGHT 100 /* cpu.weight is a hundred times that */
#define TENANT_WARM_UP_S 2

struct tenant {
	char group[16];
	double weight;	/* 1 to TENANT_MAX_WEIGHT */
	unsigned quota; /* as of control/quota.h; 0: none */
	pid_t pid;
};

/*
 * Makes their groups with their weights, a group for us, and the guard that undoes it all. From then on we
 * are in SCHED_FIFO, or we would wait with them. 0, or an exit code, logged.
 */
int tenants_begin(const struct tenant *t, unsigned nr);
/* Ends their processes and undoes all changes; returns an exit code. */
int tenants_end(struct tenant *t, unsigned nr);

/* Starts a process in the tenant's group that runs body, which never returns; 0, or an exit code, logged. */
int tenant_start(struct tenant *t, void (*body)(void *arg), void *arg);

/* A body: threads that never sleep, two per CPU (SCXB_CPUS); arg is a shared struct work for each. */
struct work {
	_Alignas(128) uint64_t loops; /* of one thread */
};
void hog_body(void *arg);
struct work *hog_memory(void);		    /* NULL: logged */
uint64_t hog_work(const struct work *work); /* the sum */

/* Memory shared with forked processes; NULL: logged. */
void *shared_memory(size_t size);
/* The path of the program "scxbench", or of another file in its folder; a static buffer. */
const char *beside(const char *path);
