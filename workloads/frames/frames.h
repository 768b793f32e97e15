/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#include <stdint.h>
#include "../kit/latency.h"

#define FRAME_S (1 / 60.0)
#define FRAME_LOOPS 2

struct frames {
	struct latency latency; /* of ticks */
	struct latency times;
	double *time; /* s, of each frame, in any order */
	uint64_t nr, missed, stutters;
};

/* Adds a frame that began at a tick and took so long; returns at which tick after that the next one begins.
 */
unsigned frames_add(struct frames *f, double from_tick, double frame_time);
/* Frames per second of the slowest share, by their mean; NAN: that is fewer than ten frames. */
double frames_low(const struct frames *f, double share);
/* Runs the loops; work is the CPU time of a frame. 0, or 1 and the reason on stderr. */
int frames_take(struct frames *f, double seconds, double work);
