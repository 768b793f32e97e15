/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Ourselves out of the class under test, and back in it. */
#pragma once

/* -CAUSE_CANT, logged, when it is refused. */
int self_leave_class(void);
void self_return_to_class(void);
