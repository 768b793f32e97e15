/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Runs in short: what a policy did under a workload's primary metric, one cell of a few numbers, kept in the
 * store beside the samples that it is made from. So what looks at all nights of many machines reads two rows
 * or so of a run, not hundreds, and no sample.
 *
 * Who reads says how cells are made, and the version of that. Cells of another version are not read; a run
 * loses its cells when it gets a sample, an end or another name of its machine, and when it is removed.
 * Wherever a run has none, they are made of its samples, and are the same to the last bit. A reader does not
 * keep them: cells_keep() does, after runs were taken in.
 *
 * Cells are kept of runs of a known machine that compare something, and are no step of a bisection. They have
 * a checksum: cells that are not what was kept are made again. What a disk changed in a sample after its run
 * had cells is not seen here, but by whatever reads the sample.
 */
#pragma once
#include "store/store.h"

struct store_cell {
	char *workload, *policy;
	char *metric, *unit; /* NULL: no sample has the metric */
	enum better better;
	double log_ratio, error; /* NAN: not known */
	unsigned blocks;
	unsigned ok, due; /* as in struct store_outcome */
	enum status worst;
	char *why; /* or NULL */
};

/* The cells of a run; all of it is borrowed. */
struct store_cells {
	const char *host;
	int64_t started_ns;
	const struct store_cell *cell;
	size_t nr;
};

struct cells_maker {
	int version; /* to be raised when another cell would be made of the same run */
	/* The texts of the cells are those of the run. The caller frees the array. */
	size_t (*make)(const struct store_run *run, struct store_cell **cell);
};

struct cells_reader {
	const struct cells_maker *maker;
	int (*each)(void *ctx, const struct store_cells *cells);
	void *ctx;
};

/*
 * Calls each() for every run, by machine, in the order of storing; for a run that is damaged not, which is
 * logged. Ends at the first negative errno and returns it.
 */
int cells_read(struct store *s, const struct cells_reader *reader);
/* The same of one run, which reads nothing of the others. -CAUSE_NOT_FOUND, logged. */
int cells_read_run(struct store *s, const struct cells_reader *reader, const char *id);

/* Makes and keeps what is missing, of all runs; the store must be open to write. */
int cells_keep(struct store *s, const struct cells_maker *maker);
