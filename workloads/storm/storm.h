/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The storm: tasks that wait for a CPU, and drivers, one for each kind of change, that change them meanwhile.
 *
 * main.c makes the tasks (task.c), the guard that undoes changes of the machine (../kit/undo.c) and the
 * groups (group.c), starts the drivers (drive.c) and reports. A kind of change is a row of the table in
 * kinds.c. watch.c reads from the policy's own maps whether a task is in custody.
 */
#pragma once
#include <sched.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/* Names of the kinds, of STORM_MIX and of the results. */
#define STORM_KINDS(X) \
	X(affinity)    \
	X(policy)      \
	X(fifo)        \
	X(nice)        \
	X(cgroup)      \
	X(cgweight)    \
	X(fork)        \
	X(hotplug)     \
	X(reenq)
#define STORM_ENUM(n) STORM_##n,
enum storm_kind { STORM_KINDS(STORM_ENUM) STORM_NR_KINDS };

#define STORM_GROUPS 4

/*
 * A thread that can be changed. Two drivers change its class, and two read its group, at the same time and
 * without a lock, so that the kernel gets such changes too: the class may then be one behind what the kernel
 * has.
 */
struct target {
	pid_t pid, tid;
	int pidfd;
	_Atomic int policy, group;
	int nice;
};

/* What the user asked for. */
struct storm_options {
	double seconds;
	long rate; /* changes a second, of all kinds; 0: as many as the drivers' share of the CPUs allows */
	unsigned weight[STORM_NR_KINDS];
	uint64_t seed;
};

struct storm {
	struct storm_options o;
	struct target *target;
	int nr_targets;
	int *cpu, cpus;			    /* those that are allowed, lowest first, and how many */
	const char *absent[STORM_NR_KINDS]; /* why a kind of change can't be made here */
	bool stop;
};

/* The random numbers of one change. Each change draws as many, whatever it does with them. */
struct draw {
	uint64_t who, how;
};

enum outcome { REFUSED, DONE, CAUGHT }; /* CAUGHT: done, and it found its task in custody */

/* options.c: 0, or the exit code of bad input, logged. identity: for --describe. */
int options_read(struct storm_options *o);
void options_identity(const struct storm_options *o, char *text, size_t size);

/* task.c: makes and ends the tasks that wait; 0, or an exit code. */
int tasks_begin(struct storm *s);
void tasks_end(struct storm *s);
void task_burn(unsigned loops);

/* watch.c */
void watch_begin(void);
bool watch_custody_known(void);
bool watch_in_custody(const struct target *t);
/* The first from the drawn one on that is in custody now (CAUGHT); else the drawn one (DONE). */
struct target *watch_pick(struct storm *s, uint64_t who, enum outcome *outcome);
const char *reenq_begin(struct storm *s);
enum outcome reenq_change(struct storm *s, struct draw draw);

/* change.c: changes of one task. */
enum outcome affinity_change(struct storm *s, struct draw draw);
enum outcome policy_change(struct storm *s, struct draw draw);
enum outcome fifo_change(struct storm *s, struct draw draw);
enum outcome nice_change(struct storm *s, struct draw draw);
bool change_affinity(const struct storm *s, const struct target *t, uint64_t how);
bool change_policy(struct target *t, uint64_t how);
bool change_nice(struct target *t, uint64_t how);

/* group.c: the groups s0 to s3 below our own cgroup, with the cpu controller. NULL, or the reason why not. */
const char *groups_begin(struct storm *s, pid_t guard);
enum outcome cgroup_change(struct storm *s, struct draw draw);
enum outcome cgweight_change(struct storm *s, struct draw draw);
bool change_group(struct target *t, uint64_t how);

/* fork.c */
enum outcome fork_change(struct storm *s, struct draw draw);
void fork_end(void);

/* hotplug.c */
const char *hotplug_begin(struct storm *s);
enum outcome hotplug_change(struct storm *s, struct draw draw);

/* drive.c: runs the storm from begin to end; counts done and caught of each kind. */
struct counts {
	uint64_t done[STORM_NR_KINDS], caught[STORM_NR_KINDS];
};
int drive(struct storm *s, struct counts *counts);

/* kinds.c */
struct kind {
	const char *name;
	const char *(*begin)(struct storm *s); /* NULL, or why this kind is not possible */
	enum outcome (*change)(struct storm *s, struct draw draw);
	long gap_us; /* the least time between two */
};
extern const struct kind storm_kinds[STORM_NR_KINDS];
