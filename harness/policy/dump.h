/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The exit record of the kernel's header for policies: UEI_DEFINE(), a struct user_exit_info and room for a
 * dump. */
#pragma once
#include "policy/loaded.h"

/* Before the load: as long as the ops say (exit_dump_len), or else as long as the kernel's, like
 * UEI_SET_SIZE(). */
void dump_set_size(struct policy *p);
/* The name of a variable that this sets. */
bool dump_is_length(const struct btf *btf, const char *variable);
