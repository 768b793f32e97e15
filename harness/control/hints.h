/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The broker of hints: takes them from programs over a Unix socket and writes rules for their threads. Maps
 * have no permissions by key, so only root can write them, and this broker writes for others.
 *
 * A peer must be in the permitted group; the kernel gives its groups with the connection. Both threads that
 * it names must be its own. The process is known by a pidfd of the connection, so a reused process id can't
 * be mistaken for it. If a thread has been replaced by another when its rule is written, the rule is removed.
 */
#pragma once
#include <sys/types.h>

struct hints;

/*
 * Listens at path, for members of the group. A socket at which no process listens any more is replaced.
 * -CAUSE_BUSY: a process listens there, -CAUSE_EXISTS: the file is not a socket, and stays. Logged.
 */
int hints_listen(const char *path, gid_t group, struct hints **out);
/* A descriptor to poll. */
int hints_fd(const struct hints *h);
/* Answers one peer. A silent peer is disconnected after a second. */
void hints_serve(struct hints *h);
/* Removes the socket, unless another file has taken its place. */
void hints_end(struct hints *h);
