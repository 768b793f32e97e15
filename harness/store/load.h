/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The run itself, without its samples. */
#pragma once
#include "store/db.h"

/* Takes ownership of the rule that something of a run breaks: then -CAUSE_DAMAGED, logged. */
int load_sound(struct store *s, const char *id, char *fault);
int load_run(struct store *s, int64_t row, struct run *r);
