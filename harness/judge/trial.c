/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "judge/trial.h"

#include <stdlib.h>
#include <string.h>

#include "judge/anchor.h"
#include "judge/differ.h"
#include "judge/regress.h"
#include "judge/runs.h"
#include "text/buf.h"
#include "util/cause.h"
#include "util/log.h"
#include "util/mem.h"

/* Metrics that thresholds name are judged as well. NULL-terminated; the caller's to free. */
static const char **patterns_of(const struct limits *threshold)
{
	const char **list = mem_zalloc(threshold->nr + 1, sizeof(*list));
	size_t n = 0;

	for (size_t i = 0; i < threshold->nr; i++)
		if (threshold->item[i].metric)
			list[n++] = threshold->item[i].metric;
	return list;
}

/* except: see struct nights_ask. */
static int trial_load_nights(struct store *store, struct trial *t, const char *except)
{
	bool every = false;

	for (size_t i = 0; i < t->ask->threshold.nr; i++)
		every |= t->ask->threshold.item[i].metric != NULL;
	return nights_load(store, &(struct nights_ask){ &t->run.run, except, every }, &t->nights);
}

/* The latest first. */
static int load_latest(struct store *store, struct trial *t, size_t nr)
{
	int err = 0;

	t->night = mem_zalloc(nr, sizeof(*t->night));
	for (size_t i = t->nights.nr; i-- > 0 && t->nr < nr && !err;) {
		if (!t->nights.run[i].counts)
			continue;
		err = store_load(store, t->nights.run[i].id, &t->night[t->nr]);
		t->nr += !err;
	}
	return err;
}

static int load_nights(struct store *store, struct trial *t)
{
	int err = trial_load_nights(store, t, NULL);
	size_t nr = t->nights.nr_counting < t->ask->nights ? t->nights.nr_counting : t->ask->nights;

	t->title = mem_printf("the last %zu nights before it", nr);
	if (!err && nr < NIGHTS_FOR_LEVEL)
		err = log_err(-CAUSE_INCONCLUSIVE,
			      "no judgement: %zu earlier nights of this machine, plan and work, but at least "
			      "%d are needed",
			      nr, NIGHTS_FOR_LEVEL);
	return err ? err : load_latest(store, t, nr);
}

/* A first night has no last-good: that is not the caller's mistake. */
static int check_last_good(struct store *store, const struct trial *t)
{
	const struct store_pick good = { .host = t->run.run.host, .tag = REGRESS_LAST_GOOD };
	char *id;
	int found = store_pick(store, &good, &id);

	free(id);
	if (found)
		return found < 0 ? found : 0;
	return log_err(-CAUSE_INCONCLUSIVE,
		       "no judgement: no run of this machine is tagged " REGRESS_LAST_GOOD " yet; "
		       "name one, 'scxbench store --tag " REGRESS_LAST_GOOD " RUN', or give --baseline");
}

static int load_baseline(struct store *store, struct trial *t)
{
	const char *name = t->ask->baseline ? t->ask->baseline : REGRESS_LAST_GOOD;
	bool last_good = !strcmp(name, REGRESS_LAST_GOOD);
	int err = last_good ? check_last_good(store, t) : 0;

	t->night = mem_zalloc(1, sizeof(*t->night));
	if (!err)
		err = runs_load(store, name, last_good ? t->run.run.host : NULL, &t->night[0]);
	if (err)
		return err;
	t->nr = 1;
	t->title = strcmp(name, t->night[0].run.id) ? mem_printf("%s (%s)", name, t->night[0].run.id)
						    : mem_strdup(name);
	if (!strcmp(t->night[0].run.id, t->run.run.id))
		return log_err(-CAUSE_USAGE, "run %s is its own baseline: nothing to judge", t->run.run.id);
	return trial_load_nights(store, t, t->night[0].run.id);
}

/* The anchor of the run's machine as it was when the run was taken, or the one that was asked for. */
static int load_anchor(struct store *store, struct trial *t)
{
	const struct store_pick before = { .host = t->run.run.host,
					   .tag = REGRESS_ANCHOR,
					   .before = t->run.run.id };
	char *id = NULL;
	int found = t->ask->anchor ? 0 : store_pick(store, &before, &id), err = 0;

	if (t->ask->anchor)
		err = runs_load(store, t->ask->anchor, NULL, &t->anchor);
	else if (found > 0)
		err = runs_load(store, id, NULL, &t->anchor);
	free(id);
	return found < 0 ? found : err;
}

static void make_comparisons(struct trial *t)
{
	const char **list = patterns_of(&t->ask->threshold);

	compare_make_wide(&t->run, list, &t->c);
	t->base = mem_zalloc(t->nr, sizeof(*t->base));
	for (size_t i = 0; i < t->nr; i++)
		compare_make_wide(&t->night[i], list, &t->base[i]);
	if (t->anchor.run.id)
		compare_make_wide(&t->anchor, list, &t->anchor_c);
	free(list);
	t->threshold = t->ask->threshold;
	t->margin = t->ask->margin;
	if (!t->threshold.all)
		t->threshold.all = REGRESS_THRESHOLD;
	if (!t->margin.all)
		t->margin.all = t->c.margin;
	t->anchor_limit = t->ask->anchor_limit;
	if (!t->anchor_limit.all)
		t->anchor_limit.all = REGRESS_ANCHOR_LIMIT;
}

static int check_pair(const struct trial *t, const struct compare *base, const char *cure)
{
	const struct run *run = &base->run->run;
	struct differences d;
	int err = 0;

	differ_make(run, &t->run.run, &d);
	differ_directions(base, &t->c, &d);
	if (d.nr_reasons)
		err = log_err(-CAUSE_USAGE, "%s and %s are not comparable: %s%s", run->id, t->run.run.id,
			      d.reason[0], cure);
	differ_free(&d);
	return err;
}

static int check_comparable(const struct trial *t)
{
	int err = check_pair(t, &t->base[0], "");

	if (err || !t->anchor.run.id)
		return err;
	return check_pair(t, &t->anchor_c,
			  "; take another anchor, 'scxbench store --tag " REGRESS_ANCHOR " RUN'");
}

int trial_load(struct store *store, const struct trial_ask *ask, struct trial *t)
{
	int err;

	*t = (struct trial){ .ask = ask };
	err = runs_load(store, ask->run, NULL, &t->run);

	if (!err)
		err = t->ask->nights ? load_nights(store, t) : load_baseline(store, t);
	if (!err)
		err = load_anchor(store, t);
	if (err)
		return err;
	make_comparisons(t);
	err = check_comparable(t);
	if (err)
		return err;
	/* A threshold for a metric that the run lacks is not a mistake: the baseline has the metric. */
	err = limits_check("--threshold", &t->threshold, &t->base[0]);
	if (!err)
		err = limits_check("--anchor-limit", &t->anchor_limit, &t->base[0]);
	return err ? err : limits_check("--margin", &t->margin, &t->base[0]);
}

void trial_free(struct trial *t)
{
	for (size_t i = 0; t->base && i < t->nr; i++)
		compare_free(&t->base[i]);
	free(t->base);
	if (t->c.run)
		compare_free(&t->c);
	store_run_free(&t->run);
	if (t->anchor_c.run)
		compare_free(&t->anchor_c);
	store_run_free(&t->anchor);
	runs_free(t->night, t->nr);
	nights_free(&t->nights);
	free(t->title);
}

static void put_limits(struct buf *b, const char *option, const struct limits *l)
{
	if (l->all)
		buf_printf(b, " %s %g%%", option, 100 * l->all);
	for (size_t i = 0; i < l->nr; i++)
		buf_printf(b, " %s %s%s%s=%g%%", option, l->item[i].workload, l->item[i].metric ? ":" : "",
			   l->item[i].metric ? l->item[i].metric : "", 100 * l->item[i].value);
}

char *trial_command(const struct trial *t)
{
	bool lab = !strcmp(t->run.run.where, "lab");
	struct buf limits = { 0 }, b = { 0 };

	if (t->ask->nights)
		buf_printf(&limits, " --nights %u", t->ask->nights);
	else if (!lab)
		buf_printf(&limits, " --baseline %s", t->night[0].run.id);
	if (t->anchor.run.id)
		buf_printf(&limits, " --anchor %s", t->anchor.run.id);
	put_limits(&limits, "--anchor-limit", &t->ask->anchor_limit);
	put_limits(&limits, "--threshold", &t->ask->threshold);
	put_limits(&limits, "--margin", &t->ask->margin);
	buf_put(&limits, "");
	if (!lab)
		buf_printf(&b, "scxbench regress%s %s", limits.text, t->run.run.id);
	else
		buf_printf(&b, "make regress WHERE=lab RUN=%s", t->run.run.id);
	if (lab && !t->ask->nights)
		buf_printf(&b, " BASELINE=%s", t->night[0].run.id);
	if (lab && limits.len)
		buf_printf(&b, " ARGS=\"%s\"", limits.text + 1);
	free(limits.text);
	return buf_take(&b);
}
