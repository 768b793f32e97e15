/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Numbers that a user gives (scan.h says what one looks like), within limits: 0, or -CAUSE_USAGE, logged in
 * one wording that names the limits. name is what the message calls the number: an option, or FILE:LINE: KEY.
 */
#pragma once
#include <stdint.h>

/* Both ends belong to it. */
struct counts {
	uint64_t least, most;
};
struct range {
	double least, most;
};

int parse_count(const char *name, const char *text, struct counts limits, uint64_t *count);
int parse_number(const char *name, const char *text, struct range limits, double *number);
/* "1%" is 0.01; the limits are percent. */
int parse_percent(const char *name, const char *text, struct range limits, double *ratio);
int parse_seconds(const char *name, const char *text, struct range limits, double *seconds);
/* "90s", "30m", "8h", above 0. */
int parse_duration(const char *name, const char *text, double most_h, double *seconds);
/* "4096", "20G", above 0. */
int parse_bytes(const char *name, const char *text, uint64_t *bytes);
