/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Why a sample is no data point, for programs: what is lost again for the same reason has the same word. Its
 * sentence, the record's why, has the time, the task and the numbers of that one sample. Pure.
 */
#pragma once
#include "record/record.h"

/*
 * One of a small set, without times and numbers: how the kernel threw the policy out ("runnable task stall"),
 * the check that does not hold ("before detach: state"), else "went out", "went out by itself", "not proven"
 * or "failed". NULL for a sample that is ok.
 */
const char *loss_word(const struct record *r);
/* Lost for one reason: by that word, or, where it says nothing more than the status, by sentences that are
 * the same up to their numbers. */
bool loss_is_same(const struct record *a, const struct record *b);
