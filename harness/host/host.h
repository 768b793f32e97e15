/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a run sets on the host, the same for all policies, and restores afterwards. Autogroup is off, because
 * only fair would divide time by session. This process is out of the class under test: SCHED_FIFO, asleep
 * nearly always, locked in memory. The user may wish for more settings.
 *
 * The settings come back even if this process is killed at any point. Before the first change a restore file
 * is written, whole or not at all: /run/scxbench/host-restore has each setting with its value before, and
 * what a driver alters along with it (the energy preference with the governor, each policy's limits with
 * turbo). The next process that prepares the host applies it first; host_recover() applies it alone. It is in
 * /run because it must exist exactly as long as the settings: a reboot undoes them and empties /run.
 *
 * One process at a time: it holds a lock on /run/scxbench/lock, which the kernel releases when the process
 * ends.
 */
#pragma once
#include <stddef.h>
#include "policy/policy.h"

enum host_setting {
	HOST_AUTOGROUP,	 /* always off in a run */
	HOST_GOVERNOR,	 /* of every cpufreq policy: "performance", ... */
	HOST_EPP,	 /* of the same: "power", ... */
	HOST_TURBO,	 /* "on", "off" */
	HOST_THP,	 /* transparent huge pages: "always", "madvise", "never" */
	HOST_IRQBALANCE, /* "off": its process is stopped (SIGSTOP) until the end of the run */
	NR_HOST_SETTINGS
};

/* A value for each setting; "": keep the present one. */
struct host_wish {
	char want[NR_HOST_SETTINGS][32];
	/*
	 * Of the run: what those of them that are fair with settings of its own will set, one after the
	 * other, is tried and guarded (fair.h). NULL and 0: there are none.
	 */
	const struct policy_spec *policy;
	unsigned nr_policies;
};

/* NULL when the value is accepted (so is "keep"), else in words which values are possible. Logs nothing. */
const char *host_wish_set(struct host_wish *wish, const char *name, const char *value);
/* The same for "governor=performance,turbo=off,...": 0, or -CAUSE_USAGE, logged. */
int host_wish_parse(struct host_wish *wish, const char *text);

/*
 * Checks the wish against this machine. Each setting that it lacks is named in a warning, and left out.
 * -CAUSE_USAGE, logged, for a governor or preference that the machine doesn't offer. Changes nothing.
 */
int host_check(const struct host_wish *wish);

/*
 * wish NULL: only autogroup and this process. First restores what a dead process left. Logs and returns a
 * negative errno when a setting is refused or another process measures here (-CAUSE_BUSY); everything is then
 * as before.
 */
int host_prepare(const struct host_wish *wish);
void host_restore(void);
/*
 * Publishes the folder of the run that is being taken, for programs that steer its policies. Between
 * host_prepare() and host_restore().
 */
int host_publish_run(const char *run_dir);
/* The folder that another process published; NULL when no run is being taken. The caller's to free. */
char *host_published_run(void);
/* Restores what a dead process left, if anything. -CAUSE_BUSY, logged, while a living one measures. */
int host_recover(void);
