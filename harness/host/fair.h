/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Makes the settings of fair that an arm asks for (policy/fair.h), for a sample and not longer. Where they
 * are, debugfs, depends on the kernel.
 *
 * host_prepare() has tried to write them, and has their values of before in the restore file from then on: so
 * they come back however the run ends, and a sample need not write that file.
 */
#pragma once
#include "host/change.h"
#include "policy/policy.h"

/*
 * What spec asks for and the machine has otherwise. -CAUSE_CANT, logged, when this kernel does not let it be
 * set; -CAUSE_USAGE for a feature that it does not have.
 */
int fair_plan(const struct policy_spec *spec, struct changes *out);
/* Is it a path that fair_plan() may change? */
bool fair_has(const char *path);
/* Makes the changes. *set, which must be empty, has what fair_put_back() undoes, also after an error. */
int fair_set(const struct policy_spec *spec, struct changes *set);
/* Is all as spec asks? */
bool fair_is_set(const struct policy_spec *spec);
/* Frees *set. -CAUSE_CANT, logged. */
int fair_put_back(struct changes *set);
