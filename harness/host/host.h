/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a run asks of the host, equal for all policies and put back after: autogroup off (it would divide
 * time by session under fair alone), ourselves out of the class under test (SCHED_FIFO, asleep nearly always,
 * locked in memory), and the settings that the user wishes.
 *
 * Killed at any point, the settings come back. Before the first change a restore file is written, whole or
 * not at all: /run/scxbench/host-restore, each setting with the value it had. Whoever prepares the host next
 * applies it first; host_recover() applies it alone. It is in /run because it must last exactly as long as
 * what it describes: a reboot undoes the settings themselves and empties /run.
 *
 * One process at a time: it holds a lock on /run/scxbench/lock, which the kernel gives up with the process.
 */
#pragma once
#include <stddef.h>

enum host_setting {
	HOST_AUTOGROUP,	 /* always off in a run */
	HOST_GOVERNOR,	 /* of every cpufreq policy: "performance", ... */
	HOST_TURBO,	 /* "on", "off" */
	HOST_THP,	 /* transparent huge pages: "always", "madvise", "never" */
	HOST_IRQBALANCE, /* "off": its process is stopped (SIGSTOP), and goes on after */
	NR_HOST_SETTINGS
};

/* A value for each setting; "" is keep it as it is. */
struct host_wish {
	char want[NR_HOST_SETTINGS][32];
};

/* NULL when taken ("keep" is too), else what to give instead, in words. Logs nothing. */
const char *host_wish_set(struct host_wish *wish, const char *name, const char *value);
/* The same for "governor=performance,turbo=off,...": 0, or -CAUSE_USAGE, logged. */
int host_wish_parse(struct host_wish *wish, const char *text);

/*
 * Can the wish be had here? Each setting that this machine lacks is named in a warning, and left out.
 * -CAUSE_USAGE, logged, for a governor that the machine doesn't offer. Changes nothing.
 */
int host_check(const struct host_wish *wish);

/*
 * wish NULL: autogroup and ourselves only. What a dead process left is put back first. Logs and returns a
 * negative errno when the host refuses or another process measures here (-CAUSE_BUSY); all is as before then.
 */
int host_prepare(const struct host_wish *wish);
void host_restore(void);
/* Between the two: the folder of the run that is taken, for who steers its policies meanwhile. */
int host_tell_run(const char *run_dir);
/* The folder that another process told; NULL when none takes a run. The caller's to free. */
char *host_run_told(void);
/* Puts back what a dead process left, if anything. -CAUSE_BUSY, logged, while a living one measures. */
int host_recover(void);
