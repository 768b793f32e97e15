/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a workload says that it took, against the clock of this program. Pure. */
#pragma once
#include "record/record.h"
#include "workload/workload.h"

/*
 * Adds a line of proof if the workload gives a metric "time" in a unit of time: it may be no longer than its
 * "run" took from exec to exit, and no shorter than the workload's time_share of that.
 */
void prove_own_time(const struct workload *w, struct record *r);
