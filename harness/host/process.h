/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A daemon that must not act in a run is stopped by SIGSTOP and goes on by SIGCONT. That needs no service
 * manager, loses none of the daemon's state, and undoing it twice does no harm.
 */
#pragma once

#define PROCESS_RUNNING "running"
#define PROCESS_STOPPED "stopped"

/* Whether processes of this name run: PROCESS_RUNNING, PROCESS_STOPPED, or NULL when there are none. */
const char *process_state(const char *name);
/* Sends SIGCONT (run) or SIGSTOP to each; -ENOENT when there are none. */
int process_run(const char *name, int run);
