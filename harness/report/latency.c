/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Latency by percentile, from histograms merged over all data points of a policy. */
#include <math.h>
#include "report/figure.h"
#include "report/merged.h"
#include "util/mem.h"

static bool merge(const struct compare *c, unsigned work, unsigned policy, struct metrics *sum)
{
	struct merged_want want = { "latency", c->work[work].name, policy };

	return merged_hist(c, &want, sum);
}

/* x is how many nines: -log10(1 - q), so 90 % is 1 and 99 % is 2. The line ends with the first "too few". */
static void put_curve(struct buf *dat, const struct hist *h)
{
	double value = NAN;

	for (double x = 0.3; x < 6; x += 0.02) {
		value = stats_hist_quantile(h, 1 - pow(10, -x));
		if (isnan(value))
			break;
		buf_printf(dat, "%.2f %.17g\n", x, value);
	}
}

static const struct mark {
	const char *name;
	double q;
} marks[] = { { "50 %", .5 }, { "90 %", .9 }, { "99 %", .99 }, { "99.9 %", .999 }, { "99.99 %", .9999 } };

/* A quantile that there is not is too rare to tell, or beyond what the histogram could hold. */
static void put_quantile(struct buf *b, const struct hist *h, double q)
{
	double value = stats_hist_quantile(h, q);

	if (!isnan(value))
		buf_number(b, value);
	else if ((double)hist_total(h) * (1 - q) < STATS_MIN_EXCEED)
		buf_put(b, "too few");
	else
		buf_put(b, "overflow");
}

static void put_row(struct buf *b, const char *policy, const struct hist *h)
{
	buf_put(b, "<tr><th scope=\"row\">");
	buf_html(b, policy);
	buf_put(b, "</th><td>");
	buf_number(b, (double)hist_total(h));
	buf_put(b, "</td>");
	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++) {
		buf_put(b, "<td>");
		put_quantile(b, h, marks[i].q);
		buf_put(b, "</td>");
	}
	buf_put(b, "</tr>\n");
}

static void put_table(struct buf *b, const struct compare *c, unsigned work)
{
	struct metrics sum;
	bool begun = false;

	for (unsigned p = 0; p < c->nr_policies; p++) {
		if (merge(c, work, p, &sum)) {
			if (!begun) {
				buf_put(b,
					"<div class=\"scroll\" tabindex=\"0\"><table><caption>Latency in ");
				buf_html(b, sum.hist->unit);
				buf_put(b, ", all data points of a policy together</caption>\n<thead><tr>"
					   "<th scope=\"col\">policy</th><th scope=\"col\">wakeups</th>");
				for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++)
					buf_printf(b, "<th scope=\"col\">%s</th>", marks[i].name);
				buf_put(b, "</tr></thead>\n<tbody>\n");
			}
			begun = true;
			put_row(b, c->run->run.policies[p], sum.hist);
		}
		metrics_free(&sum);
	}
	if (begun)
		buf_put(b, "</tbody></table></div>\n");
}

bool figure_latency(const struct compare *c, unsigned work, struct figure *fig, struct buf *dat,
		    struct buf *gp)
{
	struct metrics sum;
	bool any = false;

	buf_put(dat, "# one block a policy, in their order: -log10(1 - q), latency at quantile q\n");
	for (unsigned p = 0; p < c->nr_policies; p++) {
		if (merge(c, work, p, &sum)) {
			if (!any) {
				buf_put(gp, "unit = \"");
				figure_text(gp, sum.hist->unit);
				buf_put(gp, "\"\n");
			}
			any = true;
			put_curve(dat, sum.hist);
		}
		metrics_free(&sum);
		buf_put(dat, "9 NaN\n\n\n"); /* a policy without a line keeps its place */
	}
	if (!any)
		return false;
	fig->title = mem_printf("%s: latency by percentile", c->work[work].name);
	fig->how = mem_printf(
		"So many percent of all wakeups took at most so long; lower is better. Each step to the "
		"right is ten times rarer; a line ends where fewer than %d wakeups are beyond it, or "
		"where the histogram overflows.",
		STATS_MIN_EXCEED);
	fig->table = put_table;
	fig->alt = mem_printf(
		"Latency curves of %u policies; the table below has the same percentiles as numbers.",
		c->nr_policies);
	return true;
}
