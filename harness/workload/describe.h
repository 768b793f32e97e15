/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside workload/ only: how an executable describes itself. */
#pragma once
#include "workload/workload.h"
#include "util/why.h"

/*
 * Appends the workloads of a text of --describe to *list, one for each variant. Pure. 0, or -EBADMSG with the
 * reason in why and nothing appended.
 */
int describe_parse(const char *path, const char *text, struct workload **list, struct why *why);
/* How many there are before the NULL name. */
size_t workload_count(const struct workload *list);
