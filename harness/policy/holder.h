/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The dead-man's switch: a child process that takes something and holds it. It drops it when its parent asks
 * for that, dies, or is silent for POLICY_SILENCE_S; that it is stopped does not help a parent that died.
 * Signals for the parent (a terminal's Ctrl-C) don't reach it: the parent decides. What its children leave
 * behind becomes its child (PR_SET_CHILD_SUBREAPER), so that drop() finds all of it.
 */
#pragma once
#include <stdbool.h>
#include <sys/types.h>

struct holder {
	pid_t pid; /* 0: none */
	int fd;	   /* our end of the line to it */
};

/* Both run in the child. */
struct held {
	/*
	 * Returns a descriptor that represents what is held, or a negative errno. All others except stdio are
	 * closed afterwards.
	 */
	int (*take)(void *ctx);
	int (*drop)(void *ctx); /* returns 0, or what holder_end() is to return: less than HOLDER_LOST */
	bool ends; /* what is held can end by itself, and the descriptor (a pidfd) is then readable */
};

/* Returns the result of take(): 0 or its negative errno; -ETIMEDOUT when take() did not return. */
int holder_start(struct holder *h, const struct held *held, void *ctx);
/* A sign of life, without blocking; false when the holder is gone. */
bool holder_beat(struct holder *h);
/* What holder_end() returns: it was killed, or had dropped what it held for want of signs of life. */
#define HOLDER_LOST 127
/*
 * Makes it drop what it holds and reaps it, by force if necessary. Returns what drop() did, or HOLDER_LOST; 0
 * without a holder.
 */
int holder_end(struct holder *h);
