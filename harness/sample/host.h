/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a run asks of the host, equal for all policies and restored after: autogroup off (it would divide
 * time by session under fair alone), and ourselves out of the class under test: SCHED_FIFO, asleep nearly
 * always, locked in memory.
 */
#pragma once

/* Logs and returns a negative errno when the host refuses; what was set before is restored. */
int host_prepare(void);
void host_restore(void);
