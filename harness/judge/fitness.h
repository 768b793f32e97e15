/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Was the machine fit for measuring? What the run itself recorded about it. Pure. Verdicts do not depend on
 * it: an unfit machine widens intervals or makes samples void, and this says why.
 */
#pragma once
#include "judge/compare.h"

enum fit { FIT_GOOD, FIT_WARNS, FIT_UNKNOWN };

struct fitness_item {
	const char *what;
	enum fit fit;
	char *found; /* plain text */
};

struct fitness {
	struct fitness_item *item;
	size_t nr;
};

void fitness_make(const struct compare *c, struct fitness *f);
void fitness_free(struct fitness *f);
unsigned fitness_count(const struct fitness *f, enum fit fit);
const char *fit_name(enum fit fit); /* "fit", "warning", "not known" */
