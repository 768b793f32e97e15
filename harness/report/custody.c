/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The ledgers: summed over all samples of a policy, the void ones too, since that is where violations are. */
#include <linux/types.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "report/merged.h"
#include "report/section.h"
#include "report/series.h"
#include "stats_abi.h"
#include "custody_abi.h"
#include "util/mem.h"

#define NAME(n) #n,
static const char *const entries[] = { SCXB_ENTRIES(NAME) NULL };
static const char *const exits[] = { SCXB_EXITS(NAME) NULL };
static const char *const notes[] = { SCXB_NOTES(NAME) NULL };
static const char *const causes[] = { SCXB_CAUSES(NAME) NULL };
static const char *const violations[] = { SCXB_VIOLATIONS(NAME) NULL };

static bool any_sample(const struct record *r)
{
	(void)r;
	return true;
}

static double sum(const struct series_values *v)
{
	double total = 0;

	for (size_t i = 0; i < v->nr; i++)
		total += v->value[i];
	return v->nr ? total : NAN;
}

static double sum_of(const struct series_set *set, const char *name, unsigned policy)
{
	char *full = mem_printf("custody.%s", name);
	const struct series *s = series_find(set, full);

	free(full);
	return s ? sum(&s->policy[policy]) : NAN;
}

static double sum_all(const struct series_set *set, const char *const *names, unsigned policy)
{
	double total = NAN;

	for (; *names; names++) {
		double x = sum_of(set, *names, policy);

		if (!isnan(x))
			total = isnan(total) ? x : total + x;
	}
	return total;
}

static void put_number(struct buf *b, double value)
{
	buf_put(b, "<td>");
	if (isnan(value))
		buf_put(b, "–");
	else
		buf_number(b, value);
	buf_put(b, "</td>");
}

static void put_group(struct buf *b, const struct series_set *set, const char *title,
		      const char *const *names)
{
	buf_printf(b, "<tr class=\"group\"><th scope=\"row\">%s</th>", title);
	for (unsigned p = 0; p < set->nr_policies; p++)
		put_number(b, sum_all(set, names, p));
	buf_put(b, "</tr>\n");
	for (; *names; names++) {
		buf_printf(b, "<tr><th scope=\"row\" class=\"sub\">%s</th>", *names);
		for (unsigned p = 0; p < set->nr_policies; p++)
			put_number(b, sum_of(set, *names, p));
		buf_put(b, "</tr>\n");
	}
}

static void put_inside(struct buf *b, const struct series_set *set)
{
	buf_put(b, "<tr class=\"group\"><th scope=\"row\">still inside: entries − exits</th>");
	for (unsigned p = 0; p < set->nr_policies; p++)
		put_number(b, sum_all(set, entries, p) - sum_all(set, exits, p));
	buf_put(b, "</tr>\n");
}

static void put_us(struct buf *b, double ns)
{
	if (isnan(ns))
		buf_put(b, "too few");
	else
		buf_number(b, ns / 1e3);
}

/* How long tasks were inside before they left for this cause: median and 99 %, in us. */
static void put_time(struct buf *b, const struct compare *c, const char *cause)
{
	char *name = mem_printf("custody_ns.%s", cause);

	buf_printf(b, "<tr><th scope=\"row\" class=\"sub\">%s</th>", cause);
	for (unsigned p = 0; p < c->nr_policies; p++) {
		struct merged_want want = { name, NULL, p };
		struct metrics sum;

		buf_put(b, "<td>");
		if (merged_hist(c, &want, &sum)) {
			put_us(b, stats_hist_quantile(sum.hist, 0.5));
			buf_put(b, " / ");
			put_us(b, stats_hist_quantile(sum.hist, 0.99));
		} else {
			buf_put(b, "–");
		}
		buf_put(b, "</td>");
		metrics_free(&sum);
	}
	buf_put(b, "</tr>\n");
	free(name);
}

static void put_times(struct buf *b, const struct compare *c)
{
	buf_put(b,
		"<tr class=\"group\"><th scope=\"row\">µs in custody (data points only), median / 99 %</th>");
	for (unsigned p = 0; p < c->nr_policies; p++)
		buf_put(b, "<td></td>");
	buf_put(b, "</tr>\n");
	for (const char *const *cause = causes; *cause; cause++)
		put_time(b, c, *cause);
}

/* The kernel lacks the semantics: the proof of each sample says which it was. */
static bool is_inferred(const struct compare *c, unsigned policy)
{
	for (size_t i = 0; i < c->run->nr; i++) {
		const struct record *r = &c->run->sample[i];

		for (size_t k = 0; k < r->nr_proofs; k++)
			if (!strcmp(r->proof[k].check, "custody: semantics") &&
			    !strcmp(r->proof[k].found, "inferred") &&
			    compare_policy(c, r->policy) == (int)policy)
				return true;
	}
	return false;
}

static const char *why_none(const struct series_set *set, unsigned policy)
{
	for (size_t i = 0; i < set->nr; i++)
		if (set->series[i].policy[policy].absent)
			return set->series[i].policy[policy].absent;
	return "it does not follow schedulers/README.md";
}

/* A line of plain words for what the numbers can't tell. */
static void put_notes(struct buf *b, const struct compare *c, const struct series_set *set)
{
	buf_put(b, "<ul>\n");
	for (unsigned p = 0; p < c->nr_policies; p++) {
		if ((int)p == c->fair || !strncmp(c->run->run.policies[p], "fair#", 5))
			continue;
		if (isnan(sum_all(set, entries, p))) {
			buf_put(b, "<li>");
			buf_htmlf(b, "%s: no ledger: %s.", c->run->run.policies[p], why_none(set, p));
			buf_put(b, "</li>\n");
		} else if (is_inferred(c, p) || sum_of(set, "exit_inferred", p) > 0) {
			buf_put(b, "<li>");
			buf_htmlf(b,
				  "%s: inferred. This kernel lacks the custody semantics, so exits are told "
				  "from when "
				  "the task ran or was enqueued again.",
				  c->run->run.policies[p]);
			buf_put(b, "</li>\n");
		}
	}
	buf_put(b, "<li>fair is the kernel's own class: it gives no task into custody.</li>\n</ul>\n");
}

void section_custody(struct buf *b, const struct view *v)
{
	struct series_want want = { NULL, "custody.", any_sample };
	struct series_set set;

	series_collect(v->cmp, &want, &set);
	table_begin(b, "Custody periods, summed over every sample of the policy");
	table_head(b, "periods", v->cmp->run->run.policies);
	put_group(b, &set, "entries, by way in", entries);
	put_group(b, &set, "exits, by cause", exits);
	put_inside(b, &set);
	put_group(b, &set, "violations", violations);
	put_group(b, &set, "normal events", notes);
	put_times(b, v->cmp);
	table_end(b);
	put_notes(b, v->cmp, &set);
	series_free(&set);
}
