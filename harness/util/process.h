/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A daemon that must not act during a run is stopped by SIGSTOP and continued by SIGCONT. That needs no
 * service manager, the daemon loses no state, and undoing it twice does no harm.
 */
#pragma once

#define PROCESS_RUNNING "running"
#define PROCESS_STOPPED "stopped"

/* The state of the processes of this name: PROCESS_RUNNING, PROCESS_STOPPED, or NULL when there are none. */
const char *process_state(const char *name);
/* Sends SIGCONT (run) or SIGSTOP to each; -ENOENT when there are none. */
int process_run(const char *name, int run);
