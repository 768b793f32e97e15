/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The broker of hints: takes them from programs over a Unix socket and writes them for their threads. Maps
 * have no permissions by key, so only root can write them, and this broker writes for others.
 *
 * A peer must be in the permitted group; the kernel gives its groups with the connection, before it says
 * anything. Who connects and says nothing, or reads no answer, costs the others nothing: no peer is waited
 * for alone, and each for a second at most. hint_peers.h says how many may be connected, hint_rules.h how
 * many hints are taken.
 */
#pragma once
#include <signal.h>
#include <sys/types.h>

struct hints;

/*
 * Listens at path, for members of the group. A socket at which no process listens any more is replaced.
 * -CAUSE_BUSY: a process listens there, -CAUSE_EXISTS: the file is not a socket of ours, and stays. Logged.
 */
int hints_listen(const char *path, gid_t group, struct hints **out);
/*
 * Waits for peers, with this mask of signals, and answers those that have spoken, a number at a time. Returns
 * after each wait, at the latest when a peer has been silent for a second; a signal ends the wait.
 */
void hints_serve(struct hints *h, const sigset_t *mask);
/* Removes the socket, unless another file has taken its place. */
void hints_end(struct hints *h);
