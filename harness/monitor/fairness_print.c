/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "monitor/fairness_print.h"
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "control/quota.h"
#include "text/buf.h"
#include "text/grid.h"
#include "record/json.h"
#include "util/mem.h"
#include "util/utf8.h"

/* How far a target is from what it deserves, in the mean of its windows. */
static double error_of(const struct fairness_share *s)
{
	return s->windows ? fabs(s->ratio - 1) : 0;
}

static unsigned farthest(const struct fairness_seen *s)
{
	unsigned most = 0;

	for (unsigned i = 1; i < s->nr; i++)
		if (error_of(&s->found.share[i]) > error_of(&s->found.share[most]))
			most = i;
	return most;
}

enum fairness_verdict fairness_verdict(const struct fairness_seen *s)
{
	if (!s->found.windows)
		return NOT_SEEN;
	if (!s->found.contended)
		return UNCONTENDED;
	return error_of(&s->found.share[farthest(s)]) > FAIR_WITHIN ? UNFAIR : FAIR;
}

static double received_by_all(const struct fairness_seen *s)
{
	double sum = 0;

	for (unsigned i = 0; i < s->nr; i++)
		sum += s->found.share[i].received;
	return sum;
}

static char *percent(double part)
{
	return isnan(part) ? mem_strdup("-") : mem_printf("%.1f %%", 100 * part);
}

/* And what else bounds what it deserves. */
static char *weight(const struct fairness_seen *s, unsigned i)
{
	const struct fairness_target *t = &s->target[i];
	struct buf b = { 0 };
	char quota[32];

	buf_printf(&b, "%g", t->weight);
	quota_print(t->quota, quota, sizeof(quota));
	if (t->quota)
		buf_printf(&b, ", at most %s", quota);
	if (s->may[i] && s->may[i] < s->cpus)
		buf_printf(&b, ", on %u CPU%s", s->may[i], s->may[i] > 1 ? "s" : "");
	return buf_take(&b);
}

static void add_row(struct grid *g, const struct fairness_seen *s, unsigned i)
{
	const struct fairness_share *share = &s->found.share[i];
	char **cell = grid_row(g, false, s->target[i].name);
	double all = received_by_all(s);

	cell[1] = weight(s, i);
	cell[2] = percent(share->received / all);
	cell[3] = percent(share->deserved / all);
	cell[4] = percent(share->ratio);
	cell[5] = isnan(share->ratio_least)
			  ? mem_strdup("-")
			  : mem_printf("%.1f to %.1f %%", 100 * share->ratio_least, 100 * share->ratio_most);
	cell[6] = s->starved[i] > 0 ? mem_printf("%.2f s", s->starved[i]) : mem_strdup("-");
}

static void print_table(const struct fairness_seen *s)
{
	static const struct grid_column heads[] = {
		{ "target", GRID_TEXT, 0 },	 { "weight", GRID_TEXT, 0 },
		{ "received", GRID_NUMBER, 0 },	 { "deserved", GRID_NUMBER, 0 },
		{ "rec./des.", GRID_NUMBER, 0 }, { "by window", GRID_NUMBER, 0 },
		{ "starved", GRID_NUMBER, 0 }
	};
	struct grid g;

	grid_begin(&g, heads, sizeof(heads) / sizeof(*heads));
	for (unsigned i = 0; i < s->nr; i++)
		add_row(&g, s, i);
	grid_print(&g);
	grid_free(&g);
	printf("\n");
}

static void print_verdict(const struct fairness_seen *s)
{
	const struct fairness_share *worst = &s->found.share[farthest(s)];
	char *who = utf8_printable(s->target[farthest(s)].name, 0);

	switch (fairness_verdict(s)) {
	case NOT_SEEN:
		printf("nothing to judge: %s in %.1f s\n",
		       s->seconds < s->window_s ? "not one whole window" : "no target ran", s->seconds);
		break;
	case UNCONTENDED:
		printf("nothing to judge: no target wanted more than it got\n");
		break;
	case FAIR:
		printf("fair: each target got what it deserves within %.1f %%\n", 100 * error_of(worst));
		break;
	default:
		printf("unfair: %s got %.1f %% of what it deserves\n", who, 100 * worst->ratio);
	}
	free(who);
}

static void print_windows(const struct fairness_seen *s)
{
	const struct fairness *f = &s->found;
	char *who = utf8_printable(s->target[f->error_of].name, 0);

	printf("%u windows of %g s in %.1f s, seen every %g s. Jain's index %.4f, in the worst window %.4f.\n"
	       "Farthest off in one window: %s, by %.1f %%, at %.1f s.\n",
	       f->windows, s->window_s, s->seconds, s->window_s / FAIRNESS_STEPS, f->jain, f->jain_least, who,
	       100 * f->error_most, f->error_at);
	free(who);
}

void fairness_print(const struct fairness_seen *s)
{
	if (s->found.windows) {
		print_table(s);
		print_windows(s);
	}
	print_verdict(s);
}

static double part_of_machine(const struct fairness_seen *s, const struct fairness_target *t)
{
	return t->quota ? quota_cpus(t->quota, s->cpus) / s->cpus : NAN;
}

static json_t *targets_json(const struct fairness_seen *s)
{
	json_t *array = json_array();
	double all = received_by_all(s);

	for (unsigned i = 0; i < s->nr; i++) {
		const struct fairness_share *share = &s->found.share[i];
		const struct fairness_target *t = &s->target[i];

		json_array_append_new(array, json_pack("{s:o,s:f,s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:f}", "target",
						       json_from_text(t->name), "weight", t->weight, "quota",
						       json_from_double(part_of_machine(s, t)), "cpus",
						       s->may[i] ? json_integer(s->may[i]) : json_null(),
						       "received", json_from_double(share->received / all),
						       "deserved", json_from_double(share->deserved / all),
						       "ratio", json_from_double(share->ratio), "ratio_least",
						       json_from_double(share->ratio_least), "ratio_most",
						       json_from_double(share->ratio_most), "starved_s",
						       s->starved[i]));
	}
	return array;
}

void fairness_print_json(const struct fairness_seen *s)
{
	static const char *const verdict[] = {
		[FAIR] = "fair", [UNFAIR] = "unfair", [UNCONTENDED] = "uncontended", [NOT_SEEN] = "not seen"
	};
	const struct fairness *f = &s->found;
	json_t *o = json_pack("{s:i,s:s,s:f,s:f,s:f,s:i,s:o,s:o,s:o,s:o,s:o}", "schema", 1, "verdict",
			      verdict[fairness_verdict(s)], "seconds", s->seconds, "window_s", s->window_s,
			      "step_s", s->window_s / FAIRNESS_STEPS, "windows", (int)f->windows, "jain",
			      json_from_double(f->jain), "jain_least", json_from_double(f->jain_least),
			      "error", json_from_double(f->error), "error_most",
			      json_from_double(f->error_most), "targets", targets_json(s));

	json_dumpf(o, stdout, JSON_INDENT(2) | JSON_REAL_PRECISION(9));
	printf("\n");
	json_decref(o);
}
