/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Is this machine fit for a measurement now? Reads, changes nothing. */
#pragma once
#include <stdbool.h>
#include <stdint.h>

struct preflight_limits {
	double load;	     /* at most: the load average of the last minute */
	unsigned running;    /* at most: tasks that run or want to, without this process */
	double celsius;	     /* at most: the hottest CPU sensor */
	uint64_t free_bytes; /* at least: where the results go */
	const char *results; /* the directory; it need not exist yet */
};

/* One thing that was looked at. */
struct preflight_item {
	const char *what;
	char found[160], limit[48]; /* in words; limit is "" for a question of yes or no */
	bool good;
};
#define PREFLIGHT_ITEMS 5

/*
 * Fills in every item; true when all are good. An item that can't be known (no sensor) says so, and is good.
 */
bool preflight(const struct preflight_limits *limits, struct preflight_item item[PREFLIGHT_ITEMS]);

/* Degrees Celsius of the hottest CPU sensor of hwmon, or of a CPU's thermal zone; NAN where there is none. */
double preflight_celsius(void);
