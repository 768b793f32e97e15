/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Inside policy/ only: how schedulers end, as the kernel itself notes it, for policies without an exit record
 * of ours. A kernel that can't be watched so (before 6.16), or a build without the object, has no watch: then
 * the object's own record and the kernel's log are asked, see exit_said.h.
 */
#pragma once
#include <linux/types.h>
#include <stdbool.h>
#include "policy/exit_abi.h"

struct exit_watch;

struct exit_watch *exit_watch_begin(void); /* NULL: there is none. Its messages are dropped */
void exit_watch_end(struct exit_watch *w); /* NULL is fine, here and below */
void exit_watch_clear(struct exit_watch *w);
/* The first end since then of a scheduler of these ops, "": of any. */
bool exit_watch_find(const struct exit_watch *w, const char *ops, struct exit_seen *seen);
