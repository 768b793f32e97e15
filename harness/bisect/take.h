/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Has what is not measured yet measured, and finds out what it says. All return 0, a negative cause, logged,
 * or the exit code with which to end: that of the process that measures, or EXIT_CODE_GUEST.
 */
#pragma once
#include "bisect/bisect.h"

int take_direction(struct bisect *b);
/* The entry has a hash, and is built. */
int take_turn(struct bisect *b, struct entry *e);
int take_found(struct bisect *b);
