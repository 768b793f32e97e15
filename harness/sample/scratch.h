/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The directory of a sample in memory, which its workload may fill. Whoever made it holds a lock on it, which
 * the kernel releases when that process ends, however it ends. So what a killed run left is known, and the
 * next sample of anybody removes it before it begins.
 */
#pragma once
#include "util/account.h"

#define SCRATCH_DIR "/dev/shm"

struct scratch {
	char path[64]; /* empty: there is none */
	int lock;
};

/*
 * Removes what is left first. It belongs to this user; NULL: to us. -CAUSE_CANT, logged, when none can be
 * made.
 */
int scratch_make(struct scratch *s, const struct account *user);
/* Also sweeps, because tools leave files of their own at their end. */
void scratch_remove(struct scratch *s);
/*
 * Removes the directories that no process holds, and the shared memory of each cyclictest that has ended
 * (cyclictest never removes it). Only those of this user; root's sweep is for all.
 */
void scratch_sweep(void);
