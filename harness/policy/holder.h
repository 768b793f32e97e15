/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The dead-man's switch: a child process that takes something and holds it until it is told to drop it,
 * its parent dies, or its parent falls silent for POLICY_SILENCE_S. Signals meant for the parent (a
 * terminal's Ctrl-C) don't reach it: the parent decides.
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
	 * Returns the descriptor that stands for what is held, or a negative errno. All others but stdio
	 * are closed afterwards.
	 */
	int (*take)(void *ctx);
	void (*drop)(void *ctx);
	bool ends; /* the descriptor becomes readable when what is held ends by itself (a pidfd) */
};

/* Returns what take() did: 0 or its negative errno; -ETIMEDOUT when it did not come back. */
int holder_start(struct holder *h, const struct held *held, void *ctx);
/* A sign of life, without blocking; false when the holder is gone. */
bool holder_beat(struct holder *h);
/* Has it dropped what it holds and reaps it, by force if need be. No holder: nothing to do. */
void holder_end(struct holder *h);
