/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Can a rule have an effect on its target? A thread or a cgroup that may not use the CPU that is set for it,
 * or a thread that could not use up its quota, never has one: refused. A thread of another class may come
 * back: only a warning.
 */
#pragma once
#include "control/target.h"

/*
 * 0, or -CAUSE_USAGE, logged. Of a process only the first thread is looked at, and there are only warnings.
 * cpuset: the list of the CPUs that a cgroup may use; NULL: it has none.
 */
int effect_check(const struct target *t, const char *cpuset, const struct scxb_setting *s);
