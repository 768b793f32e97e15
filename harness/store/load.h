/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The run itself, without its samples. */
#pragma once
#include "store/db.h"

int load_run(struct store *s, int64_t row, struct run *r);
