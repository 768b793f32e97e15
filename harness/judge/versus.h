/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Two sides compared: two policies of one run, or two runs, or a run against the nights before it.
 * Pure; compare.h gives the values, stats/ the effects. Every effect is side B to side A.
 */
#pragma once
#include "judge/differ.h"
#include "judge/compare.h"
#include "judge/limits.h"
#include "judge/nights.h"

/* What is compared; the strongest comparison that the sides allow. */
enum basis {
	BASIS_BLOCKS, /* two policies of one run: values paired by block */
	/* Two runs: each one's ratio to the baseline of its own run, by name the same; not paired. */
	BASIS_FAIR,
	BASIS_VALUES, /* the baseline itself, or a run without it: values, and all else that changed */
};

struct side {
	double middle;		    /* ratio to fair (BASIS_FAIR) or median; NAN: none */
	unsigned valid;		    /* data points */
	struct reliability samples; /* of the side's own cell, of all nights together */
	struct extent extent;	    /* of ratios to fair that are too few for a middle */
	bool part;		    /* the run has this policy and metric */
	size_t n; /* what an unpaired effect rests on: blocks, boots where these are part of the design, or
		     nights */
};

struct versus_row {
	const struct work *work;	 /* of the compare it was found in first */
	const char *policy_a, *policy_b; /* the same but for two named policies */
	enum basis basis;
	struct side a, b;
	/* Without a pair, missing says why. Adjusted p and a verdict are those of confirmatory rows alone. */
	struct judgement judgement;
	struct night_spread spread; /* BASIS_FAIR: of the nights of side A's series */
	size_t wanted;	   /* more such nights until it is known how far runs lie apart; then exploratory */
	bool of_page;	   /* the run's own judgement of a policy: its family is that of the page */
	bool confirmatory; /* a workload's primary metric under a policy, not on BASIS_VALUES, nothing wanted
			    */
	char *missing;
};

struct versus_spec {
	const struct compare *a, *b; /* a may be b */
	size_t nr_a; /* 1, or more: nights, whose metrics and policies are those of all together */
	const struct nights *nights;	 /* of side B's run; NULL: none is known */
	const char *policy_a, *policy_b; /* both NULL: every policy of either side */
	const struct limits *margin;
	bool exploratory; /* the sides are not comparable: figures, and no verdict */
};

struct versus {
	struct versus_row *row; /* by workload and metric, then policy */
	size_t nr;
	unsigned family; /* confirmatory rows with a p */
	size_t wanted;	 /* the most that a primary metric's row wants */
};

/* Is it an arm of the baseline of B? */
bool versus_is_baseline(const struct versus_spec *s, const char *policy);
/* What the spec points to must outlive it. */
void versus_make(const struct versus_spec *spec, struct versus *v);
void versus_free(struct versus *v);

/* Have both sides that metric and policy, with or without a data point? */
bool versus_both(const struct versus_row *row);
bool versus_any_in_common(const struct versus *v); /* such a row */
/* A side ran a primary metric without a data point: its samples failed. */
bool versus_any_failed(const struct versus *v);
/* The row's verdict in a word, with a sign that needs no colour; the caller's to free. */
char *versus_word(const struct versus_row *row);
/* "15", "15+14", "7 nights": what the effect rests on; the caller's to free. */
char *versus_size(const struct versus_row *row, size_t nights);
/* Which runs to take, so that there can be verdicts, a sentence; NULL: nothing is wanted. To be freed. */
char *versus_wanted(const struct versus *v, const struct versus_spec *spec);
const char *basis_name(enum basis basis); /* "blocks", "fair", "values" */

/* What a reader must know besides the rows. */
struct versus_view {
	const struct versus *v;
	const struct versus_spec *spec;
	const struct differences *differences;
	const char *name_a, *name_b; /* as given, and what they are: "last-good (20261121-020000-1)" */
};
