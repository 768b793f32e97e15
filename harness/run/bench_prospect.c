/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the plan can show, by the noise of what the store has of this machine. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "run/bench.h"
#include "judge/prospect.h"
#include "store/store.h"
#include "util/fs.h"
#include "util/mem.h"

/* Earlier runs that are asked at most: a run takes time to load, and old noise is not today's. */
#define EARLIER_RUNS 5

static bool is_known(const struct prospect_work *work, unsigned nr)
{
	for (unsigned w = 0; w < nr; w++)
		if (isnan(work[w].noise))
			return false;
	return true;
}

static void learn_from(const struct store_run *earlier, struct prospect_work *work, unsigned nr)
{
	struct compare c;

	compare_make(earlier, &c);
	for (unsigned w = 0; w < nr; w++)
		if (isnan(work[w].noise))
			work[w].noise = prospect_noise(&c, work[w].name);
	compare_free(&c);
}

/* The latest run that knows the noise of a workload is asked for it. */
static void learn_noise(const struct bench *b, struct store *store, struct prospect_work *work)
{
	const struct store_pick pick = { .host = b->run.host, .comparisons = true, .sampled = true };
	struct store_line *line;
	unsigned asked = 0;
	size_t nr;

	if (!b->run.host || store_list(store, &pick, &line, &nr))
		return;
	for (size_t i = 0; i < nr && asked < EARLIER_RUNS && !is_known(work, b->nr_workloads); i++) {
		struct store_run earlier;

		if (!strcmp(line[i].id, b->run.id) || store_load(store, line[i].id, &earlier))
			continue;
		learn_from(&earlier, work, b->nr_workloads);
		store_run_free(&earlier);
		asked++;
	}
	store_list_free(line, nr);
}

bool bench_has_prospect(const struct bench *b)
{
	return !b->purpose->plan && !b->opt.precision && !b->opt.time_budget;
}

char *bench_prospect(const struct bench *b, struct store *store)
{
	struct prospect_work *work = mem_zalloc(b->nr_workloads, sizeof(*work));
	struct prospect p = { .unit = b->spec.restarts > 1 ? "boot" : "block",
			      .units = b->spec.restarts > 1 ? b->spec.restarts : b->spec.blocks,
			      .work = work,
			      .nr_works = b->nr_workloads };
	char *text;

	for (unsigned i = 0; bench_find(b, ARM_BASELINE) >= 0 && i < b->nr_policies; i++)
		p.policies += bench_arm(b, i) == ARM_POLICY;
	for (unsigned w = 0; w < b->nr_workloads; w++)
		work[w] = (struct prospect_work){ b->workload[w]->name, NAN };
	if (store)
		learn_noise(b, store, work);
	text = prospect_text(&p);
	free(work);
	return text;
}

char *bench_prospect_in(const struct bench *b)
{
	char *path = mem_printf("%s/scxbench.db", b->opt.results), *text;
	struct store *store = NULL;

	/* A guest never opens the store. */
	if (!b->opt.files_only && fs_exists(path))
		store_open_in(b->opt.results, STORE_READ, &store);
	text = bench_prospect(b, store);
	store_close(store);
	free(path);
	return text;
}
