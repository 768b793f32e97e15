/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What an executable says of itself. Inside the module only. */
#pragma once
#include "workload/workload.h"
#include "util/why.h"

/*
 * Appends the workloads that the text of --describe tells of, one a variant, to the nr in *list. Pure.
 * 0, or -EBADMSG with the reason in why and nothing appended.
 */
int describe_parse(const char *path, const char *text, struct workload **list, struct why *why);
/* How many there are up to the NULL name. */
size_t workload_count(const struct workload *list);
