/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "judge/extent.h"

#include <math.h>
#include <stdlib.h>
#include "util/mem.h"

struct extent extent_none(void)
{
	return (struct extent){ NAN, NAN, false };
}

struct extent extent_of(const double *x, size_t n)
{
	struct extent r = extent_none();

	for (size_t i = 0; i < n; i++) {
		r.least = fmin(r.least, x[i]); /* fmin() passes NAN by */
		r.most = fmax(r.most, x[i]);
	}
	r.one = n == 1;
	return r;
}

struct extent extent_ratio(const struct extent *b, const struct extent *a)
{
	return (struct extent){ b->least / a->most, b->most / a->least, a->one && b->one };
}

bool extent_known(const struct extent *r)
{
	return !isnan(r->least);
}

/* Two digits after the point, none from 10 on, three below 0.1; a power of ten far from 1. */
static char *digits(double x, bool sign)
{
	double size = fabs(x);
	int decimals = size >= 10 || size == 0 ? 0 : size >= 0.1 ? 2 : 3;

	if (size >= 10000 || (size < 0.001 && size > 0))
		return mem_printf(sign ? "%+.2g" : "%.2g", x);
	return mem_printf(sign ? "%+.*f" : "%.*f", decimals, x);
}

char *extent_text(const struct extent *r, bool sign, const char *unit)
{
	char *least, *most, *text;

	if (r->one)
		return mem_strdup("1 block");
	least = digits(r->least, sign);
	most = digits(r->most, sign);
	text = mem_printf("%s … %s%s%s", least, most, *unit ? " " : "", unit);
	free(least);
	free(most);
	return text;
}
