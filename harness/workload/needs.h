/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What this machine lacks to confine a workload to a cgroup of its own. Reads, makes nothing. */
#pragma once
#include "util/findings.h"

/* Only what is wrong is added. */
void workload_needs(struct findings *f);
