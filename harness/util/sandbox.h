/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Work on bytes that nobody trusts, in a process that can do nothing but compute: without rights (as nobody,
 * where we are root), without files, without any system call but for memory where the kernel has
 * seccomp, with limits of memory and time. Whatever those bytes make of it, that process ends and nothing
 * else has happened.
 */
#pragma once
#include "util/why.h"

#define SANDBOX_S 10	      /* time */
#define SANDBOX_MIB 1024      /* memory, beyond what we have */
#define SANDBOX_MOST_CODE 120 /* at most returned by fn; what is larger becomes this */

/*
 * The result of fn, 0 to SANDBOX_MOST_CODE. -ECHILD: its process died, -ETIMEDOUT: it took too long, or
 * another error, with the reason in why. fn can change nothing of ours and can print nothing.
 */
int sandbox_run(int (*fn)(void *ctx), void *ctx, struct why *why);
