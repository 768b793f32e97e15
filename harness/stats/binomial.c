/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "stats/binomial.h"

#include <math.h>
#include <gsl/gsl_cdf.h>

struct interval stats_share(unsigned k, unsigned n)
{
	if (!n || k > n)
		return (struct interval){ NAN, NAN, NAN };
	return (struct interval){
		(double)k / n,
		k ? gsl_cdf_beta_Pinv(0.025, k, n - k + 1) : 0,
		k < n ? gsl_cdf_beta_Pinv(0.975, k + 1, n - k) : 1,
	};
}

double stats_unseen(size_t n)
{
	return n ? 1 - pow(0.05, 1.0 / n) : 1;
}
