/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Checks of what is read of all runs at once, where reading every sample whole would take too long: one sum
 * over the samples of each run for every measure, and for what series say of the samples. Each is a sum of 32
 * bits a sample, so that no order matters and a new sample is added.
 */
#pragma once
#include "store/checksum.h"

/* Adds a sample that was just written, with its checksum. */
int totals_add(struct store *s, int64_t run, int64_t sample, const struct checksum *sum);

/* After an addition to the table "measure". */
int totals_of_measures(struct store *s);

/* Of which machine each run is: a row of the table "total" with this measure. See asked.h. */
#define TOTALS_OF_HOST (-3)
int64_t totals_of_host(const char *host); /* NULL: not known */
/* After a change of the run's machine. */
int totals_set_host(struct store *s, int64_t run);
/* Of all runs. */
int totals_set_hosts(struct store *s);

/*
 * A run that is not what was stored is logged, with the sample, and left out: what is read of the others
 * stands. What belongs to no run, or to no measure, is damage of the whole.
 */
struct totals {
	const char *host; /* only the runs of this machine; NULL: all */
	bool *bad;	  /* by row of the table "run" */
	uint64_t *sum;	  /* by row of the table "run" */
	int64_t runs;
	int64_t *run_of; /* by row of the table "sample"; 0: no such sample */
	int64_t samples;
};

/* Checks the runs of a machine, or with NULL all, and what series say of their samples. Freed by
 * totals_free() in any case. */
int totals_open(struct store *s, const char *host, struct totals *t);
void totals_free(struct totals *t);
/* Those of the filter, or where it has none *own, for store_checked_free() in any case. */
int totals_use(struct store *s, const struct store_filter *filter, struct totals **t, struct totals **own);

/* Values of one measure, in any order: its seed, then each value, then the check, which may find more bad
 * runs. */
struct totals_measure {
	int64_t measure;
	uint64_t seed;
};
/* Columns of the row: name, unit, better, from the first on. */
struct totals_measure totals_measure(int64_t measure, sqlite3_stmt *row, int first);
void totals_count(struct totals *t, const struct totals_measure *m, int64_t sample, double value);
int totals_check(struct store *s, struct totals *t, int64_t measure, const char *what);

/* Whether the samples of a run are those that were stored; sum: of their checksums, see totals_of(). */
int64_t totals_of(const struct checksum *sum);
int totals_check_list(struct store *s, int64_t run, const char *id, uint64_t sum);
