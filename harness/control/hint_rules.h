/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * From a hint to a rule of the policy that is attached, and the account of who gave how many. Both threads
 * that a hint names must be the peer's own. The process is known by a pidfd of the connection, so a reused
 * process id can't be mistaken for it. If a thread has been replaced by another when its rule is written, the
 * rule is removed.
 */
#pragma once
#include <sys/socket.h>
#include "control/scxbench-hint.h"

/* For so many living threads one user may give hints: a rule costs memory in the kernel. */
#define HINT_RULES 1024

struct hint_rules;

struct hint_rules *hint_rules_new(void);
void hint_rules_free(struct hint_rules *rules);
/* 0, an errno of scxbench-hint.h, or a cause that was logged. -EDQUOT: the user has given too many. */
int hint_rules_take(struct hint_rules *rules, const struct ucred *peer, int pidfd,
		    const struct scxbench_hint_request *r);
