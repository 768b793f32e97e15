/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "bisect/samples.h"

#include <math.h>
#include <stdlib.h>

#include "judge/pairs.h"
#include "judge/reliability.h"
#include "stats/effect.h"
#include "stats/sequence.h"
#include "util/fs.h"
#include "util/mem.h"

static char *dir_of(const struct bisection *job, const char *run)
{
	return mem_printf("%s/runs/%s", job->results, run);
}

bool samples_taken(const struct bisection *job, const char *run)
{
	char *dir = dir_of(job, run), *file = mem_printf("%s/run.json", dir);
	struct run begun;
	bool taken = false;

	if (fs_exists(file) && !run_read(dir, &begun)) {
		taken = begun.ended != NULL;
		run_free(&begun);
	}
	free(dir);
	free(file);
	return taken;
}

int samples_load(const struct bisection *job, const char *run, struct samples *s)
{
	static const char *const primary_only[] = { NULL };
	char *dir = dir_of(job, run);
	struct store *store;
	int err = store_open_in(job->results, STORE_CREATE, &store);

	if (!err)
		err = store_take_run(store, dir);
	if (!err)
		err = store_load(store, run, &s->run);
	store_close(store);
	if (!err)
		compare_collect(&s->run, primary_only, &s->c);
	free(dir);
	return err;
}

void samples_free(struct samples *s)
{
	compare_free(&s->c);
	store_run_free(&s->run);
}

static enum status worst_of(const struct cell *cell)
{
	return cell->taken[STATUS_EJECTED]  ? STATUS_EJECTED
	       : cell->taken[STATUS_FAILED] ? STATUS_FAILED
					    : STATUS_VOID;
}

bool samples_lost(const struct samples *s, unsigned arm, enum status *status, char **why)
{
	const struct cell *cell = compare_cell(&s->c, 0, arm);
	const char *sentence = cell->worst ? cell->worst->why : NULL;
	unsigned taken = cell_taken(cell);

	*why = NULL;
	*status = worst_of(cell);
	if (*status != STATUS_EJECTED && taken && cell->valid >= RELIABILITY_LEAST * taken)
		return false;
	*why = mem_printf("%s in %u of %u samples%s%s", status_name(*status), cell->taken[*status], taken,
			  sentence ? ": " : "", sentence ? sentence : "");
	return true;
}

void samples_ratio(const struct samples *s, const unsigned arm[2], bool whole, struct entry *e)
{
	struct pairs p = pairs_of(compare_cell(&s->c, 0, arm[0])->value,
				  compare_cell(&s->c, 0, arm[1])->value, NULL, s->c.nr_blocks + 1);
	struct effect effect;
	double *log;
	size_t nr;

	pairs_effect(&p, &effect);
	log = pairs_logs(&p, &nr);
	if (!whole)
		effect_look(&effect, log, nr);
	e->blocks = (unsigned)p.n;
	e->ratio = effect.ratio;
	e->low = effect.low;
	e->high = effect.high;
	free(log);
	pairs_free(&p);
}

char *samples_metric(const struct samples *s)
{
	const struct work *w = &s->c.work[0];

	return *w->unit ? mem_printf("%s (%s)", w->metric, w->unit) : mem_strdup(w->metric);
}
