/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * "Did you mean ...?" for a word that names nothing: the candidate that the fewest slips of the keyboard make
 *of it. Pure.
 *
 *	struct nearest n = { .word = name };
 *
 *	for (k = plan_kinds; k->name; k++)
 *		nearest_try(&n, k->name);
 *	return log_err(-CAUSE_USAGE, "no plan named '%s'%s 'scxbench list' names all", name, nearest_ask(&n));
 */
#pragma once

/* Begins with the word alone. The candidate that is best so far must live as long as this. */
struct nearest {
	const char *word;
	const char *best; /* NULL: none is near enough */
	unsigned slips;	  /* of best */
	char ask[96];
};

void nearest_try(struct nearest *n, const char *candidate);
/* ": did you mean fifo?", or ":" when nothing is near; valid as long as n. */
const char *nearest_ask(struct nearest *n);

/*
 * The index of the word in a NULL-terminated list; or -CAUSE_USAGE, logged with the words that there are.
 * name is what was given it: "--view".
 */
int nearest_index(const char *name, const char *word, const char *const *list);

/*
 * Letters that were left out, put in, typed for another or swapped with their neighbour (the distance of
 * Damerau and Levenshtein, in which no part is changed twice). Words over 63 bytes are farther than any
 * limit.
 */
unsigned nearest_slips(const char *a, const char *b);
