/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A quota, as a user writes it and as a rule keeps it (control_abi.h): "1.5cpu" is the time of so many CPUs,
 * "25%machine" a part of all that are online. A bare number is neither. Pure.
 */
#pragma once
#include <linux/types.h>
#include <stdbool.h>
#include <stddef.h>
#include "control_abi.h"

/* False: it is neither, or out of what a rule can hold. */
bool quota_scan(const char *text, __u32 *quota);
/* -CAUSE_USAGE, logged with both forms. */
int quota_parse(const char *text, __u32 *quota);
/* The same words. */
void quota_print(__u32 quota, char *buf, size_t len);
/* How many CPUs that is, on a machine that has so many. */
double quota_cpus(__u32 quota, double cpus);
/* The least is a hundredth of a CPU, the most the machine. -CAUSE_USAGE, logged with the range. */
int quota_check(__u32 quota, long cpus);
