/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "judge/runs.h"

#include <stdlib.h>
#include <string.h>

#include "judge/differ.h"
#include "record/role.h"
#include "util/cause.h"
#include "util/log.h"
#include "util/mem.h"

static int find_latest(struct store *store, const char *host, char **id)
{
	int found = store_pick(store, &(struct store_pick){ .host = host, .comparisons = true }, id);

	return found < 0 ? found
	       : found	 ? 0
			 : log_err(-CAUSE_NOT_FOUND, "no run is stored yet: take one, 'scxbench bench'");
}

static int find_run(struct store *store, const char *name, const char *host, char **id)
{
	return !name || !strcmp(name, "latest") ? find_latest(store, host, id)
						: store_find(store, name, host, id);
}

int runs_check(const struct run *run)
{
	if (run_compares(run))
		return 0;
	return log_err(-CAUSE_USAGE, "run %s compares nothing: 'scxbench custody --show %s'", run->id,
		       run->id);
}

int runs_load(struct store *store, const char *name, const char *host, struct store_run *run)
{
	char *id = NULL;
	int err = find_run(store, name, host, &id);

	if (!err)
		err = store_load(store, id, run);
	free(id);
	if (err)
		return err;
	err = runs_check(&run->run);
	if (err)
		store_run_free(run);
	return err;
}

/* Nights whose work was another are none of it, and are named. */
static bool comparable(const struct run *night, const struct run *run)
{
	struct differences d;
	bool yes;

	differ_make(night, run, &d);
	yes = !d.nr_reasons;
	if (!yes)
		log_warn("night %s is left out: %s", night->id, d.reason[0]);
	differ_free(&d);
	return yes;
}

int runs_nights(struct store *store, const struct run *run, size_t *nr, struct store_run **night)
{
	const struct store_pick nights = { .before = run->id, .plan = run->plan, .sampled = true };
	size_t nr_lines, want = *nr;
	struct store_line *line;
	int err = store_list(store, &nights, &line, &nr_lines);

	*nr = 0;
	*night = NULL;
	if (err)
		return err;
	for (size_t i = 0; i < nr_lines && *nr < want && !err; i++) {
		*night = mem_grow(*night, *nr, sizeof(**night));
		err = store_load(store, line[i].id, &(*night)[*nr]);
		if (!err && comparable(&(*night)[*nr].run, run))
			++*nr;
		else if (!err)
			store_run_free(&(*night)[*nr]);
	}
	store_list_free(line, nr_lines);
	return err;
}

void runs_free(struct store_run *run, size_t nr)
{
	for (size_t i = 0; i < nr; i++)
		store_run_free(&run[i]);
	free(run);
}
