/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A row's values out of the runs, and the effect of them. */
#pragma once
#include "judge/versus.h"

/* Fills all of a row that has its work and its policies but what the family decides. */
void versus_values(const struct versus_spec *s, struct versus_row *row);
