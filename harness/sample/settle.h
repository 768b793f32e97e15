/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Between attach and measurement: waits until the policy does its work on every CPU, and steadily.
 *
 * A round is a task like the workload's that goes to each CPU which the workload may use, and is woken there
 * (workload/visit.h). The policy has settled after a round in which the kernel bypassed it for no task, by
 * the kernel's own count. Nothing of that needs the policy's help, so it holds for any object and command.
 * Fair, which is never bypassed, has settled after one round, so that what precedes a window is equal for
 * all.
 *
 * When the time is over before, the sample goes on: the proof says whether the policy was bypassed in its
 * window.
 */
#pragma once
#include "policy/policy.h"
#include "record/metrics.h"
#include "workload/workload.h"

/*
 * At most the workload's settle_s; 0: there is nothing to wait for. Adds METRIC_SETTLE_ROUNDS, or why it has
 * not settled. -ECANCELED when run->beat() returned false.
 */
int settle(const struct workload_run *run, const struct policy *policy, struct metrics *m);
