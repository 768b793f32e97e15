/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The broker of hints: takes them from programs over a Unix socket and writes the rules of their threads.
 * Maps have no permission by key, so they stay root's, and this stands before them.
 *
 * A peer must be of the permitted group (by the kernel's word on the connection, not its own), and both
 * threads that it names must be its own. Which process it is, a pidfd of the connection says, so that no
 * number that was given anew can be taken for it; and a thread that is no longer the one that was checked
 * when its rule is written loses the rule.
 */
#pragma once
#include <sys/types.h>

struct hints;

/*
 * Listens at path, for members of the group. A socket that nobody listens at any more is replaced.
 * -CAUSE_BUSY for one at which a process does, -CAUSE_EXISTS for what is not a socket: it stays. Logged.
 */
int hints_listen(const char *path, gid_t group, struct hints **out);
/* To poll. */
int hints_fd(const struct hints *h);
/* Answers one peer; one that says nothing is sent away after a second. */
void hints_serve(struct hints *h);
/* Removes the socket, unless another has taken its place. */
void hints_end(struct hints *h);
