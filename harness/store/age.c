/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "store/age.h"

#include <stdlib.h>
#include "util/mem.h"

/* From the run to the next one, or to now. */
static int64_t gap_after(const int64_t *started, size_t n, int64_t now, size_t i)
{
	return (i + 1 < n ? started[i + 1] : now) - started[i];
}

static int by_length(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* The longest gap that is credible. */
static int64_t longest(const int64_t *started, size_t n)
{
	int64_t *gap = mem_zalloc(n, sizeof(*gap)), usual = 0;
	size_t ahead = 0;

	for (size_t i = 0; i + 1 < n; i++)
		if (started[i + 1] > started[i])
			gap[ahead++] = started[i + 1] - started[i];
	qsort(gap, ahead, sizeof(*gap), by_length);
	if (ahead > 1)
		usual = gap[(ahead - 2) * 3 / 4];
	free(gap);
	return 2 * usual > AGE_PAUSE ? 2 * usual : AGE_PAUSE;
}

static struct clock_state state_of(const int64_t *started, size_t n, int64_t now)
{
	int64_t most = longest(started, n);

	for (size_t i = n; i--;)
		if (started[i] > now + AGE_SLACK)
			return (struct clock_state){ CLOCK_BEHIND, i };
	for (size_t i = n; i && i + 1 >= n; i--)
		if (gap_after(started, n, now, i - 1) > most)
			return (struct clock_state){ CLOCK_JUMPED, i - 1 };
	return (struct clock_state){ CLOCK_CREDIBLE, 0 };
}

struct clock_state ages_of(const int64_t *started, size_t n, int64_t now, int64_t *age)
{
	int64_t most = longest(started, n), since = 0;

	for (size_t i = n; i--;) {
		int64_t gap = gap_after(started, n, now, i),
			by_clock = now > started[i] ? now - started[i] : 0;

		since += gap > 0 && gap <= most ? gap : 0;
		age[i] = since < by_clock ? since : by_clock;
	}
	return state_of(started, n, now);
}
