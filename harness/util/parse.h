/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Numbers as a person types them. */
#pragma once
#include <stdbool.h>
#include <stdint.h>

/* Values of options. All return 0, or -CAUSE_USAGE, logged. */
int parse_number(const char *name, const char *text, uint64_t max,
		 uint64_t *value); /* whole, from 0 to max */
/* A number above 0. With letters, one of K, M, G and T may follow, for a power of 1024. */
int parse_amount(const char *name, const char *text, bool letters, uint64_t *value);
int parse_percent(const char *name, const char *text, double *ratio);	 /* "1%" is 0.01 */
int parse_duration(const char *name, const char *text, double *seconds); /* "90s", "30m", "8h" */
