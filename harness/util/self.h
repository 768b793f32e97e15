/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Ourselves out of the scheduling class under test, and back in it. Out of it means SCHED_FIFO, so that no
 * policy decides when we run, and memory that stays, so that nothing we wait for is run by one.
 */
#pragma once
#include <stdbool.h>

/* -CAUSE_CANT, logged, when it is refused. */
int self_leave_class(void);
/* The same without a word, for who can do without; false when it is refused. */
bool self_try_leave_class(void);
void self_return_to_class(void);
