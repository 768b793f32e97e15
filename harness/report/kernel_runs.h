/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Inside report/ only: where the numbers of a page with several kernels come from. */
#pragma once
#include "store/store.h"
#include "text/buf.h"

struct kernel_runs {
	const struct store_run *run;
	unsigned nr;
	char *const *label;  /* of each run */
	const char *out_dir; /* the pages' folder, for links to those of the runs; NULL: no links */
};

/* A table with a row for each run. */
void kernel_runs(struct buf *b, const struct kernel_runs *k);
