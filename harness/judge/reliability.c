/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "judge/reliability.h"

#include "stats/binomial.h"
#include "text/buf.h"
#include "util/mem.h"

static unsigned taken(const struct reliability *r)
{
	unsigned sum = 0;

	for (int s = 0; s < NR_STATUS; s++)
		sum += r->taken[s];
	return sum;
}

unsigned reliability_missing(const struct reliability *r)
{
	return r->planned > taken(r) ? r->planned - taken(r) : 0;
}

unsigned reliability_lost(const struct reliability *r)
{
	return r->planned > r->valid ? r->planned - r->valid : 0;
}

struct interval reliability_share(const struct reliability *r)
{
	return stats_share(reliability_lost(r), r->planned);
}

bool reliability_suffices(const struct reliability *r)
{
	return r->valid >= RELIABILITY_LEAST * r->planned;
}

enum status reliability_worst(const struct reliability *r)
{
	int worst = NR_STATUS - 1;

	while (worst > STATUS_OK && !r->taken[worst])
		worst--;
	return (enum status)worst;
}

char *reliability_why(const struct reliability *r)
{
	const char *first = r->taken[reliability_worst(r)] > 1 ? "the first: " : "";

	return r->why ? mem_printf(" (%s%s)", first, r->why) : mem_strdup("");
}

struct reliability reliability_sum(const struct reliability *a, const struct reliability *b)
{
	const struct reliability *worse = reliability_worst(b) > reliability_worst(a) || !a->why ? b : a;
	struct reliability sum = { .planned = a->planned + b->planned,
				   .valid = a->valid + b->valid,
				   .why = worse->why };

	for (int s = 0; s < NR_STATUS; s++)
		sum.taken[s] = a->taken[s] + b->taken[s];
	return sum;
}

char *reliability_lost_text(const struct reliability *r)
{
	struct interval lost = reliability_share(r);

	if (!r->planned)
		return mem_strdup("");
	return mem_printf("lost %.3g %% (95 %% interval %.3g to %.3g %%)", 100 * lost.value, 100 * lost.low,
			  100 * lost.high);
}

static void put_lost(struct buf *b, unsigned n, const char *how, unsigned *kinds)
{
	if (n)
		buf_printf(b, "%s%u %s", (*kinds)++ ? ", " : " (", n, how);
}

static char *points_of(const struct reliability *r, const char *what)
{
	unsigned kinds = 0, ok = r->taken[STATUS_OK];
	struct buf b = { 0 };

	buf_printf(&b, "%u of %u%s", r->valid, r->planned, what);
	for (int s = NR_STATUS - 1; s > STATUS_OK; s--)
		put_lost(&b, r->taken[s], status_name((enum status)s), &kinds);
	put_lost(&b, ok > r->valid ? ok - r->valid : 0, "without the metric", &kinds);
	put_lost(&b, reliability_missing(r), "missing", &kinds);
	buf_put(&b, kinds ? ")" : "");
	return buf_take(&b);
}

char *reliability_text(const struct reliability *r)
{
	return points_of(r, r->planned == 1 ? " sample" : " samples");
}

char *reliability_points(const struct reliability *r)
{
	return points_of(r, "");
}
