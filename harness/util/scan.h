/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Is a text a number? One rule for all that a person or a program of theirs writes: digits, with a point and
 * more digits where a fraction may be. No sign, no blank in front, no exponent, no hexadecimal, no "inf" or
 * "nan", nothing behind; and it fits. Pure; false leaves the value as it was.
 */
#pragma once
#include <stdbool.h>
#include <stdint.h>

bool scan_count(const char *text, uint64_t *count);
/* From 1 to INT_MAX: a process, a thread, a sample. */
bool scan_id(const char *text, int *id);
bool scan_number(const char *text, double *number);
/* "5%", "0.5 %": 0.05, 0.005 */
bool scan_percent(const char *text, double *ratio);
/* "90s", "1.5m", "8h" */
bool scan_duration(const char *text, double *seconds);
/* "4096", "20G": with K, M, G or T for a power of 1024, and below 2^63 */
bool scan_bytes(const char *text, uint64_t *bytes);
