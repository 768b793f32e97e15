/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "util/nearest.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "util/cause.h"
#include "util/log.h"

#define MAX_WORD 63
#define MIN_PREFIX 2

static unsigned least_of(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

unsigned nearest_slips(const char *a, const char *b)
{
	unsigned d[MAX_WORD + 1][MAX_WORD + 1];
	size_t na = strlen(a), nb = strlen(b);

	if (na > MAX_WORD || nb > MAX_WORD)
		return UINT_MAX;
	for (size_t i = 0; i <= na; i++)
		d[i][0] = i;
	for (size_t j = 0; j <= nb; j++)
		d[0][j] = j;
	for (size_t i = 1; i <= na; i++)
		for (size_t j = 1; j <= nb; j++) {
			d[i][j] = least_of(d[i - 1][j - 1] + (a[i - 1] != b[j - 1]),
					   1 + least_of(d[i - 1][j], d[i][j - 1]));
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				d[i][j] = least_of(d[i][j], d[i - 2][j - 2] + 1);
		}
	return d[na][nb];
}

/* With more slips than this it is another word. */
static unsigned limit_of(const char *word)
{
	size_t len = strlen(word);

	return len < 2 ? 0 : len < 4 ? 1 : len < 9 ? 2 : 3;
}

void nearest_try(struct nearest *n, const char *candidate)
{
	unsigned slips = nearest_slips(n->word, candidate);
	size_t len = strlen(n->word);

	/* The beginning of a candidate is the nearest of all, however much is left out. */
	if (len >= MIN_PREFIX && !strncmp(n->word, candidate, len))
		slips = least_of(slips, 1);
	if (slips > limit_of(n->word) || (n->best && slips >= n->slips))
		return;
	n->best = candidate;
	n->slips = slips;
}

const char *nearest_ask(struct nearest *n)
{
	if (!n->best)
		return ":";
	snprintf(n->ask, sizeof(n->ask), ": did you mean %s?", n->best);
	return n->ask;
}

int nearest_index(const char *name, const char *word, const char *const *list)
{
	struct nearest n = { .word = word };
	char all[256] = "";

	for (int i = 0; list[i]; i++) {
		size_t len = strlen(all);

		if (!strcmp(list[i], word))
			return i;
		nearest_try(&n, list[i]);
		snprintf(all + len, sizeof(all) - len, "%s%s", i ? ", " : "", list[i]);
	}
	return log_err(-CAUSE_USAGE, "%s %s is not one of %s%s", name, word, all,
		       n.best ? nearest_ask(&n) : "");
}
