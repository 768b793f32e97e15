/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Two sides as a person names them, RUN or RUN:POLICY, and what may be compared of them. All log the cause of
 * an error and return it.
 */
#pragma once
#include "judge/compare.h"
#include "judge/versus.h"
#include "store/store.h"

struct named_side {
	char *run;	    /* as named */
	const char *policy; /* or NULL; points into the name, or is the other side's */
	struct store_run stored;
	struct compare c;
	char *title; /* the name, and the id where it is another */
};

struct sides {
	struct named_side a, b;
	bool one_run;
	struct nights nights; /* of B */
};

/* How they are compared. */
struct sides_ask {
	const char *const *patterns; /* of metrics beside the primary ones, as compare_make_wide() has them */
	const char *baseline;	     /* of both runs; NULL: each its own */
};

/*
 * name[0] and name[1], which must outlive it. sides_free() in any case. A policy that only one side names is
 * that of the other, too. -CAUSE_USAGE: nothing is left to compare.
 */
int sides_load(struct store *store, char *const *name, const struct sides_ask *ask, struct sides *s);
void sides_free(struct sides *s);

/* What of them is compared; margin and s must outlive it. */
void sides_spec(const struct sides *s, const struct limits *margin, struct versus_spec *spec);
