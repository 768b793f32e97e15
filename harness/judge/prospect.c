/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "judge/prospect.h"

#include <math.h>
#include <string.h>
#include "stats/verdict.h"
#include "text/buf.h"

static double noise_of(const struct compare *c, unsigned work, unsigned policy)
{
	double noise = stats_noise(&compare_cell(c, work, policy)->judgement.effect);

	/* Values that are all the same say nothing of the machine. */
	return noise > 0 ? noise : NAN;
}

double prospect_noise(const struct compare *earlier, const char *workload)
{
	int aa = compare_aa(earlier);
	double noise = NAN;

	for (unsigned w = 0; w < earlier->nr_works; w++) {
		if (!earlier->work[w].primary || strcmp(earlier->work[w].name, workload))
			continue;
		for (unsigned p = 0; p < earlier->nr_policies; p++)
			noise = fmax(noise, noise_of(earlier, w, p));
		if (aa >= 0 && !isnan(noise_of(earlier, w, (unsigned)aa)))
			noise = noise_of(earlier, w, (unsigned)aa);
	}
	return noise;
}

static unsigned family_of(const struct prospect *p)
{
	return p->policies * p->nr_works;
}

/* The noise from which on the plan shows what, and in which workload that is. */
struct range {
	const struct prospect_work *least, *most; /* NULL: the noise is not known in any */
	unsigned unknown;
};

static struct range range_of(const struct prospect *p)
{
	struct range r = { 0 };

	for (unsigned w = 0; w < p->nr_works; w++) {
		const struct prospect_work *work = &p->work[w];

		if (isnan(work->noise)) {
			r.unknown++;
			continue;
		}
		if (!r.least || work->noise < r.least->noise)
			r.least = work;
		if (!r.most || work->noise > r.most->noise)
			r.most = work;
	}
	return r;
}

static double percent_of(const struct prospect *p, double noise)
{
	return 100 * stats_shown_by(noise, p->units, family_of(p));
}

static void put_known(struct buf *b, const struct prospect *p, const struct range *r)
{
	buf_printf(b, " can show a difference from %.3g %% on (%s)", percent_of(p, r->least->noise),
		   r->least->name);
	if (r->most != r->least)
		buf_printf(b, ", from %.3g %% on where it is noisiest (%s)", percent_of(p, r->most->noise),
			   r->most->name);
	buf_put(b, ", by the noise of earlier runs of this machine");
	if (r->unknown)
		buf_printf(b, "; %u workload%s had no such run", r->unknown, r->unknown == 1 ? "" : "s");
}

/* The noise as a unit: an effect of 1 % is a hundredth, where ratios and their logarithms are the same. */
static void put_unknown(struct buf *b, const struct prospect *p)
{
	buf_printf(b,
		   " can show a difference of %.2g times the noise from %s to %s; how much that is on this "
		   "machine no earlier run says",
		   percent_of(p, 0.01), p->unit, p->unit);
}

static void put_size(struct buf *b, const struct prospect *p)
{
	buf_printf(b, "%u %ss x %u comparison%s", p->units, p->unit, family_of(p),
		   family_of(p) == 1 ? "" : "s");
}

char *prospect_text(const struct prospect *p)
{
	unsigned enough = stats_enough_blocks(p->units, family_of(p));
	struct range r = range_of(p);
	struct buf b = { 0 };

	if (!p->policies) {
		buf_put(&b, "nothing is compared: such a run gives no verdict");
		return buf_take(&b);
	}
	if (p->units < STATS_MIN_PAIRS)
		buf_put(&b, "a demonstration: ");
	put_size(&b, p);
	if (enough > p->units)
		buf_printf(&b, " can't show a single difference; %u %ss can", enough, p->unit);
	else if (r.least)
		put_known(&b, p, &r);
	else
		put_unknown(&b, p);
	return buf_take(&b);
}
