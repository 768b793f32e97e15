/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside workload/ only: how an executable describes itself. */
#pragma once
#include "workload/workload.h"
#include "util/why.h"

/* How every workload is called. */
struct workload_caller {
	const char *const *env;
	const struct account *user;
};

/*
 * Calls an executable with --describe, and appends its workloads to *list. 0, -CAUSE_USAGE, logged: the user
 * can't execute it, or -EBADMSG with what its --describe did in why.
 */
int describe_ask(const char *path, const struct workload_caller *as, struct workload **list, struct why *why);
/* -CAUSE_USAGE, logged: they have the same name. */
int describe_double(const struct workload *a, const struct workload *b);
/*
 * Appends the workloads of a text of --describe to *list, one for each variant. Pure. 0, or -EBADMSG with the
 * reason in why and nothing appended.
 */
int describe_parse(const char *path, const char *text, struct workload **list, struct why *why);
/* How many there are before the NULL name. */
size_t workload_count(const struct workload *list);
