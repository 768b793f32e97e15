/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A task like the workload's that goes round the CPUs: what it has been on, the policy has scheduled. */
#pragma once
#include "workload/workload.h"

/*
 * Sends a process of the workload's class into its cgroup and to each CPU that the workload may use, where it
 * sleeps for a moment and is woken. 0: it has been on all of them. -ETIMEDOUT: not within limit_s.
 * -ECANCELED: run->beat() returned false. Another negative errno when there could be no such process. None is
 * logged. In any case it is gone on return, and until then run->beat() is called at least once a second.
 */
int workload_visit(const struct workload_run *run, double limit_s);
