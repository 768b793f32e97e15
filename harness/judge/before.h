/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A run against the latest one before it of the same machine and plan, if `compare` would take the two: with
 * the same work, and both emulated or neither.
 */
#pragma once
#include "judge/limits.h"
#include "judge/sides.h"
#include "judge/versus.h"

struct before {
	bool any; /* there is one; else nothing of the rest is known */
	char *name[2];
	struct sides sides; /* A is the earlier one */
	struct limits margin;
	struct differences differences;
	struct versus_spec spec;
	struct versus versus;
	struct versus_view view;
};

/* Logs the cause of an error and returns it; an earlier run that is damaged is named, and is none.
 * before_free() in any case; b must stay where it is. */
int before_load(struct store *store, const struct run *run, struct before *b);
void before_free(struct before *b);
