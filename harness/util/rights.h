/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the kernel lets this process do, as /proc/self has it. What can't be read is taken to be allowed. */
#pragma once
#include <stdbool.h>
#include <stdint.h>

/* CAP_BPF, ... as the kernel numbers them, is in the effective set. */
bool rights_cap(int cap);
/* Root here is root of the machine, not only in a user namespace of its own. */
bool rights_of_machine(void);
/* Limits of /proc/self/limits, by the name there: "Max open files". UINT64_MAX: unlimited, or not known. */
uint64_t rights_soft_limit(const char *name);
uint64_t rights_hard_limit(const char *name);
