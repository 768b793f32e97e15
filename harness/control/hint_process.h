/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Inside control/ only: the process of a peer, as a pidfd. A new one is a file, an inode and a name in the
 * kernel; so that of the peer before is kept, for a process that gives hints for many threads.
 *
 * It is that of a later peer with the same process id if its process still lives and that peer was accepted
 * later: they connected in that order, so all the time between nobody else had the id.
 */
#pragma once
#include <stdint.h>
#include <sys/types.h>
#include "control/hint_peers.h"

struct hint_process {
	pid_t pid; /* 0: none is kept */
	int pidfd;
	uint64_t order; /* of its peer */
};

/* Valid until the next call; -1: it is gone. */
int hint_process_of(struct hint_process *kept, const struct hint_peer *p);
void hint_process_end(struct hint_process *kept);
