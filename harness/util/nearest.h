/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * "Did you mean ...?" for a word that names nothing: finds the candidate that is the fewest typing slips
 * away. Pure.
 *
 *	struct nearest n = { .word = name };
 *
 *	for (k = plan_kinds; k->name; k++)
 *		nearest_try(&n, k->name);
 *	return log_err(-CAUSE_USAGE, "no plan named '%s'%s 'scxbench list' names all", name, nearest_ask(&n));
 */
#pragma once

/* Initialised with the word alone. The best candidate must live as long as this struct. */
struct nearest {
	const char *word;
	const char *best; /* NULL: no candidate is near enough */
	unsigned slips;	  /* of best */
	char ask[96];
};

void nearest_try(struct nearest *n, const char *candidate);
/* ": did you mean fifo?", or ":" when no candidate is near; valid as long as n. */
const char *nearest_ask(struct nearest *n);

/*
 * The index of the word in a NULL-terminated list, or -CAUSE_USAGE, logged with all words of the list. name
 * is the option that was given the word: "--view".
 */
int nearest_index(const char *name, const char *word, const char *const *list);

/*
 * Counts letters that were left out, added, mistyped or swapped with their neighbour: the distance of Damerau
 * and Levenshtein, in which no part is changed twice. Words over 63 bytes are beyond any limit.
 */
unsigned nearest_slips(const char *a, const char *b);
