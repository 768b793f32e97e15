/* SPDX-License-Identifier: GPL-2.0-or-later */
#pragma once
#include "judge/endurance.h"

/* For a terminal of this many columns; 0: any width. The caller's to free. */
char *endurance_text(const struct endurance *e, unsigned width);
