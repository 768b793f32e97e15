/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * From a hint to what the policy that is attached makes of it, and the account of who gave how many. Both
 * threads that a hint names must be the peer's own. The process is known by a pidfd of the connection, so a
 * reused process id can't be mistaken for it. If the thread is no longer one of that process when its hint is
 * written, the hint is removed.
 */
#pragma once
#include <linux/types.h>
#include <stdbool.h>
#include <sys/socket.h>
#include "control/scxbench-hint.h"

/* For so many living threads one user may give hints, and all of them: a hint costs memory in the kernel. */
#define HINT_RULES 4096
#define HINT_RULES_OF_ALL 16384
/* So often in a second a user may ask in the long run; and so often at once. */
#define HINT_RATE 2000
#define HINT_BURST 16384

/* Has a policy that heeds these settings (control_heeds()) a use for the hint? */
bool hint_is_heeded(__u32 heeds, enum scxbench_hint hint);

struct hint_rules;

struct hint_rules *hint_rules_new(void);
void hint_rules_free(struct hint_rules *rules);
/*
 * A round of hints: whether the policy is still the same is looked at once in it, and no other writer comes
 * between. At its end all that was taken is in the log.
 */
void hint_rules_begin(struct hint_rules *rules);
void hint_rules_end(struct hint_rules *rules);
/* Nothing came for a while: lets go of what it keeps of the policy. Does it keep anything? */
void hint_rules_rest(struct hint_rules *rules);
bool hint_rules_keep(const struct hint_rules *rules);
/* 0, an errno of scxbench-hint.h, or a cause that was logged. */
int hint_rules_take(struct hint_rules *rules, const struct ucred *peer, int pidfd,
		    const struct scxbench_hint_request *r);
