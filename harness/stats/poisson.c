/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "stats/poisson.h"

#include <math.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include "stats/binomial.h"

#define MOST_EVENTS 10000

struct interval stats_rate(struct events x)
{
	if (!(x.t > 0))
		return (struct interval){ NAN, NAN, NAN };
	return (struct interval){
		x.k / x.t,
		x.k ? gsl_cdf_chisq_Pinv(0.025, 2.0 * x.k) / 2 / x.t : 0,
		gsl_cdf_chisq_Pinv(0.975, 2.0 * x.k + 2) / 2 / x.t,
	};
}

double stats_rates_p(struct events x, struct events y)
{
	double share = x.t / (x.t + y.t), seen, p = 0;
	unsigned n = x.k + y.k;

	if (!(x.t > 0) || !(y.t > 0))
		return NAN;
	/* A hair more: equal probabilities differ in their last digits. */
	seen = gsl_ran_binomial_pdf(x.k, share, n) * (1 + 1e-7);
	for (unsigned k = 0; k <= n; k++) {
		double of_k = gsl_ran_binomial_pdf(k, share, n);

		p += of_k <= seen ? of_k : 0;
	}
	return p < 1 ? p : 1;
}

struct interval stats_rates_ratio(struct events x, struct events y)
{
	struct interval share = stats_share(x.k, x.k + y.k);
	double times = y.t / x.t;

	if (!(x.t > 0) || !(y.t > 0))
		return (struct interval){ NAN, NAN, NAN };
	if (!x.k && !y.k)
		return (struct interval){ NAN, 0, INFINITY };
	return (struct interval){
		times * share.value / (1 - share.value),
		times * share.low / (1 - share.low),
		times * share.high / (1 - share.high),
	};
}

double stats_rate_time(double rate)
{
	return -log(0.05) / rate;
}

unsigned stats_rates_least(double t, double other)
{
	for (unsigned k = 1; k <= MOST_EVENTS; k++)
		if (stats_rates_p((struct events){ k, t }, (struct events){ 0, other }) < 0.05)
			return k;
	return 0;
}
