/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Doubles of the functions that touch the machine (policy, cgroup, host), put in their place by the linker's
 * --wrap in scxbench-double: every path of a bench can be tested without a sched_ext kernel and without
 * timing.
 *
 * Each call appends its name to the file $DOUBLE_TRACE. $DOUBLE_AT="STEP:N:ACTION" makes the N-th call of
 * STEP do something else: kill (SIGKILL ourselves), int (SIGINT ourselves), fail (return the step's error),
 * busy (-CAUSE_BUSY), cant (-CAUSE_CANT), eject, leave (-CAUSE_LEFT_IN). A beat that fails is a policy that
 * left without a word.
 *
 * A workload finds the policy that it runs under in $DOUBLE_POLICY. One of the name $DOUBLE_EJECT is ejected
 * in each of its samples. In instrumented samples watching took $DOUBLE_WATCH seconds of half a millisecond.
 */
#pragma once
#include <stdbool.h>

enum action { GO_ON, FAIL, BUSY, CANT, EJECT, LEAVE };

/* Traces the step and says what it is to do now. */
enum action double_step(const char *step);
/* One of the moments of moments.c. */
void double_moment(void);
