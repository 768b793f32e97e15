/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside store/ only: the rows that cells are kept in. */
#pragma once
#include "record/role.h"
#include "store/cells.h"
#include "store/checksum.h"

/* Of a row of the table "run": cells are kept of it. */
#define CELLS_WANTED                                                  \
	"run.host IS NOT NULL AND run.plan IS NOT '" RUN_CUSTODY_PLAN \
	"' AND run.plan IS NOT '" RUN_BISECT_PLAN "' "

/* The checksum of the cells that are kept of a run. */
int cells_sum(struct store *s, int version, int64_t run, struct checksum *sum);
/* The id of a run, the caller's to free. */
int cells_id(struct store *s, int64_t run, char **id);
/* What is kept of a run, or of all runs of a machine, is no longer of it; in the caller's transaction. */
int cells_drop(struct store *s, int64_t run);
int cells_drop_host(struct store *s, const char *host);
